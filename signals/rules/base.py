"""What every rule can do: look at a text without having learnt anything, and say what it found."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from signals.to_read import TextToRead, Verdict


class RuleSettings(BaseModel):
    """What a rule can be told. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Found:
    """What a rule found in a piece: how strongly, from 0 to 1, and what that is in plain words."""

    score: float
    reason: str


class CannotLook(Exception):
    """The rule could not look at a text; the message is a sentence that says why."""


S = TypeVar("S", bound=RuleSettings)


class Rule(ABC, Generic[S]):
    """One thing to look for that needs no example. It reads a text as strongly as its strongest piece."""

    name: ClassVar[str]
    label: ClassVar[str]
    # One sentence for whoever chooses it.
    about: ClassVar[str]
    Settings: ClassVar[type[RuleSettings]]
    # Whether its scores are shades, so that a threshold makes a difference.
    is_graded: ClassVar[bool] = False

    def read(self, settings: S, text: TextToRead) -> Verdict:
        """The strongest piece, of several the first: a part is named before the whole. May raise
        `CannotLook`.
        """
        strongest = Verdict(0.0)
        for piece in text.pieces:
            found = self.look(settings, piece.text)
            if found and found.score > (strongest.score or 0):
                strongest = Verdict(found.score, piece.address, found.reason)
                if found.score >= 1:
                    break
        return strongest

    @abstractmethod
    def look(self, settings: S, said: str) -> Found | None:
        """What is found in one piece; None for nothing."""


class WholeRule(Rule[S]):
    """A rule about the whole text, whatever its parts are."""

    def read(self, settings: S, text: TextToRead) -> Verdict:
        """What is found in the whole. May raise `CannotLook`."""
        found = self.look(settings, text.whole.text)
        return Verdict(found.score, text.whole.address, found.reason) if found else Verdict(0.0)
