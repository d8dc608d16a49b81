"""Which line of the new text is which line of the old: the same ones, and those much like each other."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from generation.differences.lines import FlatLine

T = TypeVar("T")
Pair = tuple[T | None, T | None]
# Two sentences on the same matter share about a quarter of their words by chance.
_ALIKE = 0.4
# So many likenesses are weighed at once; a longer stretch is halved, or time would grow with its square.
_MOST = 10_000


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
            yield from _pair_alike(old[i:i_end], new[j:j_end], words)


def _words_of_sentence(sentence: str) -> Counter[str]:
    return Counter(sentence.split())


def _words_of_line(line: FlatLine) -> Counter[str]:
    # A row is no paragraph, whatever it says.
    sign = "row " if line.is_row else ""
    return Counter(sign + word for cell in line.cells for word in re.findall(r"\w+", cell or ""))


def _pair_alike(old: Sequence[T], new: Sequence[T], words: Callable[[T], Counter[str]]) -> Iterator[Pair[T]]:
    """In order; those that are alike as pairs, so that the pairs together are as much alike as can be."""
    if len(old) * len(new) > _MOST:
        i, j = len(old) // 2, len(new) // 2
        yield from _pair_alike(old[:i], new[:j], words)
        yield from _pair_alike(old[i:], new[j:], words)
        return
    j = 0
    for i, partner in enumerate(_best_partners([words(one) for one in old], [words(one) for one in new])):
        if partner is None:
            yield old[i], None
            continue
        yield from ((None, one) for one in new[j:partner])
        yield old[i], new[partner]
        j = partner + 1
    yield from ((None, one) for one in new[j:])


def _best_partners(old: Sequence[Counter[str]], new: Sequence[Counter[str]]) -> list[int | None]:
    """For each of the old the new one that it became, in order: the sum of likenesses is the greatest."""
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness: dict[tuple[int, int], float] = {}
    for i in range(len(old) - 1, -1, -1):
        below, row = score[i + 1], score[i]
        for j in range(len(new) - 1, -1, -1):
            row[j] = max(row[j + 1], below[j])
            if (alike := _likeness(old[i], new[j])) >= _ALIKE:
                likeness[i, j] = alike
                row[j] = max(row[j], alike + below[j + 1])
    return _walk(score, likeness)


def _walk(score: Sequence[Sequence[float]], likeness: dict[tuple[int, int], float]) -> list[int | None]:
    """The pairs that make up the greatest sum."""
    partners: list[int | None] = []
    i = j = 0
    while i < len(score) - 1:
        if (i, j) in likeness and score[i][j] == likeness[i, j] + score[i + 1][j + 1]:
            partners.append(j)
            i, j = i + 1, j + 1
        elif j < len(score[i]) - 1 and score[i][j] == score[i][j + 1]:
            j += 1
        else:
            partners.append(None)
            i += 1
    return partners


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words they share of the words they have, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
