"""What every kind of signal can do: read texts, and say what drove it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from signals.pieces import WHOLE, Piece
from signals.vectors import vectors_of


class SignalSettings(BaseModel):
    """What a kind of signal can be told. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=SignalSettings)


@dataclass(frozen=True)
class TextToRead:
    """A text about to be read, in pieces, the whole last; `about` is what was asked for."""

    pieces: tuple[Piece, ...]
    about: str = ""
    language: str = ""

    @property
    def whole(self) -> Piece:
        """The whole text; one of a single piece is its own whole."""
        return self.pieces[-1] if self.pieces else Piece(WHOLE, "")

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors of its pieces, (pieces, width). Raises `CannotEmbed`."""
        return vectors_of([piece.text for piece in self.pieces])


@dataclass(frozen=True)
class Verdict:
    """What a signal says of a text: a score from 0 to 1, the address of the piece that drove it, and why.

    `score` is None when the check did not run; `error` says why.
    """

    score: float | None
    piece: str = WHOLE
    reason: str = ""
    error: str = ""


class SignalKind(ABC, Generic[S]):
    """A kind of signal."""

    name: ClassVar[str]
    label: ClassVar[str]
    about: ClassVar[str]
    Settings: ClassVar[type[SignalSettings]]
    # Whether reading costs a call of a model: then it reads what it is asked to, not everything.
    is_slow: ClassVar[bool] = False

    @abstractmethod
    def made_by(self, settings: S, learned: Mapping[str, Any] | None) -> str:
        """What its readings are made by, for as long as nothing changes them; empty when it cannot read."""

    @abstractmethod
    def read(
        self, settings: S, learned: Mapping[str, Any] | None, texts: Sequence[TextToRead]
    ) -> list[Verdict]:
        """A verdict on each text. It raises nothing: what goes wrong is in the verdict."""
