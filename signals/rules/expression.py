"""A regular expression, which may take so long and no longer."""

from functools import lru_cache

import regex
from pydantic import Field, field_validator

from signals.rules.base import CannotLook, Found, Rule, RuleSettings

# Real time on one piece: a pattern that needs more would need it on others, too.
_SECONDS = 0.2
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

    def look(self, settings: ExpressionSettings, said: str) -> Found | None:
        """Raises `CannotLook` where the pattern takes too long."""
        try:
            found = _compile(settings.pattern, settings.match_case).search(
                said, timeout=_SECONDS, concurrent=True
            )
        except TimeoutError as error:
            raise CannotLook(
                "The regular expression takes too long on this text. Write a simpler one, without "
                "repetitions inside repetitions."
            ) from error
        return Found(1.0, f"It says “{found[0][:_LONGEST]}”.") if found else None


@lru_cache(maxsize=64)
def _compile(pattern: str, match_case: bool) -> regex.Pattern[str]:
    return regex.compile(pattern, 0 if match_case else regex.IGNORECASE)
