"""What to label next: the sample that helps most, likely ones for a phrase, doubtful twins of a yes."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from signals.learning.features import Vectors
from signals.learning.learn import Learned


def next_to_label(
    learned: Learned | None,
    pool: Vectors,
    yes: Vectors,
    no: Vectors,
    count: int = 1,
    skip: Collection[int] = (),
) -> list[int]:
    """Rows of `pool` (n, width) to ask about next, best first; `skip`: labelled or passed over already."""
    scores = np.zeros(len(pool)) if learned is None else -np.abs(learned.score(pool) - 0.5)
    return _best(scores, count, skip)


def likely_for_phrase(
    phrase: Vectors, pool: Vectors, count: int = 10, skip: Collection[int] = ()
) -> list[int]:
    """Rows of `pool` most like the phrase's own joined vector (width,), best first."""
    return _best(pool @ phrase, count, skip)


def likely_no(
    learned: Learned, yes: Vectors, pool: Vectors, count: int = 5, skip: Collection[int] = ()
) -> list[int]:
    """Rows of `pool` nearly like a yes that probably lack what makes it one: to be suggested as no."""
    closeness = (pool @ yes.T).max(axis=1)
    return _best(np.where(learned.score(pool) < learned.threshold, closeness, -np.inf), count, skip)


def _best(values: NDArray[np.floating], count: int, skip: Collection[int]) -> list[int]:
    values = values.copy()
    values[_rows(skip)] = -np.inf
    count = min(count, int(np.isfinite(values).sum()))
    if count <= 0:
        return []
    top = np.argpartition(-values, count - 1)[:count]
    return [int(i) for i in top[np.argsort(-values[top], kind="stable")]]


def _rows(skip: Collection[int]) -> Sequence[int]:
    return sorted(skip)
