"""The one place that talks to a language model: a request in, an answer or a plain failure out."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
import openai
import orjson

from generation.calls import Call, TimedOut
from generation.profiles import ModelProfile
from templates.blocks.base import Json

_LONGEST_WAIT = 120.0
_STATUS_CODES = {401: "bad_key", 403: "bad_key", 404: "unknown_model", 413: "too_long", 429: "rate_limit"}
_TOO_LONG = ("context_length", "context length", "context size", "maximum context", "too long", "exceeds the")
_SENTENCES = {
    "bad_key": "The model's server refused the key. Check the key of the profile “{profile}”.",
    "unknown_model": "The model's server does not know the model “{model}”. Check the profile “{profile}”.",
    "too_long": "The documents are longer than the model can read. Remove a document or use a larger model.",
    "rate_limit": "The model's server is taking no more requests for now. Try again in a few minutes.",
    "quota": "The account of the model's server has no credit left. Ask whoever pays for it.",
    "unreachable": "The model's server cannot be reached. Check that it runs, then try again.",
    "server_error": "The model's server failed. Try again; if it happens again, tell whoever runs it.",
    "bad_request": "The model's server refused the request: {detail}",
    "cut_stream": "The connection broke in the middle of the answer. Try again.",
    "first_token_timeout": "The model did not begin to answer in time. Try again later.",
    "gap_timeout": "The model stopped in the middle of its answer. Try again.",
    "total_timeout": "The model took too long. Try again, or ask for a shorter text.",
    "cancelled": "Cancelled.",
}
# The SDK's own errors, and what its http library raises when a connection breaks in mid-stream.
_CALL_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    httpx2.TransportError,
    orjson.JSONDecodeError,
)
_HEADERS = {"Content-Type": "application/json", "Accept": "text/event-stream"}
_PASSING = frozenset({"rate_limit", "unreachable", "server_error", "cut_stream", "gap_timeout"})


class ModelFailure(Exception):
    """A call that gave no answer. `code` is stable, the message is a sentence for the user."""

    def __init__(
        self, code: str, profile: ModelProfile, *, detail: str = "", retry_after: float | None = None
    ):
        sentence = _SENTENCES[code].format(profile=profile.name, model=profile.model, detail=detail[:300])
        super().__init__(sentence)
        self.code = code
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """Whether the same call may well succeed a little later."""
        return self.code in _PASSING


@dataclass
class Answer:
    """What the model returned. Tokens as the server counts them; seconds since the request was sent."""

    text: str = ""
    finish: str = ""
    refusal: str = ""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0
    first_token_seconds: float | None = None
    outcome: str = "answered"


@dataclass(frozen=True)
class ModelRequest:
    """What is asked of the model; `schema` only where the server is to enforce it."""

    messages: list[Json]
    max_tokens: int
    cache_key: str = ""
    schema: Json | None = None


def warm_up(profile: ModelProfile) -> None:
    """Make the client before the first call: reading the certificates takes a tenth of a second."""
    if not profile.offline:
        _client(profile.address, profile.key)


def ask_model(
    profile: ModelProfile,
    request: ModelRequest,
    call: Call,
    made: list[Answer],
    on_text: Callable[[str], None] = lambda text: None,
) -> Answer:
    """The answer, after as many tries as the profile allows. Raises `ModelFailure`, `Cancelled`.

    Every try is added to `made`, for each is billed. `on_text` is given the text so far at each token.
    Waits between tries double, with jitter, and are never shorter than the server's Retry-After.
    """
    for tries in range(profile.retries + 1):
        answer = Answer()
        made.append(answer)
        try:
            with _slot(profile, call):
                return _ask_once(profile, request, call, answer, on_text)
        except (ModelFailure, TimedOut) as error:
            failure = ModelFailure(error.why, profile) if isinstance(error, TimedOut) else error
            answer.outcome = failure.code
            asked = failure.retry_after or 0
            if not failure.passing or tries == profile.retries or asked > _LONGEST_WAIT:
                raise failure from error
            _wait_before(tries, asked, call, profile)
    raise AssertionError("the last try returns or raises")


def _wait_before(tries: int, asked: float, call: Call, profile: ModelProfile) -> None:
    """Doubling waits, with jitter so that the blocks of a report do not wake together."""
    seconds = asked + random.uniform(0.5, 1.0) * min(0.5 * 2**tries, 20)  # noqa: S311 - no secret
    try:
        call.wait(seconds)
    except TimedOut as error:
        raise ModelFailure(error.why, profile) from error


@contextmanager
def _slot(profile: ModelProfile, call: Call) -> Iterator[None]:
    """One of the profile's places at its server; the clock of the call stands while it waits for one."""
    slots = _slots(profile)
    while not slots.acquire(timeout=0.2):
        call.check()
    try:
        yield
    finally:
        slots.release()


