"""Settling blocks of a preview without asking anybody: what was answered before stands again."""

from collections.abc import Collection, Sequence

from django.db import transaction

from generation.calls import cancel_calls
from generation.engine.known import Known, choose_known, find_known, keep_known, read_known
from generation.engine.schedule import advance_report
from generation.engine.work import Work
from generation.locking import lock_report
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.previews.standing import Seen, Standing

_CHOSEN = [
    *("chosen", "edit", "offered", "state", "error_code", "error", "attempt", "lease_until", "partial"),
    *("asked", "note", "fits", "wanted", "asked_by", "stale", "review", "revision", "started", "finished"),
    *("changed", "withheld"),
]


def settle(seen: Seen, keys: Collection[str], *, starts: bool) -> list[str]:
    """Let known answers stand in the blocks where nothing fresh does; the blocks that are left, in order.

    With `starts`, those left are about to be written: what reads one of them is left too.
    """
    left: list[str] = []
    for layer in seen.layers():
        open_works: list[Work] = []
        for block in layer:
            if block.block not in keys:
                continue
            unsure = [key for key in block.after if key in left or _is_open(seen.fills[key])]
            if starts and unsure:
                left.append(block.block)
            elif not unsure and seen.stands(block.block).standing != Standing.FRESH:
                work = seen.work(block.block)
                if work is not None:
                    open_works.append(work)
        known = find_known([work.asked for work in open_works]) if open_works else {}
        answers = [(work, known[work.asked]) for work in open_works if work.asked in known]
        _put_in(seen, [read_known(work, answer, with_slow=False) for work, answer in answers])
        if starts:
            left += [work.block.block for work in open_works if work.asked not in known]
    return left


def _is_open(fill: Fill) -> bool:
    """Whether it has no text yet that others may read."""
    return fill.state in UNFINISHED or fill.withheld


def _put_in(seen: Seen, answers: Sequence[Known]) -> None:
    if not answers:
        return
    with transaction.atomic():
        lock_report(seen.report.pk)
        were = {fill.pk: fill for one in answers if (fill := seen.fills[one.work.block.block])}
        fills = {fill.block: fill for fill in Fill.objects.select_for_update().filter(pk__in=were)}
        # Where a result came in between, that one stands.
        mine = [
            (fills[key], one)
            for one in answers
            if (key := one.work.block.block) in fills and _is_as_it_was(fills[key], were)
        ]
        attempts = [fill.attempt for fill, _ in mine if fill.attempt]
        candidates = keep_known([(fill.pk, one) for fill, one in mine])
        for (fill, _), candidate in zip(mine, candidates, strict=True):
            choose_known(fill, candidate)
        Fill.objects.bulk_update([fill for fill, _ in mine], _CHOSEN)
        if attempts:
            Report.objects.filter(pk=seen.report.pk, released=None).update(leader_since=None)
        transaction.on_commit(lambda: _go_on(seen.report.pk, attempts))
    changed = {fill.block: fill for fill, _ in mine}
    for fill in changed.values():
        fill.report = seen.report
    seen.fills |= changed
    seen.forget_readers(changed)


def _is_as_it_was(fill: Fill, were: dict[int, Fill]) -> bool:
    was = were[fill.pk]
    return (fill.revision, fill.state, fill.attempt) == (was.revision, was.state, was.attempt)


def _go_on(report_id: int, attempts: Sequence[object]) -> None:
    for attempt in attempts:
        cancel_calls(attempt)
    advance_report(report_id)
