"""A figure, date or amount that stands in none of the documents is a problem for the reviewer."""

from collections.abc import Callable, Sequence

from signals.figures import find_figures, is_supported
from signals.pieces import Piece


def find_unsupported_figures(pieces: Sequence[Piece], known: Callable[[], frozenset[str]]) -> list[str]:
    """A sentence for each figure in `pieces` that is none of the known readings, each figure once.

    `known` is called only when there is a figure: reading all documents for figures takes a while.
    """
    figures = [(piece, figure) for piece in pieces for figure in find_figures(piece.text)]
    readings = known() if figures else frozenset()
    found: dict[str, str] = {}
    for piece, figure in figures:
        if not is_supported(figure, readings):
            found.setdefault(
                figure.text, f"“{figure.text}” ({piece.address}) stands in none of the documents."
            )
    return list(found.values())
