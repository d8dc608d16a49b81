"""Checking alerts: each is raised once when its bound is passed, and cleared once when that is over."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from signals.counting import tag_sets_of_cases
from signals.models import Alert, Raising, Reading

log = logging.getLogger(__name__)
# Not by every worker at every sweep.
_EVERY = timedelta(seconds=20)
_MOST_EXAMPLES = 20


@dataclass(frozen=True)
class Seen:
    """How many texts of the window were read, and how many of them flagged."""

    read: int
    flagged: int

    @property
    def rate(self) -> float:
        """The share that was flagged, 0 to 1."""
        return self.flagged / self.read if self.read else 0.0


def check_alerts() -> None:
    """Raise and clear what is to be; by one process, however many ask."""
    now = timezone.now()
    is_due = Q(checked=None) | Q(checked__lt=now - _EVERY)
    at_work = Alert.objects.filter(is_due, paused=False, signal__archived=None)
    for alert in at_work.select_related("signal").defer("signal__learned"):
        if Alert.objects.filter(is_due, pk=alert.pk).update(checked=now):
            check_alert(alert, now)


def check_alert(alert: Alert, now: datetime) -> None:
    """Raise it, clear it, or leave it as it is."""
    seen = look(alert, now)
    if seen.read >= alert.least and seen.rate > alert.bound:
        _raise(alert, seen, now)
    elif seen.read >= alert.least or not seen.flagged:
        # Few texts say nothing; but when none is flagged any more, that says enough.
        open_ones = alert.raisings.filter(cleared=None)
        open_ones.update(
            cleared=now, cleared_read=seen.read, cleared_flagged=seen.flagged, next_try=None, tries=0
        )


def look(alert: Alert, now: datetime) -> Seen:
    """The counts of its window, of readings by the signal as it is now."""
    found = _window(alert, now).aggregate(read=Count("pk"), flagged=Count("pk", filter=Q(flagged=True)))
    return Seen(found["read"], found["flagged"])


def _window(alert: Alert, now: datetime) -> QuerySet[Reading]:
    since = now - alert.window
    return Reading.objects.filter(
        signal=alert.signal,
        made_by=alert.signal.made_by,
        score__isnull=False,
        # By the index; the text's own time is exact.
        day__gte=timezone.localdate(since),
        text__at__gte=since,
        tags__in=tag_sets_of_cases(alert.tags),
    )


def _raise(alert: Alert, seen: Seen, now: datetime) -> None:
    if alert.raisings.filter(cleared=None).exists():
        return
    flagged = _window(alert, now).filter(flagged=True).order_by("-text__at")
    examples = list(flagged.values_list("text", flat=True)[:_MOST_EXAMPLES])
    try:
        with transaction.atomic():
            Raising.objects.create(alert=alert, read=seen.read, flagged=seen.flagged, examples=examples)
    except IntegrityError:
        log.info("%s: another process raised it", alert)
