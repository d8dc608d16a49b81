"""What can go wrong, by script: which requests meet which fault, and the error bodies providers send."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.simulated_llm.asked import Asked

FaultKind: TypeAlias = Literal[
    # answered with an error instead of an answer
    "rate_limit",
    "no_quota",
    "server_error",
    "unavailable",
    "bad_gateway",
    "wrong_key",
    "too_long",
    "too_long_llamacpp",
    "reject_format",
    "unknown_model",
    "page",
    # the line
    "hang",
    "silence",
    "cut",
    "stream_error",
    "garbage",
    "broken_letter",
    # the answer
    "invalid_json",
    "wrong_shape",
    "length",
    "refusal",
    "content_filter",
    "empty",
    "fenced",
    "chatty",
    "thinking_aloud",
    "thinking",
]


@dataclass(frozen=True)
class Fault:
    """One line of the script: in order of arrival, `after` requests go free, then `count` meet the fault.

    Only requests whose block's part contains `contains` are counted; `reject_format` counts only those that
    carry a `response_format`.
    """

    kind: FaultKind
    contains: str = ""
    count: int | None = 1
    """How many requests meet it; None: all."""
    after: int = 0
    retry_after: float | None = 1.0
    """Seconds in the Retry-After header of rate_limit and unavailable; None leaves it out."""
    seconds: float = 3600.0
    """How long hang and silence last; afterwards the answer goes on."""
    at: float = 0.5
    """Share of the answer sent before silence, cut, length and what else goes wrong on the line."""
    headers: tuple[tuple[str, str], ...] = ()
    """More headers of an error, like ("retry-after-ms", "300")."""


class FaultScript:
    """The faults still to come; each request meets at most one, the first that wants it."""

    def __init__(self, *faults: Fault) -> None:
        self._faults = list(faults)
        self._seen = [0] * len(faults)

    def add(self, fault: Fault) -> None:
        self._seen.append(0)
        self._faults.append(fault)

    def next_for(self, asked: Asked) -> Fault | None:
        return self._next(lambda fault: _wants(fault, asked))

    def next_for_embeddings(self) -> Fault | None:
        """For a request of embeddings, which has no block's part."""
        return self._next(lambda fault: not fault.contains)

    def _next(self, wants: Callable[[Fault], bool]) -> Fault | None:
        for number, fault in enumerate(self._faults):
            if not wants(fault):
                continue
            self._seen[number] += 1
            turn = self._seen[number] - fault.after
            if turn > 0 and (fault.count is None or turn <= fault.count):
                return fault
        return None


def _wants(fault: Fault, asked: Asked) -> bool:
    return fault.contains in asked.part and (
        fault.kind != "reject_format" or asked.response_format is not None
    )


@dataclass(frozen=True)
class ErrorBody:
    """An error as OpenAI writes it."""

    status: int
    message: str
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | int | None = None


ERRORS: dict[str, ErrorBody] = {
    "rate_limit": ErrorBody(429, "Rate limit reached for requests", "requests", None, "rate_limit_exceeded"),
    "no_quota": ErrorBody(
        429, "You exceeded your current quota.", "insufficient_quota", None, "insufficient_quota"
    ),
    "server_error": ErrorBody(500, "The server had an error while processing your request.", "server_error"),
    "unavailable": ErrorBody(
        503, "The engine is currently overloaded, please try again later", "server_error"
    ),
    "bad_gateway": ErrorBody(502, "Bad Gateway", "server_error"),
    "wrong_key": ErrorBody(401, "Incorrect API key provided.", code="invalid_api_key"),
    "unknown_model": ErrorBody(
        404, "The model `simulated` does not exist or you do not have access to it.", code="model_not_found"
    ),
    # A proxy or a site that greets whoever comes.
    "page": ErrorBody(200, "Welcome"),
    "reject_format": ErrorBody(
        400,
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        param="response_format",
    ),
}


def too_long(tokens: int, window: int) -> ErrorBody:
    message = (
        f"This model's maximum context length is {window} tokens. However, your messages resulted in "
        f"{tokens} tokens. Please reduce the length of the messages."
    )
    return ErrorBody(400, message, param="messages", code="context_length_exceeded")
