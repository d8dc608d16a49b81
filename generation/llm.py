"""The one place that talks to a language model: a request in, an answer or a plain failure out."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import httpx2
import openai
import orjson

from generation.answers import Answer, read_stream, split_lines, without_thoughts
from generation.calls import Call, Cancelled, TellingBackend, TimedOut, sending
from generation.failures import ModelFailure, code_of, read_wait
from generation.profiles import ModelProfile
from generation.servers import LONGEST_WAIT, Server, server_of, spread
from templates.blocks.base import Json

__all__ = ["Answer", "ModelFailure", "ModelRequest", "ask_model", "embed", "warm_up"]

# The SDK's own errors, and what its http library raises when a connection breaks in mid-stream.
_CALL_ERRORS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    httpx2.RequestError,
    orjson.JSONDecodeError,
)
# The temperature of another version: at 0 a model would write the same again.
_VARIED = 0.8
_HEADERS = {"Content-Type": "application/json", "Accept": "text/event-stream"}


@dataclass(frozen=True)
class ModelRequest:
    """What is asked of the model; `schema` only where the server is to enforce it.

    With `vary`, another answer is wanted than the likeliest.
    """

    messages: list[Json]
    max_tokens: int
    cache_key: str = ""
    schema: Json | None = None
    vary: bool = False


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
    *,
    has_fallback: bool = False,
) -> Answer:
    """The answer, after as many tries as the profile allows. Raises `ModelFailure`, `Cancelled`.

    Every try is added to `made`, for each is billed. `on_text` is given the text so far at each token.
    With `has_fallback`, somebody else can be asked: a server that is down is not tried, or not tried again.
    """
    server = server_of(profile)
    if has_fallback:
        server.check_up()
    for tries in range(profile.retries + 1):
        try:
            with server.turn(call):
                answer = _ask_once(profile, request, call, made, on_text)
            server.answered()
            return answer
        except (ModelFailure, TimedOut) as error:
            failure = ModelFailure(error.code, profile) if isinstance(error, TimedOut) else error
            wait = _wait_before_next(failure, tries, server)
            for_good = wait is None or tries == profile.retries
            server.failed(failure.code, for_good=for_good)
            if wait is None or for_good or (has_fallback and server.is_down) or call.seconds_left <= 0:
                raise failure from error
            with call.standing():
                call.wait(wait)
    raise AssertionError("the last try returns or raises")


def embed(profile: ModelProfile, texts: list[str]) -> list[list[float]]:
    """A vector for each text, tried again as the profile allows. Raises `ModelFailure`."""
    body = {"model": profile.model, "input": texts, "encoding_format": "float"}
    client = _client(profile.address, profile.key).with_options(
        max_retries=profile.retries, timeout=_timeout(profile)
    )
    try:
        said: Any = client.post("/embeddings", cast_to=object, body=body)
    except _CALL_ERRORS as error:
        raise _failure(error, profile, Answer(profile=profile.name, model=profile.model)) from error
    try:
        rows = [one["embedding"] for one in sorted(said["data"], key=itemgetter("index"))]
    except (KeyError, TypeError) as error:
        raise ModelFailure("no_model", profile) from error
    # One vector for many texts would be spread over all of them, and kept.
    if len(rows) != len(texts) or not all(map(_is_vector, rows)):
        raise ModelFailure("no_model", profile)
    return rows


def _is_vector(row: object) -> bool:
    return isinstance(row, list) and bool(row) and all(isinstance(one, int | float) for one in row)


def _wait_before_next(failure: ModelFailure, tries: int, server: Server) -> float | None:
    """Seconds, doubling and by chance, on top of what the server asked for; None to try no more.

    A server that asks to wait, or limits the rate, is left alone by all other calls for that time too.
    """
    if not failure.passing:
        return None
    most = min(0.5 * 2.0**tries, 20)
    wait = most / 2 + spread(most / 2)
    if failure.retry_after is not None or failure.code == "rate_limit":
        server.pause(wait if failure.retry_after is None else failure.retry_after)
    asked = failure.retry_after or 0
    return asked + wait if asked <= LONGEST_WAIT else None


def _ask_once(
    profile: ModelProfile,
    request: ModelRequest,
    call: Call,
    made: list[Answer],
    on_text: Callable[[str], None],
) -> Answer:
    """One try, noted in `made` with what came of it. Raises `ModelFailure`, `Cancelled`, `TimedOut`."""
    call.begin()
    answer, sent = Answer(profile=profile.name, model=profile.model), time.monotonic()
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
        answer.text = without_thoughts(answer.text)
        answer.cost = profile.cost(
            inputs=answer.input_tokens,
            cached=answer.cached_tokens,
            written=answer.cache_write_tokens,
            outputs=answer.output_tokens,
        )


def _hear(
    profile: ModelProfile,
    request: ModelRequest,
    call: Call,
    answer: Answer,
    on_text: Callable[[str], None],
) -> None:
    """Fill `answer` with what the server says."""
    sent, kind = time.monotonic(), ""
    try:
        with closing(_send(profile, request)) as response:
            kind = response.headers.get("content-type", "")
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
        # Some other page, say of a proxy or of a site, answers every request with success.
        is_stream = answer.text or not ("html" in kind or "json" in kind)
        raise ModelFailure("cut_stream" if is_stream else "no_model", profile)


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
    if isinstance(error, orjson.JSONDecodeError):
        return ModelFailure("server_error", profile)
    if isinstance(error.__cause__, httpx2.ConnectTimeout):
        return ModelFailure("unreachable", profile)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return ModelFailure("gap_timeout" if answer.text else "first_token_timeout", profile)
    return ModelFailure("cut_stream" if answer.text else "unreachable", profile)


def _status_failure(error: openai.APIStatusError, profile: ModelProfile) -> ModelFailure:
    said = error.body.get("message") if isinstance(error.body, dict) else error.message
    is_page = "html" in error.response.headers.get("content-type", "")
    return ModelFailure(
        code_of(error.status_code, f"{error.code or ''} {error.message}"),
        profile,
        detail=f"HTTP status {error.status_code}." if is_page else str(said or error.message),
        retry_after=read_wait(error.response.headers),
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
        body["temperature"] = max(profile.temperature, _VARIED) if request.vary else profile.temperature
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
    """One client with its connections for the whole process: one per profile costs 28 ms each.

    httpx2 has no public way to give its transports a network backend; one of our own would have to do
    proxies, their exceptions and the mapping of errors again. The tests of Cancel watch over this one.
    """
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
