"""One request answered on schedule: the prompt read, the chunks sent, and what goes wrong on the way."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeAlias

from tests.simulated_llm.answers import compose_answer
from tests.simulated_llm.asked import Asked
from tests.simulated_llm.behaviour import Behaviour, draw
from tests.simulated_llm.cache import BYTES_PER_TOKEN, Cache, count_tokens
from tests.simulated_llm.faults import ERRORS, ErrorBody, Fault, too_long
from tests.simulated_llm.records import Record
from tests.simulated_llm.wire import (
    Answer,
    Stream,
    Usage,
    write_broken_letter,
    write_completion,
    write_error,
    write_llamacpp_too_long,
    write_stream,
    write_stream_error,
)

Event: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Event]]
Send: TypeAlias = Callable[[Event], Awaitable[None]]

JSON_TYPE = b"application/json"
GARBAGE = b"\x00\x01 ok\ndata: }{ \xff\xfe\n\n"
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Pace:
    """Whether what is being streamed still takes its time; a test in another thread may end that."""

    is_hurried = False


class Reply:
    """The reply to one request; `give` returns early, with the response unfinished, where the line is cut."""

    def __init__(
        self,
        record: Record,
        asked: Asked,
        behaviour: Behaviour,
        fault: Fault | None,
        cache: Cache,
        pace: Pace,
        send: Send,
    ) -> None:
        self.record, self._asked, self._behaviour, self._fault = record, asked, behaviour, fault
        self._cache, self._pace, self._send = cache, pace, send
        self._identity = f"chatcmpl-{record.number:08d}"
        record.fault = fault.kind if fault else ""
        record.prompt_tokens = count_tokens(asked.prompt)

    async def give(self) -> None:
        if self._fault and self._fault.kind == "hang":
            await asyncio.sleep(self._fault.seconds)
        error = self._find_error()
        answer = error or self._compose()
        if isinstance(answer, ErrorBody):
            await self._refuse(answer)
            return
        await self._prefill()
        if self._asked.stream:
            await self._give_stream(answer)
        else:
            await self._give_whole(answer)

    def _compose(self) -> Answer | ErrorBody:
        """The answer; an error that tells what is wrong with the test's own answers or schema."""
        try:
            answer = compose_answer(self._asked, self._behaviour, self._fault)
        except Exception as problem:
            return ErrorBody(
                HTTPStatus.INTERNAL_SERVER_ERROR, f"The simulated LLM found no answer: {problem!r}"
            )
        self.record.cached_tokens = self._cache.find(self._asked.prompt, self._asked.breakpoints)
        # Only explicit caching is charged for writing.
        ends = [end // BYTES_PER_TOKEN for end in self._asked.breakpoints]
        if ends and self._behaviour.cache == "breakpoint":
            self.record.written_tokens = max(0, max(ends) - self.record.cached_tokens)
        self.record.answer = answer.text
        self.record.output_tokens = count_tokens(answer.text.encode("utf-8", "replace"))
        return answer

    def _find_error(self) -> ErrorBody | None:
        asked, behaviour, tokens = self._asked, self._behaviour, self.record.prompt_tokens
        if behaviour.api_key is not None and asked.key != behaviour.api_key:
            return ERRORS["wrong_key"]
        if self.record.fault.startswith("too_long") or 0 < behaviour.window < tokens:
            return too_long(tokens, behaviour.window or tokens // 2)
        refused = next((name for name in behaviour.refuses if name in asked.fields), None)
        if refused is not None:
            message = f"Unrecognized request argument supplied: {refused}"
            return ErrorBody(HTTPStatus.BAD_REQUEST, message, param=refused)
        pairs = zip(asked.roles, asked.roles[1:], strict=False)
        if "consecutive users" in behaviour.refuses and ("user", "user") in pairs:
            message = "Conversation roles must alternate user/assistant/user/assistant/..."
            return ErrorBody(HTTPStatus.BAD_REQUEST, message, "BadRequestError", code=400)
        return ERRORS.get(self.record.fault)

    async def _refuse(self, error: ErrorBody) -> None:
        body, kind = write_error(error), JSON_TYPE
        if self.record.fault in ("bad_gateway", "page"):
            body, kind = BAD_GATEWAY, b"text/html"
        elif self.record.fault == "too_long_llamacpp":
            tokens = self.record.prompt_tokens
            body = write_llamacpp_too_long(tokens, self._behaviour.window or tokens // 2)
        more = self._fault.headers if self._fault else ()
        headers = [(name.encode(), value.encode()) for name, value in more]
        if (
            self._fault
            and self._fault.retry_after is not None
            and self._fault.kind in ("rate_limit", "unavailable")
        ):
            headers.append((b"retry-after", f"{self._fault.retry_after:g}".encode()))
        self.record.status = error.status
        self._end()
        await send_whole(self._send, error.status, body, kind, headers)

    async def _prefill(self) -> None:
        if self._behaviour.prefill_speed > 0:
            uncached = self.record.prompt_tokens - self.record.cached_tokens
            await asyncio.sleep(uncached / self._behaviour.prefill_speed)

    async def _give_stream(self, answer: Answer) -> None:
        usage = self._usage() if self._asked.include_usage else None
        stream = write_stream(self._identity, self._asked.model, answer, self._behaviour.chunks, usage)
        await self._start(b"text/event-stream; charset=utf-8")
        await self._send(_body(stream.opening))
        if await self._send_chunks(stream):
            self._end()
            await self._send(_body(stream.closing, more=False))

    async def _send_chunks(self, stream: Stream) -> bool:
        """Send the chunks at their times, counted from the beginning so that delays do not add up.

        False: the line is cut here.
        """
        clock = asyncio.get_running_loop().time
        begin, seconds, count = clock(), self._decode_seconds(), len(stream.chunks)
        breaks_at = int(count * self._fault.at) if self._fault else -1
        for number, chunk in enumerate(stream.chunks):
            if number == breaks_at and self._fault and not await self._disturb(self._fault):
                return False
            wait = begin + seconds * (number + 1) / count - clock()
            if wait > 0 and not self._pace.is_hurried:
                await asyncio.sleep(wait)
            if number == 0:
                self._first_token()
            await self._send(_body(chunk))
        if not count:
            await asyncio.sleep(seconds)
            self._first_token()
        return True

    async def _disturb(self, fault: Fault) -> bool:
        """What goes wrong on the line in the middle of a stream; False: nothing follows."""
        if fault.kind == "silence":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "cut":
            self._end()
            return False
        elif fault.kind == "stream_error":
            await self._send(_body(write_stream_error()))
        elif fault.kind == "garbage":
            await self._send(_body(GARBAGE))
        elif fault.kind == "broken_letter":
            await self._send(_body(write_broken_letter(self._asked.model)))
        return True

    async def _give_whole(self, answer: Answer) -> None:
        seconds = self._decode_seconds()
        first = seconds / max(self._behaviour.chunks, 1)
        await asyncio.sleep(first)
        self._first_token()
        body = write_completion(self._identity, self._asked.model, answer, self._usage())
        length, more = len(body), False
        if self._fault and self._fault.kind == "silence":
            await asyncio.sleep(self._fault.seconds)
        await asyncio.sleep(seconds - first)
        if self._fault and self._fault.kind == "cut":
            body, more = body[: int(length * self._fault.at)], True
        await self._start(JSON_TYPE, length)
        self._end()
        await self._send(_body(body, more))

    def _decode_seconds(self) -> float:
        words = len(self.record.answer.split()) if self._behaviour.seconds_per_word else 0
        return draw(self._behaviour.latency, self._asked.part) + self._behaviour.seconds_per_word * words

    def _first_token(self) -> None:
        """The moment from which later requests find this one's prefix."""
        self.record.first_token_at = time.monotonic()
        self._cache.add(self._asked.prompt, self._asked.breakpoints)

    def _usage(self) -> Usage:
        record = self.record
        return Usage(record.prompt_tokens, record.cached_tokens, record.output_tokens, record.written_tokens)

    async def _start(self, kind: bytes, length: int | None = None) -> None:
        self.record.status = HTTPStatus.OK
        await self._send(_start(HTTPStatus.OK, kind, length, [(b"x-request-id", self._identity.encode())]))

    def _end(self) -> None:
        # before the last bytes leave, so that a caller who has them all finds the record complete
        self.record.ended_at = time.monotonic()


async def send_whole(
    send: Send,
    status: int,
    body: bytes,
    kind: bytes = JSON_TYPE,
    headers: list[tuple[bytes, bytes]] | None = None,
) -> None:
    await send(_start(status, kind, len(body), headers or []))
    await send(_body(body, more=False))


def _start(status: int, kind: bytes, length: int | None, headers: list[tuple[bytes, bytes]]) -> Event:
    sized = [] if length is None else [(b"content-length", str(length).encode())]
    return {
        "type": "http.response.start",
        "status": int(status),
        "headers": [(b"content-type", kind), *sized, *headers],
    }


def _body(body: bytes, more: bool = True) -> Event:
    return {"type": "http.response.body", "body": body, "more_body": more}
