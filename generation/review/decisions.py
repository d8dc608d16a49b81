"""Decisions: accepted, rejected or open again; who, when, how, and how long it was looked at."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.flags import shown_checks
from generation.locking import lock_report
from generation.models import Decision, Fill, Report
from generation.models.fills import UNFINISHED
from generation.review.changing import BeingWritten, CannotChange, EditConflict, open_fill

Review, How = Fill.Review, Decision.How


@transaction.atomic
def decide(
    fill: Fill,
    decision: Fill.Review,
    *,
    by: User | None,
    how: Decision.How = How.ONE,
    seconds_in_view: float = 0,
    revision: int | None = None,
) -> Decision:
    """Note what a person decided on a fill as it is at `revision`.

    Raises `CannotChange`, and `EditConflict` when the person has not seen the newest value.
    """
    now = open_fill(fill)
    value = now.current_value
    if revision is not None and now.revision != revision:
        raise EditConflict(theirs=value or {}, yours={}, revision=now.revision)
    if value is None:
        raise CannotChange("There is no text here to decide on yet. Write it, or have it written again.")
    now.review = fill.review = decision
    if decision == Review.ACCEPTED:
        # Whoever accepts what stands waits for nothing else; what was on offer stays among the versions.
        now.stale, now.offered, now.error_code, now.error = False, [], "", ""
    now.save(update_fields=["review", "stale", "offered", "error_code", "error", "changed"])
    return Decision.objects.create(
        fill=now,
        by=by,
        decision=decision,
        how=how,
        seconds_in_view=seconds_in_view,
        value_before=value,
        value_after=value,
    )


def may_accept_at_once(fill: Fill) -> bool:
    """Whether a finished fill that nobody has decided on may be accepted among others: it carries no flag."""
    return not (fill.withheld or fill.locked or fill.offered or shown_checks(fill))


@transaction.atomic
def accept_unflagged(
    report: Report,
    *,
    by: User | None,
    seconds_in_view: Mapping[str, float] | None = None,
    revisions: Mapping[str, int] | None = None,
) -> list[str]:
    """Accept every finished block nobody has decided on and that carries no flag; which blocks these were.

    `seconds_in_view` and `revisions` are by block: one that has moved on since is left for another look.
    """
    lock_report(report.pk)
    open_fills = report.fills.filter(state=Fill.State.DONE, review=Review.NOT_YET).select_for_update(
        of=("self",)
    )
    seen = revisions or {}
    taken = [
        fill
        for fill in open_fills.select_related("chosen", "edit")
        if may_accept_at_once(fill) and seen.get(fill.block, fill.revision) == fill.revision
    ]
    report.fills.filter(pk__in=[fill.pk for fill in taken]).update(
        review=Review.ACCEPTED, changed=timezone.now()
    )
    Decision.objects.bulk_create(
        Decision(
            fill=fill,
            by=by,
            decision=Review.ACCEPTED,
            how=How.BULK,
            seconds_in_view=(seconds_in_view or {}).get(fill.block, 0),
            value_before=fill.current_value,
            value_after=fill.current_value,
        )
        for fill in taken
    )
    return [fill.block for fill in taken]


def set_lock(fill: Fill, locked: bool) -> None:
    """Keep a block as it is, or let it be changed again. Raises `BeingWritten`."""
    fills = Fill.objects.filter(pk=fill.pk).exclude(state__in=UNFINISHED if locked else ())
    if not fills.update(locked=locked, changed=timezone.now()):
        raise BeingWritten("This part is being written. Wait until it is there, then lock it.")


def may_export(report: Report) -> bool:
    """Whether all is reviewed, where the template requires that before a report is given out."""
    return not (report.snapshot.parsed.require.review and find_unsettled(report))


def find_unsettled(report: Report) -> list[Fill]:
    """The fills nobody has decided on yet, or that were rejected, in the order of the template."""
    return list(report.fills.filter(review__in=(Review.NOT_YET, Review.REJECTED)))
