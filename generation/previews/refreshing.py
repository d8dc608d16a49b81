"""Refreshing: exactly these blocks of a preview are written as the draft has them now."""

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from generation.calls import cancel_calls
from generation.engine.schedule import advance_report, reopen_report
from generation.locking import lock_report
from generation.models import CachedAnswer, Fill, Report
from generation.previews.report import why_not
from generation.previews.settling import settle
from generation.previews.standing import Seen, Standing
from generation.reports import CannotStart

State = Fill.State


def refresh(report: Report, keys: Collection[str], *, anew: bool = False) -> list[str]:
    """Have these blocks written where they are not fresh; those for which a model is asked, or will be.

    What was answered before to exactly what is asked now stands at once, unless it is to be written `anew`.
    Each of the others takes one call, after what it reads. Raises `CannotStart`.
    """
    report = Report.objects.select_related("snapshot").get(pk=report.pk)
    if sentence := why_not(report):
        raise CannotStart(sentence)
    seen = Seen(report)
    keys = [key for key in seen.fills if key in keys]
    if anew:
        asked = [work.asked for key in keys if (work := seen.work(key))]
        CachedAnswer.objects.filter(asked__in=asked).delete()
    left = keys if anew else settle(seen, keys, starts=True)
    if left:
        _start(seen, left)
    return left


def refresh_all(report: Report) -> list[str]:
    """Have all written that is not fresh, and after that what reads it; which blocks these are.

    Raises `CannotStart`.
    """
    seen = Seen(Report.objects.select_related("snapshot").get(pk=report.pk))
    wanted: set[str] = set()
    for layer in seen.layers():
        wanted |= {
            block.block
            for block in layer
            if wanted & set(block.after) or seen.stands(block.block).standing != Standing.FRESH
        }
    return refresh(report, wanted)


def _start(seen: Seen, keys: Sequence[str]) -> None:
    """Let the engine write these blocks; what is being written for older settings is written anew."""
    report = seen.report
    with transaction.atomic():
        lock_report(report.pk)
        # Whoever waits for its turn has read nothing yet.
        fills = Fill.objects.filter(report=report, block__in=keys).exclude(
            state__in=(State.WAITING, State.QUEUED)
        )
        found = fills.select_for_update().values_list("pk", "attempt", "state", "block")
        # What another page had started since this one looked is written by that.
        rows = [
            (pk, attempt)
            for pk, attempt, state, key in found
            if state != State.RUNNING or attempt == seen.fills[key].attempt
        ]
        _note_asked(seen, keys, [pk for pk, _ in rows])
        Fill.objects.filter(pk__in=[pk for pk, _ in rows]).update(
            state=State.WAITING,
            attempt=None,
            attempts=0,
            lease_until=None,
            finished=None,
            partial="",
            error_code="",
            error="",
            note="",
            wanted=1,
            asked_by=None,
            offered=[],
            changed=timezone.now(),
        )
        attempts = [attempt for _, attempt in rows if attempt]
        if not Report.objects.filter(pk=report.pk, finished=None).update(finished=None):
            reopen_report(report, report.profile)
        elif attempts:
            # One of them may have been the leader, that the others wait for.
            Report.objects.filter(pk=report.pk, released=None).update(leader_since=None)
        transaction.on_commit(lambda: _go_on(report.pk, attempts))


def _note_asked(seen: Seen, keys: Sequence[str], pks: Collection[int]) -> None:
    """What is to be asked, as far as it is known before what a block reads is written."""
    fills = [seen.fills[key] for key in keys if seen.fills[key].pk in pks]
    for fill in fills:
        work = seen.work(fill.block)
        fill.asked = work.asked if work else ""
    Fill.objects.bulk_update(fills, ["asked"])


def _go_on(report_id: int, attempts: Sequence[uuid.UUID]) -> None:
    for attempt in attempts:
        cancel_calls(attempt)
    advance_report(report_id)
