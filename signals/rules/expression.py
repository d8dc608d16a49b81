"""A regular expression, which may take so long and no longer."""

from functools import lru_cache
from time import monotonic

import regex
from pydantic import Field, field_validator

from signals.rules.base import CannotLook, Found, Rule, RuleSettings
from signals.to_read import TextToRead, Verdict

# Real time on a text, whose pieces may be thousands: a pattern that needs more would need it on others, too.
_SECONDS = 0.5
_TOO_LONG = (
    "The regular expression takes too long on this text. Write a simpler one, without repetitions inside "
    "repetitions."
)
_LONGEST = 120


class ExpressionSettings(RuleSettings):
    """A pattern as Python's module `regex` reads it."""

    pattern: str = Field(min_length=1, max_length=500, title="Regular expression")
    match_case: bool = Field(False, title="Tell capitals from small letters")

    @field_validator("pattern")
    @classmethod
    def _can_be_read(cls, pattern: str) -> str:
        try:
            regex.compile(pattern)
        except (regex.error, OverflowError, RecursionError, MemoryError) as error:
            raise ValueError(f"this is no regular expression: {error}") from error
        if regex.compile(pattern).fullmatch("", timeout=_SECONDS):
            raise ValueError("this fits on nothing at all, so it would flag every text")
        return pattern


class Expression(Rule[ExpressionSettings]):
    """Flags a piece in which the pattern is found."""

    name = "expression"
    label = "Regular expression"
    about = "Flags a text in which a pattern is found. For those who know regular expressions."
    Settings = ExpressionSettings

    def read(self, settings: ExpressionSettings, text: TextToRead) -> Verdict:
        """The first piece in which it is found. Raises `CannotLook` where the pattern takes too long."""
        until = monotonic() + _SECONDS
        for piece in text.pieces:
            if found := self._search(settings, piece.text, until - monotonic()):
                return Verdict(found.score, piece.address, found.reason)
        return Verdict(0.0)

    def look(self, settings: ExpressionSettings, said: str) -> Found | None:
        """In one piece by itself. Raises `CannotLook`."""
        return self._search(settings, said, _SECONDS)

    def _search(self, settings: ExpressionSettings, said: str, seconds: float) -> Found | None:
        pattern = _compile(settings.pattern, settings.match_case)
        try:
            # Of no time left the module makes no time-out.
            found = pattern.search(said, timeout=max(seconds, 1e-6), concurrent=True)
        except TimeoutError as error:
            raise CannotLook(_TOO_LONG) from error
        return Found(1.0, f"It says “{found[0][:_LONGEST]}”.") if found else None


@lru_cache(maxsize=64)
def _compile(pattern: str, match_case: bool) -> regex.Pattern[str]:
    return regex.compile(pattern, 0 if match_case else regex.IGNORECASE)
