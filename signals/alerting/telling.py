"""Telling: what was raised or cleared is told once, and tried again where it could not be."""

import logging
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from signals.handed import CannotTell, hands
from signals.models import Raising

log = logging.getLogger(__name__)
# While one process sends, no other does; then it is tried again, twice as late each time.
_FIRST_WAIT = timedelta(minutes=2)
_MOST_TRIES = 8


def untold() -> QuerySet[Raising]:
    """What somebody is still to be told of, now."""
    is_untold = Q(told=None) | Q(cleared__isnull=False, told_cleared=None)
    is_due = Q(next_try=None) | Q(next_try__lt=timezone.now())
    return Raising.objects.filter(is_untold, is_due, tries__lt=_MOST_TRIES)


def tell_untold() -> None:
    """Tell of each, first that it was raised and then that it was cleared; safe to do from many processes."""
    for raising in untold().select_related("alert__signal").order_by("pk"):
        if hands.tell and _hold(raising):
            _tell(raising)


def _hold(raising: Raising) -> bool:
    later = timezone.now() + _FIRST_WAIT * 2 ** min(raising.tries, 6)
    mine = untold().filter(pk=raising.pk, tries=raising.tries)
    return bool(mine.update(tries=F("tries") + 1, next_try=later))


def _tell(raising: Raising) -> None:
    assert hands.tell is not None
    steps = [("told", False)] if raising.told is None else []
    steps += [("told_cleared", True)] if raising.cleared and raising.told_cleared is None else []
    for field, is_cleared in steps:
        try:
            note = hands.tell(raising, is_cleared=is_cleared)
        except CannotTell as error:
            Raising.objects.filter(pk=raising.pk).update(error=str(error)[:500])
            return
        done = {field: timezone.now(), "error": note[:500]}
        Raising.objects.filter(pk=raising.pk).update(**done, tries=0, next_try=None)
