"""Embedding everything in the background, and teaching signals anew after the embedder has changed."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from signals.backfilling.passes import LEASE, end, give_connection_back, move_on, take
from signals.backfilling.retraining import retrain_signals
from signals.handed import CannotEmbed
from signals.models import Embedding, EmbeddingPass, Sample, Signal
from signals.teaching.background import ordinary_hashes
from signals.vectors import embed_missing, embedder_name

log = logging.getLogger(__name__)
State = EmbeddingPass.State
_AT_ONCE = 500
# A server of one's own may take long over a batch.
_LEASE = max(LEASE, timedelta(minutes=5))
# An embedder that does not answer is asked again after this.
_PAUSE = timedelta(minutes=1)
# Fewer new samples than this are embedded when somebody asks for them.
_FEW = 500


def start_due_embedding() -> None:
    """Begin when the embedder has changed, or enough samples have come that nobody embedded."""
    name, newest = embedder_name(), Sample.objects.aggregate(newest=Max("pk"))["newest"] or 0
    end(EmbeddingPass.objects.exclude(embedder=name), State.SUPERSEDED)
    last = EmbeddingPass.objects.filter(embedder=name).first()
    # One that was given up would end the next process just so.
    is_over = last and last.state in (State.DONE, State.FAILED)
    if last and (last.is_running or (is_over and newest - last.top < _FEW)):
        return
    floor = last.top if last and last.state == State.DONE else 0
    total = Sample.objects.filter(pk__gt=floor, pk__lte=newest).count()
    if not total and last:
        return
    try:
        with transaction.atomic():
            EmbeddingPass.objects.create(
                embedder=name, cursor=newest + 1, floor=floor, top=newest, total=total
            )
    except IntegrityError:
        log.info("another process began to embed")


def current_pass() -> EmbeddingPass | None:
    """The last pass of the embedder in use."""
    return EmbeddingPass.objects.filter(embedder=embedder_name()).first()


def run_waiting_embedding() -> None:
    """Take up the pass of the embedder in use, if nobody holds it; then teach what learnt from another."""
    for one in take(_passes(), _LEASE):
        _embed_on(one)
    last = current_pass()
    if last and last.state == State.DONE:
        retrain_signals()


def _embed_on(one: EmbeddingPass) -> None:
    cursor = one.cursor
    while True:
        rows = Sample.objects.filter(pk__lt=cursor, pk__gt=one.floor).order_by("-pk")[:_AT_ONCE]
        found = list(rows.values_list("pk", "sha256", "said"))
        if not found:
            move_on(_passes(), one, _LEASE, state=State.DONE, finished=timezone.now(), done=one.total)
            return
        give_connection_back()
        try:
            embed_missing({sha256: said for _, sha256, said in found})
        except CannotEmbed as error:
            _pause(one, str(error))
            return
        cursor = found[-1][0]
        if not move_on(_passes(), one, _LEASE, cursor=cursor, done=F("done") + len(found)):
            return


def _pause(one: EmbeddingPass, error: str) -> None:
    """Leave it to whoever comes after a while; the page says why."""
    ours = _passes().filter(pk=one.pk, token=one.token, state=State.RUNNING)
    ours.update(error=error[:500], lease_until=Now() + _PAUSE, attempts=0, token=None)


def _passes() -> QuerySet[EmbeddingPass]:
    return EmbeddingPass.objects.filter(embedder=embedder_name())


def forget_vectors() -> int:
    """Remove the vectors of words that no sample says any more and that do not ship, and of embedders nothing
    uses; how many.

    One that a signal learnt from is in use: a process that was not told of it must not remove its vectors.
    """
    used = {embedder_name()}
    for signal in Signal.objects.exclude(learned=None):
        learned = signal.learned or {}
        used.add(f"{learned.get('embedder')}+{learned.get('features')}")
    count, _ = Embedding.objects.exclude(embedder__in=used).delete()
    said = Sample.objects.order_by().values("sha256")
    unsaid = Embedding.objects.exclude(sha256__in=said).exclude(sha256__in=ordinary_hashes())
    return count + unsaid.delete()[0]
