"""The sweep: sends again what a dead process or a lost message left behind."""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from generation.engine.leases import MOST_ATTEMPTS
from generation.engine.schedule import advance_report, promote_leader, send_task
from generation.models import Fill, Report

log = logging.getLogger(__name__)
State = Fill.State
# A message may wait this long in a busy queue before it is taken for lost.
_LOST_AFTER = timedelta(seconds=60)


def sweep(queues: Collection[str], *, at_start: bool = False) -> None:
    """Put right every report on these queues. `at_start`: nothing sent before is still on its way
    (a memory transport died with its process), so queued fills are sent again at once."""
    now = timezone.now()
    mine = Fill.objects.filter(report__queue__in=queues)
    lapsed = mine.filter(state=State.RUNNING, lease_until__lt=now)
    for fill in lapsed.select_related("report"):
        _send_again(fill)
    lost = mine.filter(state=State.QUEUED)
    for fill in (lost if at_start else lost.filter(queued__lt=now - _LOST_AFTER)).select_related("report"):
        Fill.objects.filter(pk=fill.pk, state=State.QUEUED).update(queued=now)
        send_task(fill.pk, fill.report.queue)
    for report in Report.objects.filter(queue__in=queues, started__isnull=False, finished__isnull=True):
        promote_leader(report)
        advance_report(report.pk)


def _send_again(fill: Fill) -> None:
    """A fill whose process is gone: sent again, or failed when it takes every process down with it."""
    now = timezone.now()
    if fill.attempts < MOST_ATTEMPTS:
        log.warning("%s: its lease ran out; sent again", fill)
        send_task(fill.pk, fill.report.queue)
        return
    unchanged = Fill.objects.filter(pk=fill.pk, attempt=fill.attempt, state=State.RUNNING)
    if unchanged.update(
        state=State.FAILED,
        attempt=None,
        finished=now,
        changed=now,
        error_code="worker_lost",
        error="Filling this block stopped the program several times. Tell whoever runs Fill.",
    ):
        advance_report(fill.report_id)
