"""Running the test cases: a few reports at a time, each checked when it is finished."""

import logging
from collections.abc import Iterable

from celery import shared_task
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, connections, transaction
from django.db.models import Q
from django.utils import timezone

from generation.calls import cancel_calls
from generation.engine.schedule import PROVE, cancel_report, send_task, start_report
from generation.models import ExampleCase, Report, TestRun, Trial
from generation.profiles import UnknownProfile, default_profile
from generation.proving.check import check_all, go_on_holding, hold_trial, judging, keep_verdicts
from generation.proving.expecting import documents_of, find_test_cases, standing
from generation.proving.fingerprint import hash_tests
from generation.reports import CannotStart, check_documents, check_window, create_report
from templates.models import ReportTemplate, Snapshot

log = logging.getLogger(__name__)
MOST_REPETITIONS = 10
# Of a run so many reports are filled side by side: the others' own reports go before.
_AT_ONCE = 2


class CannotRun(ValueError):
    """The tests cannot be run; the message says why and what to do."""


def start_run(template: ReportTemplate, repetitions: int, by: User | None = None) -> TestRun:
    """Fill every test case so many times, by the draft and by the newest version. Raises `CannotRun`."""
    if not 1 <= repetitions <= MOST_REPETITIONS:
        raise CannotRun(f"Choose 1 to {MOST_REPETITIONS} repetitions.")
    cases = find_test_cases(template)
    _check(template, cases)
    try:
        run = _plan(template, cases, repetitions, by)
    except IntegrityError as error:
        raise CannotRun("The tests are running already. Wait for them, or cancel them first.") from error
    advance_run(run.pk)
    return run


def cancel_run(run: TestRun) -> None:
    """Stop: what is found already stays to be looked at, and proves nothing."""
    now = timezone.now()
    if not TestRun.objects.filter(pk=run.pk, finished=None).update(finished=now, cancelled=True):
        return
    cancel_calls(judging(run.pk))
    for trial in run.trials.filter(report__finished=None, report__isnull=False).select_related("report"):
        if trial.report:
            cancel_report(trial.report)


@shared_task(name=PROVE, ignore_result=True)
def prove(report_id: int) -> None:
    """Check a finished report of a run, and go on with the run."""
    checking = hold_trial(report_id)
    if checking is None:
        return

    def go_on() -> None:
        go_on_holding(checking)
        # The connection goes back to its pool: a judge may take minutes.
        connections.close_all()

    keep_verdicts(checking, check_all(checking, before_asking=go_on))
    advance_run(checking.trial.run_id)


def advance_run(run_id: int) -> None:
    """Start what comes next, or note that the last was checked. Safe at any time, from any process."""
    with transaction.atomic():
        run = TestRun.objects.select_for_update().filter(pk=run_id, finished=None).first()
        if run is None:
            return
        under_way = run.trials.filter(report__isnull=False, checked=None).count()
        reports = _create_next(run, _AT_ONCE - under_way)
        if not run.trials.filter(checked=None).exists():
            run.finished = timezone.now()
            run.save(update_fields=["finished"])
    # A process that ends here leaves reports that the engine's sweep starts.
    for report in reports:
        start_report(report)


def sweep_runs(queues: Iterable[str], *, take_over: bool = False) -> None:
    """Go on with runs whose process ended between two steps; at the cost of one query when there are none.

    `take_over`: nobody else can be checking anything.
    """
    for run in TestRun.objects.filter(finished=None, queue__in=list(queues)):
        if take_over:
            run.trials.filter(checked=None).update(held_until=None)
        free = Q(held_until=None) | Q(held_until__lt=timezone.now())
        waiting = run.trials.filter(free, checked=None, report__finished__isnull=False)
        for report_id in waiting.values_list("report", flat=True):
            if report_id:
                send_task(report_id, run.queue, name=PROVE)
        advance_run(run.pk)


def _check(template: ReportTemplate, cases: list[ExampleCase]) -> None:
    """Raise `CannotRun` when the draft could not fill every case."""
    if not cases:
        raise CannotRun(
            "There is nothing to test yet. Add documents to a case, and say what you expect of a block."
        )
    body = template.draft.parsed
    for case in cases:
        documents = documents_of(case)
        try:
            check_documents(body, documents)
            check_window(body, documents, default_profile())
        except UnknownProfile as error:
            raise CannotRun(str(error)) from error
        except CannotStart as error:
            raise CannotRun(f"“{case.name}” cannot be filled. {error}") from error


@transaction.atomic
def _plan(template: ReportTemplate, cases: list[ExampleCase], repetitions: int, by: User | None) -> TestRun:
    """The run with all its trials. Raises `IntegrityError` while another runs."""
    version = template.newest
    run = TestRun.objects.create(
        template=template,
        by=by,
        draft=template.draft,
        version=version,
        repetitions=repetitions,
        proves=hash_tests(template),
        queue=settings.FILL_QUEUE,
    )
    run.expectations.set(standing().filter(case__in=cases))
    sides = [Trial.Side.DRAFT]
    if version and version.snapshot_id != template.draft_id:
        sides.append(Trial.Side.PUBLISHED)
    # One case after the other: its documents are in the model's cache by then.
    Trial.objects.bulk_create(
        Trial(run=run, case=case, side=side, repetition=repetition)
        for case in cases
        for repetition in range(1, repetitions + 1)
        for side in sides
    )
    return run


def _create_next(run: TestRun, most: int) -> list[Report]:
    """The reports of the next trials, not started; those that cannot be made are checked with that."""
    reports: list[Report] = []
    for trial in run.trials.filter(report=None, checked=None).select_related("case").order_by("pk"):
        if len(reports) >= most:
            break
        try:
            trial.report = _create(run, trial)
            reports.append(trial.report)
        except (CannotStart, UnknownProfile) as error:
            trial.problem, trial.checked = str(error), timezone.now()
        trial.save(update_fields=["report", "problem", "checked"])
    return reports


def _create(run: TestRun, trial: Trial) -> Report:
    """Raises `CannotStart`."""
    is_draft = trial.side == Trial.Side.DRAFT
    report = create_report(
        _snapshot(run, is_draft),
        documents_of(trial.case),
        title=trial.case.name,
        template=run.template,
        version=None if is_draft else run.version,
        queue=run.queue,
        purpose=Report.Purpose.TEST,
    )
    report.example = trial.case
    report.save(update_fields=["example"])
    return report


def _snapshot(run: TestRun, is_draft: bool) -> Snapshot:
    if is_draft:
        return run.draft
    if run.version is None:
        raise CannotStart("The published version is gone.")
    return run.version.snapshot
