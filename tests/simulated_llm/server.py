"""The simulated LLM as an ASGI application: it routes, reads each request, and keeps a record of it."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus

import orjson

from tests.simulated_llm.asked import read_request
from tests.simulated_llm.behaviour import Behaviour
from tests.simulated_llm.cache import CACHES
from tests.simulated_llm.embeddings import answer_embeddings
from tests.simulated_llm.faults import ERRORS, ErrorBody, Fault, FaultScript
from tests.simulated_llm.records import Record, Totals
from tests.simulated_llm.replies import Event, Pace, Receive, Reply, Send, send_whole
from tests.simulated_llm.wire import write_error, write_models


class Application:
    """What uvicorn serves; `reset` gives it another behaviour, also while it is running."""

    def __init__(self, behaviour: Behaviour | None = None, faults: Iterable[Fault] = ()) -> None:
        self.behaviour = behaviour or Behaviour()
        self._running = 0
        self.pace = Pace()
        self.reset(None, faults)

    def reset(self, behaviour: Behaviour | None = None, faults: Iterable[Fault] = ()) -> None:
        """Forget requests, cached prefixes and faults; without a behaviour the present one stays.

        What is being streamed comes to its end at once.
        """
        self.behaviour = behaviour or self.behaviour
        self.pace.is_hurried, self.pace = True, Pace()
        self.script = FaultScript(*faults)
        self.cache = CACHES[self.behaviour.cache]()
        self.records: list[Record] = []
        self._most_at_once = self._running

    @property
    def totals(self) -> Totals:
        return Totals(
            requests=len(self.records),
            most_at_once=self._most_at_once,
            prompt_tokens=sum(record.prompt_tokens for record in self.records),
            cached_tokens=sum(record.cached_tokens for record in self.records),
            output_tokens=sum(record.output_tokens for record in self.records),
            cpu_seconds=round(time.process_time(), 3),
        )

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        match scope["method"], scope["path"]:
            case "POST", "/v1/chat/completions":
                await self._complete(scope, receive, send)
            case "POST", "/v1/embeddings":
                await self._embed(scope, receive, send)
            case "GET", "/v1/models":
                await send_whole(send, HTTPStatus.OK, write_models(self.behaviour.model))
            case "GET", "/simulated/totals":
                await send_whole(send, HTTPStatus.OK, orjson.dumps(asdict(self.totals)))
            case "POST", "/simulated/reset":
                self.reset()
                await send_whole(send, HTTPStatus.OK, orjson.dumps(asdict(self.totals)))
            case method, path:
                error = ErrorBody(HTTPStatus.NOT_FOUND, f"Invalid URL ({method} {path})", code="unknown_url")
                await send_whole(send, error.status, write_error(error))

    async def _complete(self, scope: Event, receive: Receive, send: Send) -> None:
        raw = await _read_body(receive)
        record = self._keep_record(scope, raw)
        try:
            asked = read_request(
                raw, _bearer(record), self.behaviour.part_after, self.behaviour.schema_in_prefix
            )
        except ValueError as problem:
            error = ErrorBody(HTTPStatus.BAD_REQUEST, f"We could not read your request: {problem}")
            record.status, record.ended_at = error.status, time.monotonic()
            return await send_whole(send, error.status, write_error(error))
        if self.behaviour.keep_bodies:
            record.asked = asked
        reply = Reply(record, asked, self.behaviour, self.script.next_for(asked), self.cache, self.pace, send)
        self._running += 1
        self._most_at_once = max(self._most_at_once, self._running)
        try:
            await _give_while_connected(reply, receive)
        finally:
            self._running -= 1

    async def _embed(self, scope: Event, receive: Receive, send: Send) -> None:
        raw = await _read_body(receive)
        record = self._keep_record(scope, raw)
        fault = self.script.next_for_embeddings()
        if fault and fault.kind in ERRORS:
            error = ERRORS[fault.kind]
            status, body = int(error.status), write_error(error)
        else:
            status, body = answer_embeddings(raw, _bearer(record), self.behaviour)
        record.status, record.ended_at = status, time.monotonic()
        await send_whole(send, status, body)

    def _keep_record(self, scope: Event, raw: bytes) -> Record:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        kept = raw if self.behaviour.keep_bodies else b""
        record = Record(len(self.records), time.monotonic(), headers, kept)
        self.records.append(record)
        return record


async def _read_body(receive: Receive) -> bytes:
    pieces: list[bytes] = []
    while True:
        event = await receive()
        pieces.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(pieces)


def _bearer(record: Record) -> str:
    return record.headers.get("authorization", "").removeprefix("Bearer ")


async def _give_while_connected(reply: Reply, receive: Receive) -> None:
    """Give the reply, and stop at once when the caller hangs up."""
    giving = asyncio.ensure_future(reply.give())
    leaving = asyncio.ensure_future(receive())
    try:
        await asyncio.wait((giving, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not giving.done() and reply.record.is_running:
            reply.record.disconnected_at = time.monotonic()
        else:
            await giving
    finally:
        giving.cancel()
        leaving.cancel()
