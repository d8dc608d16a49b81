"""Which of the old things is which of the new: the same ones, much alike ones, and which of them moved."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
Pair = tuple[T | None, T | None]
# Two sentences on the same matter share about a quarter of their words by chance.
_ALIKE = 0.4
# So many likenesses are weighed at once; a longer stretch is halved, or time would grow with its square.
_MOST = 10_000


def find_partners(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    words: Callable[[T], Counter[str]],
    sort: Callable[[T], Hashable],
) -> dict[int, int]:
    """For the places of the old things the places of what they became.

    Those with the same key, those of one sort with many words in common, and those of one sort that stand
    between the same neighbours. What `sort` calls None has partners by its key only.
    """
    partners = _find_same([key(one) for one in old], [key(one) for one in new])
    for one_sort in {sort(one) for one in old} - {None}:
        taken = set(partners.values())
        left = [i for i, one in enumerate(old) if i not in partners and sort(one) == one_sort]
        free = [j for j, one in enumerate(new) if j not in taken and sort(one) == one_sort]
        pairs = pair_alike([(i, old[i]) for i in left], [(j, new[j]) for j in free], lambda at: words(at[1]))
        partners |= {was[0]: now[0] for was, now in pairs if was and now}
    _add_neighbours(partners, [sort(one) for one in old], [sort(one) for one in new])
    return partners


def find_moved(partners: dict[int, int]) -> set[int]:
    """The old places of as few things as can have moved, where all others kept their order."""
    order = sorted(partners)
    # For each length the run that ends lowest; each run as its last place and the run before it.
    ends: list[int] = []
    runs: list[int] = []
    before: dict[int, int | None] = {}
    for place in order:
        length = bisect_left(ends, partners[place])
        before[place] = runs[length - 1] if length else None
        ends[length : length + 1] = [partners[place]]
        runs[length : length + 1] = [place]
    stayed: set[int] = set()
    last = runs[-1] if runs else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return set(order) - stayed


def pair_alike(old: Sequence[T], new: Sequence[T], words: Callable[[T], Counter[str]]) -> Iterator[Pair[T]]:
    """In order; those that are alike as pairs, so that the pairs together are as much alike as can be."""
    if len(old) * len(new) > _MOST:
        i, j = len(old) // 2, len(new) // 2
        yield from pair_alike(old[:i], new[:j], words)
        yield from pair_alike(old[i:], new[j:], words)
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


def _find_same(old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """Those with the same key: as they follow each other first, then wherever they stand."""
    partners: dict[int, int] = {}
    for start, begin, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        partners |= zip(range(start, start + size), range(begin, begin + size), strict=True)
    free: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(partners.values())
    for place, key in enumerate(new):
        if place not in taken:
            free[key].append(place)
    for place, key in enumerate(old):
        if place not in partners and free[key]:
            partners[place] = free[key].pop(0)
    return partners


def _add_neighbours(partners: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    """Those of one sort whose neighbours on both sides are each other's partners, or the ends."""
    ends = partners | {-1: -1, len(old): len(new)}
    taken = set(partners.values())
    for i, sort in enumerate(old):
        j = ends.get(i - 1, -2) + 1
        if i in partners or sort is None or j in taken or not 0 <= j < len(new) or new[j] != sort:
            continue
        if ends.get(i + 1) == j + 1:
            partners[i] = j


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
