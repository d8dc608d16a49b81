"""Decisions: accepted, rejected or open again; who, when, how, and how long it was looked at."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.flags import shown_problems
from generation.models import Decision, Fill, Report
from generation.review.changing import EditConflict, open_fill

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
    now.review = fill.review = decision
    if decision == Review.ACCEPTED:
        now.stale = False
    now.save(update_fields=["review", "stale", "changed"])
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
    return not (fill.withheld or fill.locked or fill.offered or shown_problems(fill))


@transaction.atomic
def accept_unflagged(
    report: Report, *, by: User | None, seconds_in_view: Mapping[str, float] | None = None
) -> list[str]:
    """Accept every finished block nobody has decided on and that carries no flag; which blocks these were.

    `seconds_in_view` is by block.
    """
    open_fills = report.fills.filter(state=Fill.State.DONE, review=Review.NOT_YET).select_for_update(
        of=("self",)
    )
    taken = [fill for fill in open_fills.select_related("chosen", "edit") if may_accept_at_once(fill)]
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
    """Keep a block as it is, or let it be changed again."""
    Fill.objects.filter(pk=fill.pk).update(locked=locked, changed=timezone.now())


def may_export(report: Report) -> bool:
    """Whether all is reviewed, where the template requires that before a report is given out."""
    return not (report.snapshot.parsed.require.review and find_unsettled(report))


def find_unsettled(report: Report) -> list[Fill]:
    """The fills nobody has decided on yet, or that were rejected, in the order of the template."""
    return list(report.fills.filter(review__in=(Review.NOT_YET, Review.REJECTED)))
