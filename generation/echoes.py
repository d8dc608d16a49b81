"""Words of the template's examples in a value: they are of another case and say nothing of this one."""

import re
from collections.abc import Callable, Sequence

from signals.pieces import Piece

# So many words on end are no chance.
GRAM = 5

Gram = tuple[str, ...]


def find_echoes(
    pieces: Sequence[Piece], examples: Sequence[str], known: Callable[[], frozenset[Gram]]
) -> list[str]:
    """A sentence for each piece that says an example's words; `known` are those of the documents.

    `known` is called only when a piece does.
    """
    shown = grams_in(examples)
    copied = [(piece, grams) for piece in pieces if (grams := grams_in([piece.text]) & shown)]
    own = known() if copied else frozenset()
    return [
        f"“{piece.text}” ({piece.address}) is taken from the template's example; it is not of this case."
        for piece, grams in copied
        if grams - own
    ]


def grams_in(texts: Sequence[str]) -> frozenset[Gram]:
    """All runs of so many words in the texts that they tell one text from another."""
    words = [re.findall(r"\w+", text.casefold()) for text in texts]
    return frozenset(
        tuple(one[start : start + GRAM]) for one in words for start in range(len(one) - GRAM + 1)
    )
