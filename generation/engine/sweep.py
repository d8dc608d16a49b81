"""The sweep: sends again what a dead process or a lost message left behind."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from generation.engine.leases import LEASE, MOST_ATTEMPTS
from generation.engine.schedule import (
    advance_report,
    fail_report,
    promote_leader,
    release_report,
    send_task,
    start_report,
)
from generation.models import Fill, Report
from generation.profiles import UnknownProfile, find_profile

log = logging.getLogger(__name__)
State = Fill.State
# A message may wait this long in a busy queue, a report this long for its start, before it is taken for lost.
_LOST_AFTER = 3 * LEASE


def sweep(queues: Collection[str], *, alone: bool = False, at_start: bool = False) -> None:
    """Put right every report on these queues.

    `alone`: this process is the only one that serves them (the memory transport). Then a report whose
    model is not known here never will be filled, and at the start nothing sent before is still on its way.
    """
    now = timezone.now()
    begun = Q(started__isnull=False) | Q(created__lt=now - _LOST_AFTER)
    for report in Report.objects.filter(begun, queue__in=queues, finished__isnull=True):
        try:
            find_profile(report.profile)
        except UnknownProfile as error:
            # Another worker may know it.
            if alone:
                fail_report(
                    report, "unknown_profile", f"{error} Try again to fill it with the model set now."
                )
            continue
        try:
            _sweep_report(report, lost_before=now if alone and at_start else now - _LOST_AFTER)
        except Exception:
            log.exception("sweeping %s", report)


def _sweep_report(report: Report, *, lost_before: datetime) -> None:
    now = timezone.now()
    for fill in report.fills.filter(state=State.RUNNING, lease_until__lt=Now()):
        _send_again(fill, report)
    for fill in report.fills.filter(state=State.QUEUED, queued__lt=lost_before):
        Fill.objects.filter(pk=fill.pk, state=State.QUEUED).update(queued=now)
        send_task(fill.pk, report.queue)
    if report.started is None:
        start_report(report)
    promote_leader(report)
    advance_report(report.pk)


def _send_again(fill: Fill, report: Report) -> None:
    """A fill whose process is gone: sent again, or failed when it takes every process down with it."""
    now = timezone.now()
    if fill.attempts < MOST_ATTEMPTS:
        log.warning("%s: its lease ran out; sent again", fill)
        send_task(fill.pk, report.queue)
        return
    unchanged = Fill.objects.filter(pk=fill.pk, attempt=fill.attempt, state=State.RUNNING)
    if unchanged.update(
        state=State.FAILED,
        attempt=None,
        lease_until=None,
        finished=now,
        changed=now,
        partial="",
        error_code="worker_lost",
        error="Filling this block stopped the program several times. Tell whoever runs Fill.",
    ):
        release_report(report.pk)
