"""Which line of the new text is which line of the old: the same ones, and those much like each other."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from generation.differences.lines import FlatLine
from templates.compare.pairing import Pair, pair_alike

T = TypeVar("T")


def pair_lines(old: Sequence[FlatLine], new: Sequence[FlatLine]) -> Iterator[Pair[FlatLine]]:
    """The lines of both in order, beside each other where they are the same or much alike."""
    return _pair(old, new, [(line.is_row, line.cells) for line in (*old, *new)], _words_of_line)


def pair_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair[str]]:
    """The sentences of both in order, likewise."""
    return _pair(old, new, [sentence.strip() for sentence in (*old, *new)], _words_of_sentence)


def _pair(
    old: Sequence[T], new: Sequence[T], keys: Sequence[object], words: Callable[[T], Counter[str]]
) -> Iterator[Pair[T]]:
    """Those with the same key as pairs, and between them those with many words in common."""
    # difflib leaves out what stands everywhere in a long list: that keeps it quick.
    matcher = SequenceMatcher(None, keys[: len(old)], keys[len(old) :])
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        if what == "equal":
            yield from zip(old[i:i_end], new[j:j_end], strict=True)
        else:
            yield from pair_alike(old[i:i_end], new[j:j_end], words)


def _words_of_sentence(sentence: str) -> Counter[str]:
    return Counter(sentence.split())


def _words_of_line(line: FlatLine) -> Counter[str]:
    # A row is no paragraph, whatever it says.
    sign = "row " if line.is_row else ""
    return Counter(sign + word for cell in line.cells for word in re.findall(r"\w+", cell or ""))
