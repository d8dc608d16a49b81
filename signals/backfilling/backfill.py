"""A backfill: every kept text read again by signals, in batches that a kill -9 does not lose."""

import logging
from bisect import bisect_right
from datetime import timedelta
from itertools import accumulate

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from signals.backfilling.passes import LEASE, end, give_connection_back, move_on, take
from signals.kinds import KINDS
from signals.models import Backfill, Reading, Sample, Signal, Text
from signals.reading import make_readings
from signals.writing import write_readings

log = logging.getLogger(__name__)
State = Backfill.State
# A signal is taught by many clicks: it is read by when nobody has clicked for so long.
REST = timedelta(seconds=10)
_AT_ONCE = 500
# Their vectors are in memory together, 3 kB each.
_PIECES_AT_ONCE = 20_000
# Of what costs a call each, few at once, with time for the slowest answers.
_SLOW_AT_ONCE, _SLOW_LEASE = 4, timedelta(minutes=15)
# A person who asks for more than this is asked to think again.
MOST_SLOW = 1_000


class CannotBackfill(ValueError):
    """It cannot begin; the message says why and what to do."""


def start_due() -> None:
    """Begin for every signal that differs from its last backfill and has rested; never for one that costs."""
    rested = Signal.objects.at_work().filter(changed__lt=timezone.now() - REST)
    quick = [signal for signal in rested if not KINDS[signal.kind].is_slow]
    last = latest_backfills()
    for signal in quick:
        if signal.pk not in last or not is_current(last[signal.pk], signal):
            _begin(signal, by=None, most=None)


def start_backfill(signal: Signal, by: User | None, most: int | None = None) -> None:
    """Read everything again on request; only the newest `most` texts by a signal that costs a call each.

    Raises `CannotBackfill`.
    """
    if not signal.made_by or signal.archived:
        raise CannotBackfill("This signal is not ready to read. Teach it or finish its settings first.")
    is_slow = KINDS[signal.kind].is_slow
    if is_slow and not (most and 1 <= most <= MOST_SLOW):
        raise CannotBackfill(f"Each text costs a call of the model: choose 1 to {MOST_SLOW} texts.")
    _begin(signal, by=by, most=most if is_slow else None)


def cancel_backfill(signal: Signal) -> bool:
    """Stop reading; what is read already stays. Whether anything was under way."""
    return bool(end(signal.backfills.all(), State.CANCELLED))


def latest_backfills() -> dict[int, Backfill]:
    """The last backfill of each signal, by the signal's key."""
    last = Backfill.objects.order_by().values("signal").annotate(last=Max("pk")).values("last")
    return {one.signal_id: one for one in Backfill.objects.filter(pk__in=last)}


def is_current(backfill: Backfill, signal: Signal) -> bool:
    """Whether it reads, or read, by the signal as it is now."""
    same = (backfill.made_by, backfill.threshold) == (signal.made_by, signal.threshold)
    return same and backfill.state != State.SUPERSEDED


def _begin(signal: Signal, *, by: User | None, most: int | None) -> None:
    end(signal.backfills.all(), State.SUPERSEDED)
    texts = _texts(most)
    newest, count = texts.aggregate(newest=Max("pk"))["newest"] or 0, texts.count()
    try:
        with transaction.atomic():
            Backfill.objects.create(
                signal=signal,
                made_by=signal.made_by,
                threshold=signal.threshold,
                by=by,
                most=most,
                cursor=newest + 1,
                total=count if most is None else min(count, most),
            )
    except IntegrityError:
        log.info("%s: another process began its backfill", signal)


def _texts(most: int | None) -> QuerySet[Text]:
    """What is read: everything, but by what costs calls only what was written for cases."""
    return Text.objects.all() if most is None else Text.objects.tagged(purpose="case")


def run_waiting() -> None:
    """Take up every backfill that nobody holds, those that stand at the same text together."""
    while group := _take_group():
        _read_on(group)


def _take_group() -> list[Backfill]:
    """The next backfill, with all others that read the same texts from here on: those are loaded once."""
    for one in Backfill.objects.filter(state=State.RUNNING).order_by("pk"):
        same = Backfill.objects.filter(cursor=one.cursor, most=None)
        rows = same if one.most is None else Backfill.objects.filter(pk=one.pk)
        if taken := take(rows.select_related("signal"), _lease(one)):
            return taken
    return []


def _lease(one: Backfill) -> timedelta:
    return LEASE if one.most is None else _SLOW_LEASE


def _read_on(group: list[Backfill]) -> None:
    """Read batch by batch, until nothing is left or nobody wants it any more."""
    cursor, most = group[0].cursor, group[0].most
    left = None if most is None else group[0].total - group[0].done
    while group:
        size = _AT_ONCE if left is None else min(_SLOW_AT_ONCE, left)
        texts = _cut(list(_texts(most).filter(pk__lt=cursor).order_by("-pk")[:size]))
        if not texts:
            _finish(group)
            return
        if most is not None:
            give_connection_back()
        readings = make_readings([one.signal for one in group], texts)
        cursor, left = texts[-1].pk, None if left is None else left - len(texts)
        group = [
            one
            for number, one in enumerate(group)
            if _keep(one, cursor, readings[number * len(texts) : (number + 1) * len(texts)])
        ]


def _cut(texts: list[Text]) -> list[Text]:
    """As many of the first as have so many pieces between them, at least one: a document has thousands."""
    counted = Sample.objects.filter(text__in=texts).order_by().values_list("text")
    pieces = dict(counted.annotate(count=Count("pk")))
    sums = list(accumulate(pieces.get(text.pk, 0) for text in texts))
    return texts[: max(1, bisect_right(sums, _PIECES_AT_ONCE))]


def _finish(group: list[Backfill]) -> None:
    for one in group:
        # Of what was counted at the start, some may have been removed.
        move_on(Backfill.objects.all(), one, state=State.DONE, finished=timezone.now(), done=one.total)


@transaction.atomic
def _keep(one: Backfill, cursor: int, readings: list[Reading]) -> bool:
    """Write what was read and how far that is, both or neither; False when it is no longer wanted."""
    unchanged = Backfill.objects.filter(
        signal__made_by=one.made_by, signal__threshold=one.threshold, signal__archived=None
    )
    found = {
        "cursor": cursor,
        "done": F("done") + len(readings),
        "flagged": F("flagged") + sum(reading.flagged for reading in readings),
        "failed": F("failed") + sum(reading.score is None for reading in readings),
    }
    if move_on(unchanged, one, _lease(one), **found):
        # A text may have been removed while it was read, and its readings with it.
        kept = set(_existing(readings))
        write_readings([reading for reading in readings if reading.text_id in kept])
        return True
    end(Backfill.objects.filter(pk=one.pk, token=one.token), State.SUPERSEDED)
    return False


def _existing(readings: list[Reading]) -> QuerySet[Text, int]:
    texts = Text.objects.filter(pk__in=[reading.text_id for reading in readings])
    return texts.order_by().values_list("pk", flat=True)
