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

from generation.answers import Answer, read_stream, split_lines
from generation.calls import Call, Cancelled, TellingBackend, TimedOut, sending
from generation.failures import ModelFailure, code_of, read_retry_after
from generation.profiles import ModelProfile
from templates.blocks.base import Json

__all__ = ["Answer", "ModelFailure", "ModelRequest", "ask_model", "warm_up"]

_LONGEST_WAIT = 120.0
# The SDK's own errors, and what its http library raises when a connection breaks in mid-stream.
_CALL_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    httpx2.RequestError,
    orjson.JSONDecodeError,
)
_HEADERS = {"Content-Type": "application/json", "Accept": "text/event-stream"}


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
        try:
            with _slot(profile, call):
                return _ask_once(profile, request, call, made, on_text)
        except (ModelFailure, TimedOut) as error:
            failure = ModelFailure(error.code, profile) if isinstance(error, TimedOut) else error
            asked = failure.retry_after or 0
            wait = asked + _pause_after(tries)
            if not failure.passing or tries == profile.retries:
                raise failure from error
            if asked > _LONGEST_WAIT or wait > call.seconds_left:
                raise failure from error
            call.wait(wait)
    raise AssertionError("the last try returns or raises")


def _pause_after(tries: int) -> float:
    """Doubling seconds, with jitter so that the blocks of a report do not wake together."""
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - no secret
    return jitter * min(0.5 * 2.0**tries, 20)


@contextmanager
def _slot(profile: ModelProfile, call: Call) -> Iterator[None]:
    """One of the profile's places at its server; the clock of the call stands while it waits for one."""
    slots = _slots(profile)
    with call.standing():
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
    made: list[Answer],
    on_text: Callable[[str], None],
) -> Answer:
    """One try, noted in `made` with what came of it. Raises `ModelFailure`, `Cancelled`, `TimedOut`."""
    call.begin()
    answer, sent = Answer(), time.monotonic()
    made.append(answer)
    try:
        with sending(call):
            _hear(profile, request, call, answer, on_text)
        return answer
    except (ModelFailure, TimedOut, Cancelled) as ended:
        answer.outcome = ended.code
        raise
    finally:
        answer.seconds = time.monotonic() - sent


def _hear(
    profile: ModelProfile,
    request: ModelRequest,
    call: Call,
    answer: Answer,
    on_text: Callable[[str], None],
) -> None:
    """Fill `answer` with what the server says."""
    sent = time.monotonic()
    try:
        with closing(_send(profile, request)) as response:
            for text in read_stream(split_lines(response.iter_bytes()), answer, profile):
                call.heard()
                if not text:
                    continue
                if answer.first_token_seconds is None:
                    answer.first_token_seconds = time.monotonic() - sent
                on_text(text)
        call.check()
    except _CALL_ERRORS as error:
        call.check()
        raise _failure(error, profile, answer) from error
    if not answer.finish:
        raise ModelFailure("cut_stream", profile)


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
    if isinstance(error.__cause__, httpx2.ConnectTimeout):
        return ModelFailure("unreachable", profile)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ModelFailure("gap_timeout" if answer.text else "first_token_timeout", profile)
    return ModelFailure("cut_stream" if answer.text else "unreachable", profile)


def _status_failure(error: openai.APIStatusError, profile: ModelProfile) -> ModelFailure:
    message = error.body.get("message") if isinstance(error.body, dict) else None
    return ModelFailure(
        code_of(error.status_code, f"{error.code or ''} {error.message}"),
        profile,
        detail=str(message or error.message),
        retry_after=read_retry_after(error.response.headers.get("retry-after", "")),
    )


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
    client: Any = openai.DefaultHttpxClient()
    for transport in (client._transport, *client._mounts.values()):
        if transport is not None:
            transport._pool._network_backend = TellingBackend()
    return client


@cache
def _client(address: str, key: str) -> openai.OpenAI:
    return openai.OpenAI(api_key=key, base_url=address, max_retries=0, http_client=_http())


def _timeout(profile: ModelProfile) -> openai.Timeout:
    longest = max(profile.first_token_timeout, profile.gap_timeout)
    return openai.Timeout(longest, connect=profile.connect_timeout)
