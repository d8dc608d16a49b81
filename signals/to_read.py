"""What every signal is given and what it says: a text in pieces, and a verdict on it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from signals.pieces import WHOLE, Piece
from signals.vectors import vectors_of


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
