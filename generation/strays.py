"""What a value took from documents that its block does not use."""

import re
from collections.abc import Sequence
from functools import lru_cache

from generation.prompt import PromptDocument
from signals.pieces import Piece

# So many words on end are no chance, when they are most of what a piece says.
_RUN = 6
_WORD = re.compile(r"[^\W_]+")


def find_strays(pieces: Sequence[Piece], used: Sequence[str], others: Sequence[PromptDocument]) -> list[str]:
    """A sentence for each piece that mostly says the words of one of the `others`, and none of those used.

    `used` are all texts the block may take from; `others` are the documents it does not use.
    """
    found = [(piece, _find_source(piece.text, used, others)) for piece in pieces] if others else []
    return [
        f"“{piece.text}” ({piece.address}) is taken from “{name}”, which this block does not use."
        for piece, name in found
        if name
    ]


def _find_source(text: str, used: Sequence[str], others: Sequence[PromptDocument]) -> str:
    words = _words(text)
    runs = {start: f" {' '.join(words[start : start + _RUN])} " for start in range(len(words) - _RUN + 1)}
    if any(run in _fold(one) for one in used for run in runs.values()):
        return ""
    for other in others:
        taken = {start + n for start, run in runs.items() if run in _fold(other.text) for n in range(_RUN)}
        if 2 * len(taken) > len(words):
            return other.name
    return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=64)
def _fold(text: str) -> str:
    """The words of a whole text, with a space before and after each."""
    return f" {' '.join(_words(text))} "
