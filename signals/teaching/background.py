"""What texts are like that nobody labelled: a sample of all vectors, kept between two clicks."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

import numpy as np

from signals.learning.features import Vectors
from signals.learning.survey import SAMPLE, Survey, survey
from signals.models import Embedding
from signals.vectors import embedder_name

# Among so many a few examples do not matter; among fewer they are left out.
_MANY = 1000
# So few say nothing of what texts are like.
_FEWEST = 20
_SECONDS = 60.0


@dataclass(frozen=True, eq=False)
class _Background:
    name: str
    of_all: int
    at: float
    hashes: tuple[str, ...]
    vectors: Vectors

    @cached_property
    def whole(self) -> Survey:
        """All of it: the same for every signal."""
        return survey(self.vectors)


_lock = threading.Lock()
_kept: list[_Background] = []


def background(examples: Collection[str]) -> Survey | None:
    """The survey of up to `SAMPLE` texts without the examples of these hashes; None of too few.

    The first by their hashes are taken, which are as good as dice, so that all processes take the same. It is
    numbers only: nobody is shown what they are made of.
    """
    found = _find()
    if len(found.hashes) >= _MANY:
        return found.whole
    others = [row for row, one in enumerate(found.hashes) if one not in examples]
    return survey(found.vectors[others]) if len(others) >= _FEWEST else None


def _find() -> _Background:
    name = embedder_name()
    rows = Embedding.objects.filter(embedder=name)
    of_all = min(rows.count(), SAMPLE)
    with _lock:
        kept = _kept[0] if _kept else None
    if kept and (kept.name, kept.of_all) == (name, of_all) and monotonic() - kept.at < _SECONDS:
        return kept
    pairs = list(rows.order_by("sha256").values_list("sha256", "vector")[:SAMPLE])
    vectors = [np.frombuffer(vector, dtype=np.float16) for _, vector in pairs]
    stacked = np.stack(vectors).astype(np.float32) if vectors else np.zeros((0, 0), np.float32)
    found = _Background(name, of_all, monotonic(), tuple(sha for sha, _ in pairs), stacked)
    with _lock:
        _kept[:] = [found]
    return found
