"""Pieces: the addressable parts of a text, which samples, readings, evidence and highlights speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

from signals.sentences import split_sentences

# The address of the whole text.
WHOLE = ""


@dataclass(frozen=True)
class Piece:
    """An addressable part of a value: a sentence, a bullet, a cell."""

    address: str
    text: str


def split_text(text: str) -> list[Piece]:
    """The sentences of a text that is nothing but text."""
    return [Piece(f"sentence {number}", one) for number, one in enumerate(split_sentences(text), 1)]


def with_whole(whole: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that say something, and the whole last; a text of one piece is its own whole."""
    parts = [piece for piece in pieces if piece.text.strip()]
    if [piece.text.strip() for piece in parts] == [whole.strip()]:
        return parts
    return [*parts, Piece(WHOLE, whole)] if whole.strip() else parts
