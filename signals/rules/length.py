"""A text that is too long or too short."""

from typing import Self

from pydantic import Field, model_validator

from signals.rules.base import Found, RuleSettings, WholeRule


class LengthSettings(RuleSettings):
    """Limits in words, both of them allowed."""

    least: int | None = Field(None, ge=1, le=100_000, title="At least, in words")
    most: int | None = Field(None, ge=0, le=100_000, title="At most, in words")

    @model_validator(mode="after")
    def _limits_fit(self) -> Self:
        if self.least is None and self.most is None:
            raise ValueError("give a least or a most number of words")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least number of words is above the most")
        return self


class Length(WholeRule[LengthSettings]):
    """Flags a text outside the limits."""

    name = "length"
    label = "Length"
    about = "Flags a text with too few or too many words."
    Settings = LengthSettings

    def look(self, settings: LengthSettings, said: str) -> Found | None:
        """A text one word outside is as much outside as any other."""
        words = len(said.split())
        if settings.most is not None and words > settings.most:
            return Found(1.0, f"It has {words:,} words, more than {settings.most:,}.")
        if settings.least is not None and words < settings.least:
            return Found(1.0, f"It has {words:,} words, fewer than {settings.least:,}.")
        return None
