"""The ways in which a call of the model gives no answer, each with its sentence for the user."""

import math
import re
import time
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

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
# What llama.cpp's server says of a text that is to be embedded.
_TOO_LARGE_TO_EMBED = "too large to process"
# A server of one's own that takes no response_format, or no message of one role after another.
_NO_SCHEMA = ("response_format", "json_schema", "structured output", "guided decoding", "grammar")
_ROLES = ("roles must alternate", "system role not supported", "consecutive messages")
_SENTENCES = {
    "bad_key": "The model's server refused the key. Check the key of the profile “{profile}”.",
    "unknown_model": "There is no model “{model}” at the address of the profile “{profile}”. Check both.",
    "over_window": "With all it reads, this block needs {detail}. Remove a document or use a larger model.",
    "too_long": "The documents are longer than the model can read. Remove a document or use a larger model.",
    "rate_limit": "The model's server is taking no more requests for now. Try again in a few minutes.",
    "rate_limit_until": "The model's server is taking no more requests until {detail}. Try again then.",
    "quota": "The account of the model's server has no credit left. Ask whoever pays for it.",
    "unreachable": "The model's server cannot be reached. Check that it runs, then try again.",
    "server_error": "The model's server failed. Try again; if it happens again, tell whoever runs it.",
    "bad_request": "The model's server refused the request: {detail}",
    "no_schema": 'The model\'s server takes no schema. Set schema = "prompt" in the profile “{profile}”.',
    "roles": "The model's server refused the order of the messages. "
    'Set messages = "single" in the profile “{profile}”, or use a model that takes a system message.',
    "no_model": "What answers at the address of the profile “{profile}” is not a model's server. "
    "Check its base_url.",
    "cut_stream": "The connection broke in the middle of the answer. Try again.",
    "first_token_timeout": "The model did not begin to answer in time. Try again later.",
    "gap_timeout": "The model stopped in the middle of its answer. Try again.",
    "total_timeout": "The model took too long. Try again, or ask for a shorter text.",
    "cancelled": "Cancelled.",
}
_PASSING = frozenset({"rate_limit", "unreachable", "server_error", "cut_stream", "gap_timeout"})
# Not a wrong key or address: whoever set the profile up must hear of that, and not find it out by its bills.
_ELSEWHERE = _PASSING | {"quota", "first_token_timeout"}
_SOON = 60.0


class ModelFailure(Exception):
    """A call that gave no answer. `code` is stable, the message is a sentence for the user."""

    def __init__(
        self, code: str, profile: ModelProfile, *, detail: str = "", retry_after: float | None = None
    ):
        key = code
        if code == "rate_limit" and retry_after is not None and _SOON < retry_after < math.inf:
            key, detail = "rate_limit_until", _clock(retry_after)
        sentence = _SENTENCES[key].format(profile=profile.name, model=profile.model, detail=detail[:300])
        super().__init__(sentence)
        self.code = code
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """Whether the same call may well succeed a little later."""
        return self.code in _PASSING

    @property
    def another_may_do(self) -> bool:
        """Whether it is this server's trouble alone, so that a fallback may well answer."""
        return self.code in _ELSEWHERE


def _clock(seconds: float) -> str:
    """The time of day in so many seconds, with the day if it is another one."""
    now = timezone.localtime()
    then = now + timedelta(seconds=min(seconds, 10_000_000) + 30)
    return f"{then:%H:%M %Z}" if then.date() == now.date() else f"{then:%H:%M %Z} on {then.day} {then:%B}"


def code_of(status: int, said: str) -> str:
    """The code of a failure that the server answered with this HTTP status and these words."""
    said = said.lower()
    if status == 429 and "insufficient_quota" in said:
        return "quota"
    if (status == 429 and _TOO_LARGE in said) or (status == 500 and _TOO_LARGE_TO_EMBED in said):
        return "too_long"
    if status in (400, 413, 422) and any(words in said for words in _TOO_LONG):
        return "too_long"
    if status in (400, 422, 501) and any(words in said for words in _NO_SCHEMA):
        return "no_schema"
    if status in (400, 422, 500) and any(words in said for words in _ROLES):
        return "roles"
    return _STATUS_CODES.get(status, "server_error" if status >= 500 else "bad_request")


def read_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that a server asks to wait; None where it does not say.

    OpenAI's x-ratelimit-reset-… says when a limit is whole again, so it counts only for one that is used up.
    """
    if (milliseconds := read_retry_after(headers.get("retry-after-ms", ""))) is not None:
        return milliseconds / 1000
    if (seconds := read_retry_after(headers.get("retry-after", ""))) is not None:
        return seconds
    resets = [
        _read_duration(headers.get(f"x-ratelimit-reset-{what}", ""))
        for what in ("requests", "tokens")
        if headers.get(f"x-ratelimit-remaining-{what}") == "0"
    ]
    return max((reset for reset in resets if reset is not None), default=None)


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


def _read_duration(text: str) -> float | None:
    """Seconds of “1s”, “6m0s”, “20ms” or “1h2m3.5s”."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?", text)
    if not text or not found:
        return None
    hours, minutes, seconds, milliseconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
