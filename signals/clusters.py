"""What does not look like the rest: pieces far from most others of their block, in groups of their own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from signals.learning.features import GRAMS, SURFACE, Vectors

# Fewer pieces have no “rest” that one could differ from.
FEWEST = 40
# A piece is unusual when it is far from so large a share of the others: a failure that is rarer stands out.
_NEIGHBOURS = 0.05
# How far beyond the usual spread, in median absolute deviations; of normal scores one in 700 lies there.
_FAR = 3.0
# Of many the farthest are grouped, so that the page has an end.
_MOST_UNUSUAL = 300
# Cosine distance up to which unusual pieces belong together.
_TOGETHER = 0.55
_WORDS = 4
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Group:
    """Rows that do not look like the rest but like each other, the most typical first; its telling words."""

    rows: tuple[int, ...]
    words: tuple[str, ...]


def find_groups(said: Sequence[str], vectors: Vectors) -> list[Group]:
    """Groups among `said` with their `vectors` (n, width), the largest first; [] with too few to tell.

    Unusual is a piece whose distance to its k-th nearest neighbour is far beyond the median's (Ramaswamy,
    Rastogi and Shim, “Efficient Algorithms for Mining Outliers from Large Data Sets”, SIGMOD 2000), k being a
    share of all: a failure that happens often enough to be a group is still far from k others.
    """
    if len(said) < FEWEST:
        return []
    # The meaning alone: by their letters, names and figures would stand out.
    meaning = _normalise(vectors[:, : -(GRAMS + SURFACE)])
    unusual = _unusual(meaning)
    if not len(unusual):
        return []
    labels = _group(meaning[unusual])
    rest = Counter(word for row in range(len(said)) if row not in set(unusual) for word in _words(said[row]))
    groups = []
    for label in range(labels.max() + 1):
        rows = unusual[labels == label]
        middle = meaning[rows].mean(axis=0)
        rows = rows[np.argsort(-(meaning[rows] @ middle), kind="stable")]
        groups.append(
            Group(tuple(int(row) for row in rows), _name([said[row] for row in rows], rest, len(said)))
        )
    return sorted(groups, key=lambda group: -len(group.rows))


def _normalise(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)


def _unusual(meaning: Vectors) -> NDArray[np.intp]:
    """The rows far from the others, the farthest first."""
    count = len(meaning)
    nearest = max(5, round(_NEIGHBOURS * count))
    distances = np.empty(count, np.float32)
    for start in range(0, count, 1000):
        near = meaning[start : start + 1000] @ meaning.T
        # Itself is the nearest of all.
        kth = np.partition(near, count - 1 - nearest, axis=1)[:, count - 1 - nearest]
        distances[start : start + 1000] = 1 - kth
    middle = np.median(distances)
    spread = 1.4826 * np.median(np.abs(distances - middle))
    far = np.flatnonzero(distances > middle + _FAR * max(float(spread), 1e-3))
    return far[np.argsort(-distances[far], kind="stable")][:_MOST_UNUSUAL]


def _group(meaning: Vectors) -> NDArray[np.intp]:
    if len(meaning) == 1:
        return np.zeros(1, np.intp)
    # Here, for it takes a second to import and most processes never group.
    from sklearn.cluster import AgglomerativeClustering

    grouping = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=_TOGETHER
    )
    # A row of zeros has no direction: nothing is nearer to it than to any other.
    found: NDArray[np.intp] = grouping.fit_predict(meaning + 1e-6)
    return found


def _name(said: Sequence[str], rest: Counter[str], count: int) -> tuple[str, ...]:
    """The words most telling for these against the rest: by how many of them, and how much more often."""
    own = Counter(word for one in said for word in _words(one))
    worth = {
        word: times / len(said) * log((times / len(said)) / ((rest[word] + 0.5) / count))
        for word, times in own.items()
        if times > 1 or len(said) == 1
    }
    best = sorted((word for word in worth if worth[word] > 0), key=lambda word: (-worth[word], word))
    return tuple(best[:_WORDS])


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
