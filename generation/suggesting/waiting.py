"""Suggestions that wait: for the model to write them, then for somebody to take or leave them."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from generation.models import Suggestion
from generation.suggesting.asking import BEAT, UNFINISHED
from templates.models import ReportTemplate

State = Suggestion.State
# One that is being written says so again and again; in a busy queue one may wait.
_LOST_RUNNING, _LOST_QUEUED = 6 * BEAT, timedelta(minutes=3)
_LOST = "The suggestion was lost: the program that was writing it has ended. Try again."


def look_up_suggestion(suggestion: Suggestion) -> Suggestion:
    """How far it is now; one that nobody writes any more has failed."""
    _end_lost(Suggestion.objects.filter(pk=suggestion.pk))
    suggestion.refresh_from_db()
    return suggestion


def find_waiting(template: ReportTemplate) -> dict[str, Suggestion]:
    """By block, the newest suggestion that is being written, or that nobody has taken or left yet."""
    open_ones = Suggestion.objects.filter(template=template, settled=False)
    # Pages ask again and again: without one under way nothing is written.
    if open_ones.filter(state__in=UNFINISHED).exists():
        _end_lost(open_ones)
    # The model found nothing better, so there is nothing to decide.
    shown = open_ones.exclude(state=State.CANCELLED).exclude(error_code="same").defer("passages")
    return {suggestion.block: suggestion for suggestion in shown.order_by("pk")}


def _end_lost(suggestions: QuerySet[Suggestion]) -> None:
    """Those that nobody writes any more have failed; while others are written, one may wait its turn."""
    now = timezone.now()
    lost = Q(state=State.RUNNING, alive__lt=now - _LOST_RUNNING)
    written = Suggestion.objects.filter(state__in=(State.RUNNING, State.DONE), alive__gte=now - _LOST_QUEUED)
    if not written.exists():
        lost |= Q(state=State.QUEUED, alive__lt=now - _LOST_QUEUED)
    suggestions.filter(lost).update(state=State.FAILED, error_code="lost", error=_LOST)


def settle_suggestion(suggestion: Suggestion) -> None:
    """Somebody has taken or left it: it and those before it for the block are shown no more.

    What reports say in its place has served its purpose and is forgotten.
    """
    older = Suggestion.objects.filter(
        template=suggestion.template_id, block=suggestion.block, pk__lte=suggestion.pk, settled=False
    )
    older.update(settled=True, passages=[])
