"""Releasing what a guard keeps out of sight: looking at it, letting it be seen, or rejecting it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.engine.schedule import advance_report, end_fills, reopen_report, usable_profile
from generation.guards.held import find_held
from generation.locking import lock_report
from generation.looking import place_text
from generation.models import Candidate, Fill, GuardAct, Report
from generation.models.fills import UNFINISHED
from generation.profiles import UnknownProfile
from generation.review import CannotChange
from generation.stale import tell_waiting_readers

What = GuardAct.What
_NOT_WITHHELD = "This part is not withheld any more. Reload the page."
_BEING_WRITTEN = "This part is being written again. Wait until it is there."
_OTHER = "This part was written again since you looked at it. Look once more, then decide."


@transaction.atomic
def look_at_withheld(fill: Fill, *, by: User) -> Candidate:
    """The candidate that is withheld, for one person's eyes; that they looked is noted.

    Raises `CannotChange`.
    """
    _, candidate = _open(fill)
    _note(candidate, What.LOOKED, by)
    return candidate


def release_withheld(fill: Fill, *, by: User, number: int) -> None:
    """Let the withheld candidate of this number be seen, and start the blocks that wait for it.

    Raises `CannotChange` when it is not withheld, or not what was looked at.
    """
    with transaction.atomic():
        now, candidate = _open(fill, number)
        report = now.report
        candidate.withheld = now.withheld = False
        candidate.save(update_fields=["withheld"])
        now.review, now.changed = Fill.Review.NOT_YET, timezone.now()
        now.save(update_fields=["withheld", "review", "changed"])
        place_text(candidate, report)
        _note(candidate, What.RELEASED, by)
        tell_waiting_readers(report.pk, report.snapshot.parsed, now.block)
        _go_on(report)
    advance_report(report.pk)


@transaction.atomic
def reject_withheld(fill: Fill, *, by: User, number: int) -> None:
    """Note that the withheld candidate is not to be used; it stays withheld until it is written again.

    Raises as `release_withheld` does.
    """
    now, candidate = _open(fill, number)
    now.review, now.changed = Fill.Review.REJECTED, timezone.now()
    now.save(update_fields=["review", "changed"])
    _note(candidate, What.REJECTED, by)


def _open(fill: Fill, number: int | None = None) -> tuple[Fill, Candidate]:
    """The withheld fill as it is now, for this transaction alone, and its candidate."""
    lock_report(fill.report_id)
    fills = Fill.objects.select_for_update(of=("self",)).select_related("chosen", "report__snapshot")
    now = fills.filter(pk=fill.pk, withheld=True).first()
    if now is None or now.chosen is None:
        raise CannotChange(_NOT_WITHHELD)
    if now.state in UNFINISHED:
        raise CannotChange(_BEING_WRITTEN)
    if number not in (None, now.chosen.number):
        raise CannotChange(_OTHER)
    return now, now.chosen


def _go_on(report: Report) -> None:
    """Let a report that was finished but for what waited be filled on."""
    waiting = report.fills.filter(state=Fill.State.WAITING)
    if report.finished is None or not waiting.exists():
        return
    try:
        reopen_report(report, usable_profile(report.profile))
    except UnknownProfile as error:
        held = find_held(report.snapshot.parsed, report.fills.all())
        free = waiting.exclude(block__in=held)
        end_fills(free, Fill.State.CANCELLED, "cancelled", f"{error} Try again to fill it then.")


def _note(candidate: Candidate, what: GuardAct.What, by: User) -> None:
    GuardAct.objects.create(fill_id=candidate.fill_id, candidate=candidate, by=by, what=what)
