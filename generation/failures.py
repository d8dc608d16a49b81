"""The ways in which a call of the model gives no answer, each with its sentence for the user."""

import math
import time
from email.utils import parsedate_to_datetime

from generation.profiles import ModelProfile

_STATUS_CODES = {
    401: "bad_key",
    403: "bad_key",
    404: "unknown_model",
    408: "server_error",
    409: "server_error",
    413: "too_long",
    429: "rate_limit",
}
_TOO_LONG = ("context_length", "context length", "context size", "maximum context", "too long", "exceeds the")
# What a single request may hold where tokens per minute are limited: waiting does not help.
_TOO_LARGE = "request too large"
_SENTENCES = {
    "bad_key": "The model's server refused the key. Check the key of the profile “{profile}”.",
    "unknown_model": "There is no model “{model}” at the address of the profile “{profile}”. Check both.",
    "over_window": "With all it reads, this block needs {detail}. Remove a document or use a larger model.",
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


def code_of(status: int, said: str) -> str:
    """The code of a failure that the server answered with this HTTP status and these words."""
    said = said.lower()
    if status == 429 and "insufficient_quota" in said:
        return "quota"
    if status == 429 and _TOO_LARGE in said:
        return "too_long"
    if status in (400, 413, 422) and any(words in said for words in _TOO_LONG):
        return "too_long"
    return _STATUS_CODES.get(status, "server_error" if status >= 500 else "bad_request")


def read_retry_after(header: str) -> float | None:
    """Seconds to wait, from a number of seconds or from a date."""
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except ValueError:
            return None
    return None if math.isnan(seconds) else max(seconds, 0)