@cache
def _slots(profile: ModelProfile) -> threading.Semaphore:
    return threading.Semaphore(profile.concurrency)


def _ask_once(
    profile: ModelProfile,
    request: ModelRequest,
    call: Call,
    answer: Answer,
    on_text: Callable[[str], None],
) -> Answer:
    call.begin()
    sent = time.monotonic()
    try:
        with closing(_send(profile, request)) as response:
            stream = response.extensions.get("network_stream")
            call.connected(stream.get_extra_info("socket") if stream else None)
            for text in _read_stream(response.iter_lines(), answer, profile):
                if answer.first_token_seconds is None:
                    answer.first_token_seconds = time.monotonic() - sent
                call.heard()
                on_text(text)
        call.check()
        if not answer.finish:
            raise ModelFailure("cut_stream", profile)
        return answer
    except _CALL_ERRORS as error:
        call.check()
        raise _failure(error, profile, answer) from error
    finally:
        answer.seconds = time.monotonic() - sent


def _send(profile: ModelProfile, request: ModelRequest) -> httpx2.Response:
    """The open response. The body is encoded here: the SDK's own way costs long prompts ten times the CPU."""
    stream: openai.Stream[object] = _client(profile.address, profile.key).post(
        "/chat/completions",
        cast_to=object,
        content=orjson.dumps(_body(profile, request)),
        options={"headers": _HEADERS, "timeout": _timeout(profile)},
        stream=True,
        stream_cls=openai.Stream[object],
    )
    return stream.response


def _failure(error: Exception, profile: ModelProfile, answer: Answer) -> ModelFailure:
    """What an error of the SDK or of the connection means for the user."""
    if isinstance(error, openai.APIStatusError):
        return _status_failure(error, profile)
    if isinstance(error, openai.APITimeoutError):
        return ModelFailure("gap_timeout" if answer.text else "first_token_timeout", profile)
    return ModelFailure("cut_stream" if answer.text else "unreachable", profile)


def _status_failure(error: openai.APIStatusError, profile: ModelProfile) -> ModelFailure:
    detail = f"{error.code or ''} {error.message}"
    if error.status_code == 429 and "insufficient_quota" in detail:
        return ModelFailure("quota", profile)
    if error.status_code in (400, 413, 422) and any(words in detail.lower() for words in _TOO_LONG):
        return ModelFailure("too_long", profile)
    code = _STATUS_CODES.get(error.status_code, "server_error" if error.status_code >= 500 else "bad_request")
    return ModelFailure(code, profile, detail=error.message, retry_after=_retry_after(error))


def _retry_after(error: openai.APIStatusError) -> float | None:
    try:
        return float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None


def _read_stream(lines: Iterator[str], answer: Answer, profile: ModelProfile) -> Iterator[str]:
    """The text so far, at each token. Raw lines: the SDK's stream objects cost three times the CPU."""
    for line in lines:
        if not line.startswith("data:") or line.startswith("data: [DONE]"):
            continue
        chunk = orjson.loads(line[5:])
        if "error" in chunk:
            raise ModelFailure("server_error", profile)
        if usage := chunk.get("usage"):
            answer.input_tokens = usage.get("prompt_tokens") or 0
            answer.output_tokens = usage.get("completion_tokens") or 0
            details = usage.get("prompt_tokens_details") or {}
            answer.cached_tokens = details.get("cached_tokens") or 0
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or {}
            answer.finish = choice.get("finish_reason") or answer.finish
            answer.refusal += delta.get("refusal") or ""
            if token := delta.get("content"):
                answer.text += token
                yield answer.text


def _body(profile: ModelProfile, request: ModelRequest) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": profile.model,
        "messages": request.messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        profile.max_tokens_field: request.max_tokens,
    }
    if profile.temperature is not None:
        body["temperature"] = profile.temperature
    if request.schema:
        schema = {"name": "answer", "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if profile.cache != "none" and request.cache_key:
        body["prompt_cache_key"] = request.cache_key
    if profile.cache == "breakpoint":
        body["prompt_cache_options"] = {"mode": "explicit"}
    return body


@cache
def _http() -> Any:
    """One client with its connections for the whole process: one per profile costs 28 ms each."""
    return openai.DefaultHttpxClient()


@cache
def _client(address: str, key: str) -> openai.OpenAI:
    return openai.OpenAI(api_key=key, base_url=address, max_retries=0, http_client=_http())


def _timeout(profile: ModelProfile) -> openai.Timeout:
    longest = max(profile.first_token_timeout, profile.gap_timeout)
    return openai.Timeout(longest, connect=profile.connect_timeout)
