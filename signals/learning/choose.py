"""What to label next: the sample that helps most, likely ones for a phrase, doubtful twins of a yes."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from signals.learning.features import GRAMS, SAME_LETTERS, SURFACE, Vectors, count_words
from signals.learning.learned import Learned

# From so many of the most promising (of a small pool one in forty, but ten), the one least like all that is
# labelled is asked about.
_SHORTLIST, _ONE_IN, _FEWEST = 100, 40, 10
# How much being unlike them counts, beside its rank in the shortlist (measured: docs/signals.md).
_UNLIKENESS = 2.0
# So many of a large pool are looked at for each proposal: enough, and within a few milliseconds.
_LOOKED_AT = 20_000
_MIDDLE_OF = 4_000


def next_to_label(
    learned: Learned | None,
    pool: Vectors,
    yes: Vectors,
    no: Vectors,
    count: int = 1,
    skip: Collection[int] = (),
) -> list[int]:
    """Rows of `pool` (n, width) to ask about next, best first; `skip`: labelled or passed over already.

    While there are no more yeses than noes, likely yeses are asked about, else those nearest the threshold;
    of either, what is least like anything labelled. Of a larger pool 20,000 random ones are looked at.
    """
    rows, looked_at, passed = _look_at(pool, skip)
    left = len(rows) - len(passed)
    if left < 1 or count < 1:
        return []
    promise = _promise(learned, looked_at, yes, no)
    promise[passed] = -np.inf
    length = max(min(_SHORTLIST, left // _ONE_IN), _FEWEST, 2 * count)
    shortlist = np.argsort(-promise, kind="stable")[: min(length, left)]
    # Seen from the pool's middle: what all its texts share makes none of them alike.
    middle = looked_at[:: len(rows) // _MIDDLE_OF + 1].mean(axis=0)
    known, candidates = _directions(np.vstack([yes, no]) - middle), _directions(looked_at[shortlist] - middle)
    unlike = 1 - (candidates @ known.T).max(axis=1) if len(known) else np.ones(len(shortlist), np.float32)
    rank = 1 - np.arange(len(shortlist)) / len(shortlist)
    chosen: list[int] = []
    for _ in range(min(count, len(shortlist))):
        worth = rank + _UNLIKENESS * unlike / max(float(unlike.max()), 1e-6)
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
        unlike = np.minimum(unlike, 1 - candidates @ candidates[chosen[-1]])
    return [int(rows[shortlist[place]]) for place in chosen]


def likely_for_phrase(
    phrase: Vectors, pool: Vectors, count: int = 10, skip: Collection[int] = ()
) -> list[int]:
    """Rows of `pool` (n, width) most like the phrase's own joined vector (width,), best first."""
    return _best(pool[:, :-SURFACE] @ phrase[:-SURFACE], count, skip)


def likely_no(
    learned: Learned, yes: Vectors, pool: Vectors, count: int = 5, skip: Collection[int] = ()
) -> list[int]:
    """Rows of `pool` nearly like a yes that probably lack what makes it one: to be suggested as no.

    Nearly like: in their meaning, not letter for letter the same; lacking: below the signal's threshold.
    """
    rows, looked_at, passed = _look_at(pool, skip)
    if not len(yes) or not len(rows):
        return []
    meaning, letters = slice(None, -GRAMS - SURFACE), slice(-GRAMS - SURFACE, -SURFACE)
    closeness = (looked_at[:, meaning] @ yes[:, meaning].T).max(axis=1)
    alike = (looked_at[:, letters] @ yes[:, letters].T).max(axis=1)
    same = (1 - alike) * count_words(looked_at) < SAME_LETTERS
    scores = learned.score(looked_at)
    closeness = np.where(same | (scores >= learned.threshold), -np.inf, closeness * (1 - scores))
    return [int(rows[place]) for place in _best(closeness, count, passed)]


def _look_at(pool: Vectors, skip: Collection[int]) -> tuple[NDArray[np.intp], Vectors, list[int]]:
    """The rows of the pool that are looked at, their vectors, and which places among them do not count.

    A pool that is not too large is not copied: that takes longer than all that is made of it.
    """
    passed = sorted(set(skip))
    if len(pool) - len(passed) <= _LOOKED_AT:
        return np.arange(len(pool)), pool, passed
    # Another sample each time something is labelled: what is passed over now comes up later.
    chance = np.random.default_rng(len(skip))
    kept = np.delete(np.arange(len(pool)), passed)
    rows = np.sort(chance.choice(kept, _LOOKED_AT, replace=False))
    return rows, pool[rows], []


def _promise(learned: Learned | None, pool: Vectors, yes: Vectors, no: Vectors) -> NDArray[np.float32]:
    if learned is None:
        # Nothing is learnt yet: like what there is of yes, or at random.
        near: NDArray[np.float32] = pool @ yes.mean(axis=0) if len(yes) else np.zeros(len(pool), np.float32)
        return near
    if len(yes) <= len(no):
        return learned.margins(pool)
    nearest: NDArray[np.float32] = -np.abs(learned.score(pool) - np.float32(learned.threshold))
    return nearest


def _directions(joined: Vectors) -> Vectors:
    meanings = joined[:, :-SURFACE]
    directions: Vectors = meanings / np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-6)
    return directions


def _best(values: NDArray[np.float32], count: int, skip: Collection[int]) -> list[int]:
    values = values.copy()
    values[list(skip)] = -np.inf
    count = min(count, int(np.isfinite(values).sum()))
    if count < 1:
        return []
    top = np.argpartition(-values, count - 1)[:count]
    return [int(row) for row in top[np.argsort(-values[top], kind="stable")]]
