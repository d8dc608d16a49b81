"""The sweep: sends again what a dead process or a lost message left behind."""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from generation.engine.leases import LEASE, MOST_ATTEMPTS
from generation.engine.schedule import (
    LOST_LEADER,
    advance_report,
    end_fills,
    fail_report,
    promote_leader,
    release_report,
    send_task,
    start_report,
)
from generation.looking import look_at_overlooked
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.profiles import UnknownProfile, find_profile
from generation.proving.run import sweep_runs
from signals.backfilling.sweep import sweep_signals

log = logging.getLogger(__name__)
State = Fill.State
# A message may wait this long in a busy queue, a report this long for its start, before it is taken for lost.
_LOST_AFTER = 3 * LEASE


def sweep(queues: Collection[str], *, alone: bool = False, at_start: bool = False) -> None:
    """Put right every report and test run on these queues; where nothing is wrong, by a few queries in all.

    `alone`: this process is the only one that serves them (the memory transport). Then a report whose
    model is not known here never will be filled, and at the start nothing sent before is still on its way.
    """
    now = timezone.now()
    begun = Q(started__isnull=False) | Q(created__lt=now - _LOST_AFTER)
    reports = {report.pk: report for report in Report.objects.filter(begun, queue__in=queues, finished=None)}
    for report in [report for report in reports.values() if not _is_known(report, alone=alone)]:
        del reports[report.pk]
    if reports:
        _send_lost(reports, lost_before=now if alone and at_start else now - _LOST_AFTER)
        _go_on(reports)
    sweep_runs(queues, take_over=alone and at_start)
    look_at_overlooked()
    # Their messages go to the usual queue: a worker of its own, as a command's, leaves them to others.
    if settings.FILL_QUEUE in queues:
        sweep_signals()


def _is_known(report: Report, *, alone: bool) -> bool:
    """Whether its model is known here; another worker may know it, unless this one is alone."""
    try:
        find_profile(report.profile)
    except UnknownProfile as error:
        if alone:
            fail_report(report, "unknown_profile", f"{error} Try again to fill it with the model set now.")
        return False
    return True


def _send_lost(reports: Mapping[int, Report], *, lost_before: datetime) -> None:
    """Send again what lost its process, or its message: one question each for all reports."""
    unfinished = Fill.objects.filter(report__in=reports).order_by()
    for fill in unfinished.filter(state=State.RUNNING, lease_until__lt=Now()):
        with _logged(fill):
            _send_again(fill, reports[fill.report_id])
    for fill in unfinished.filter(state=State.QUEUED, queued__lt=lost_before):
        with _logged(fill):
            if Fill.objects.filter(pk=fill.pk, state=State.QUEUED).update(queued=timezone.now()):
                send_task(fill.pk, reports[fill.report_id].queue)


def _go_on(reports: Mapping[int, Report]) -> None:
    """Start, lead and advance the reports whose process ended between two steps."""
    fills = Fill.objects.filter(report=OuterRef("pk")).order_by()
    waits, ended = fills.filter(state=State.WAITING), ~Exists(fills.filter(state__in=UNFINISHED))
    # Where a leader was chosen a moment ago, the others wait for it.
    late = Q(leader_since=None) | Q(leader_since__lt=timezone.now() - LOST_LEADER)
    halted = Q(started=None) | Q(late, released=None) | Q(Exists(waits), released__isnull=False) | ended
    for report in Report.objects.filter(halted, pk__in=reports):
        with _logged(report):
            if report.started is None:
                start_report(report)
            promote_leader(report)
            advance_report(report.pk)


@contextmanager
def _logged(what: Report | Fill) -> Iterator[None]:
    """One report that cannot be put right keeps no other from it."""
    try:
        yield
    except Exception:
        log.exception("sweeping %s", what)


def _send_again(fill: Fill, report: Report) -> None:
    """A fill whose process is gone: sent again, or failed when it takes every process down with it."""
    if fill.attempts < MOST_ATTEMPTS:
        log.warning("%s: its lease ran out; sent again", fill)
        send_task(fill.pk, report.queue)
        return
    unchanged = Fill.objects.filter(pk=fill.pk, attempt=fill.attempt, state=State.RUNNING)
    sentence = "Filling this block stopped the program several times. Tell whoever runs Fill."
    if end_fills(unchanged, State.FAILED, "worker_lost", sentence):
        release_report(report.pk)
