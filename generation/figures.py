"""A figure, date or amount that stands in none of the documents is a problem for the reviewer."""

from collections.abc import Sequence

from signals.figures import find_figures, is_supported
from templates.blocks.base import Piece


def find_unsupported_figures(pieces: Sequence[Piece], known: frozenset[str]) -> list[str]:
    """A sentence for each figure in `pieces` that is none of the `known` readings, each figure once."""
    found: dict[str, str] = {}
    for piece in pieces:
        for figure in find_figures(piece.text):
            if not is_supported(figure, known):
                found.setdefault(
                    figure.text, f"“{figure.text}” ({piece.address}) stands in none of the documents."
                )
    return list(found.values())
