"""What texts are like that nobody labelled: a sample of all vectors, kept between two clicks."""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from time import monotonic

import numpy as np
from django.db.models import QuerySet

from signals.learning.features import Vectors
from signals.learning.survey import SAMPLE, Survey, survey
from signals.models import Embedding, Sample, hash_said
from signals.teaching.typed import TYPED
from signals.vectors import embedder_name, known_vectors, vectors_of

# Among so many a few examples do not matter; among fewer they are left out.
_MANY = 1000
_ORDINARY = Path(__file__).with_name("ordinary.txt")
_SECONDS = 60.0


@dataclass(frozen=True, eq=False)
class _Background:
    name: str
    # How many vectors there were of any text.
    count: int
    at: float
    hashes: tuple[str, ...]
    vectors: Vectors

    @cached_property
    def whole(self) -> Survey:
        """All of it: the same for every signal."""
        return _with_ordinary(self.vectors)


_lock = threading.Lock()
_kept: list[_Background] = []


def background(examples: Collection[str]) -> Survey:
    """The survey of up to `SAMPLE` texts without the examples of these hashes, with ordinary ones among them.

    The first by their hashes are taken, which are as good as dice, so that all processes take the same; what
    was typed for a signal is like no other text. It is numbers only: nobody is shown what they are made of.
    """
    found = _find()
    if len(found.hashes) >= _MANY:
        return found.whole
    others = [row for row, one in enumerate(found.hashes) if one not in examples]
    return _with_ordinary(found.vectors[others])


def _with_ordinary(vectors: Vectors) -> Survey:
    """Texts of one kind alone would make all others look strange, and what is strange might be flagged."""
    ordinary = _ordinary(embedder_name())
    return survey(np.vstack([vectors, ordinary]) if len(vectors) else ordinary)


@cache
def ordinary_hashes() -> list[str]:
    """What the ordinary lines are kept by."""
    return [hash_said(line) for line in _ordinary_lines()]


def _ordinary_lines() -> list[str]:
    return _ORDINARY.read_text(encoding="utf-8").splitlines()


@lru_cache(maxsize=2)
def _ordinary(embedder: str) -> Vectors:
    """What stands in letters, reports, minutes, tables, web pages and other languages; kept as any vectors
    are, so that a signal is learnt while the embedder is away.
    """
    return vectors_of(_ordinary_lines())


def count_surveyed() -> int:
    """How many texts a survey rests on now, examples among them."""
    return len(_find().hashes)


def count_texts() -> int:
    """How many could be surveyed, up to `SAMPLE`: those that have vectors, which `count_surveyed` may know
    only a minute later.
    """
    return Embedding.objects.filter(embedder=embedder_name(), sha256__in=_hashes()).count()


def _hashes() -> QuerySet[Sample, str]:
    looked_at = Sample.objects.exclude(text__scope__startswith=TYPED).order_by("sha256")
    return looked_at.values_list("sha256", flat=True).distinct()[:SAMPLE]


def _find() -> _Background:
    name = embedder_name()
    count = Embedding.objects.filter(embedder=name).count()
    with _lock:
        kept = _kept[0] if _kept else None
    is_fresh = kept is not None and kept.name == name and monotonic() - kept.at < _SECONDS
    # A few texts more matter only to a small sample.
    if kept and is_fresh and (len(kept.hashes) >= _MANY or kept.count == count):
        return kept
    wanted = list(_hashes())
    rows, vectors = known_vectors(wanted)
    found = _Background(name, count, monotonic(), tuple(wanted[row] for row in rows), vectors)
    with _lock:
        _kept[:] = [found]
    return found
