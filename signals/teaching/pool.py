"""The samples that somebody may read, with their vectors, kept in this process between two clicks."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from django.db.models import Count, Max, Q, Sum

from signals.learning.features import Vectors
from signals.models import Sample, Text
from signals.models.texts import TextQuerySet
from signals.pieces import WHOLE
from signals.vectors import embedder_name, known_vectors, vectors_of

# Beyond this the ones whose hashes come first are taken: as good as picked by chance.
MOST = 20_000
# So many people's pools stay in memory; one of 20,000 texts takes about 60 MB.
_PEOPLE = 3
_AT_ONCE = 200
_TYPED = "signal:"
# A whole that has pieces is learnt worse than they are, and read with them all the same. It comes last among
# the samples of a text; where it is the first it is the only one.
_WHOLE_OF_MANY = Q(address=WHOLE, number__gt=1)


@dataclass(frozen=True, eq=False)
class Pool:
    """Different pieces, each once; `waiting` have no vector yet, and `left_out` are beyond `MOST`."""

    hashes: tuple[str, ...]
    vectors: Vectors
    waiting: int = 0
    left_out: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    def rows_of(self, hashes: Iterable[str]) -> set[int]:
        """Where these texts stand, those that are in it."""
        return {self.rows[one] for one in hashes if one in self.rows}


@dataclass(frozen=True)
class _Kept:
    stamp: tuple[object, ...]
    pool: Pool


_lock = threading.Lock()
_pools: OrderedDict[tuple[int, str], _Kept] = OrderedDict()


def pool_of(person: int, readable: Q, seconds: float) -> Pool:
    """The pool of a person, for whom `readable` is a condition on the scopes of texts. Raises `CannotEmbed`.

    At most about so many seconds go into embedding; what is left over then is `waiting`.
    """
    key = (person, embedder_name())
    # What was typed for a signal is labelled for it, and strange to every other.
    texts = Text.objects.within(readable).exclude(scope__startswith=_TYPED)
    stamp = _stamp(texts)
    with _lock:
        kept = _pools.get(key)
    if kept and kept.stamp == stamp and not kept.pool.waiting:
        return kept.pool
    pool = _fill(texts, kept.pool if kept else None, seconds)
    with _lock:
        _pools[key] = _Kept(stamp, pool)
        _pools.move_to_end(key)
        while len(_pools) > _PEOPLE:
            _pools.popitem(last=False)
    return pool


def forget_pools() -> None:
    """Give their memory back; the next look reads them again."""
    with _lock:
        _pools.clear()


def samples_of(readable: Q, hashes: Collection[str]) -> dict[str, Sample]:
    """For each text one of the samples that the person may read, the newest: asked of the database anew."""
    found = Sample.objects.filter(text__in=Text.objects.within(readable), sha256__in=hashes)
    return {sample.sha256: sample for sample in found.select_related("text").order_by("text__at", "pk")}


def _stamp(texts: TextQuerySet) -> tuple[object, ...]:
    """Changes when texts come or go. Nothing is shown by it: what is shown is asked for anew."""
    seen = texts.order_by().aggregate(count=Count("pk"), newest=Max("pk"), total=Sum("pk"))
    return tuple(seen.values())


def _fill(texts: TextQuerySet, old: Pool | None, seconds: float) -> Pool:
    samples = Sample.objects.filter(text__in=texts.order_by().values("pk")).exclude(_WHOLE_OF_MANY).order_by()
    wanted = list(samples.values_list("sha256", flat=True).distinct().order_by("sha256")[: MOST + 1])
    left_out = 0
    if len(wanted) > MOST:
        wanted.pop()
        left_out = samples.aggregate(count=Count("sha256", distinct=True))["count"] - MOST
    vectors = {one: old.vectors[old.rows[one]] for one in wanted if one in old.rows} if old else {}
    new = [one for one in wanted if one not in vectors]
    found, known = known_vectors(new)
    vectors |= {new[number]: row for number, row in zip(found, known, strict=True)}
    _embed([one for one in wanted if one not in vectors], vectors, seconds)
    hashes = tuple(one for one in wanted if one in vectors)
    stacked = np.stack([vectors[one] for one in hashes]) if hashes else np.zeros((0, 0), np.float32)
    rows = {one: row for row, one in enumerate(hashes)}
    return Pool(hashes, stacked, len(wanted) - len(hashes), left_out, rows)


def _embed(missing: Sequence[str], vectors: dict[str, Vectors], seconds: float) -> None:
    until = monotonic() + seconds
    for start in range(0, len(missing), _AT_ONCE):
        if start and monotonic() > until:
            return
        some = Sample.objects.filter(sha256__in=missing[start : start + _AT_ONCE]).order_by()
        said = dict(some.values_list("sha256", "said"))
        vectors |= dict(zip(said, vectors_of(list(said.values())), strict=True))
