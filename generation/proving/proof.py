"""Whether the tests show that the draft does what is expected of it, for whoever is about to publish it."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from generation.models import TestRun
from generation.proving.expecting import find_test_cases
from generation.proving.fingerprint import hash_tests
from generation.proving.results import load_results, passes
from templates.models import ReportTemplate, Snapshot

ProofState = Literal["none", "running", "outdated", "failed", "passed"]


@dataclass(frozen=True)
class Proof:
    """What the tests say of the draft as it stands, in a sentence; `run` is the run that says so."""

    state: ProofState
    sentence: str
    run: int | None = None

    @property
    def holds(self) -> bool:
        """Whether a template that requires its tests may be published."""
        return self.state == "passed"


def proof_of(template: ReportTemplate) -> Proof:
    """What the newest tests say of this very draft, its test cases being as they are now."""
    running = template.test_runs.filter(finished=None).first()
    if running:
        trials = running.trials
        done, of = trials.exclude(checked=None).count(), trials.count()
        return Proof("running", f"The tests are running: {done} of {of} reports are checked.", running.pk)
    newest = _finished(template).first()
    if newest is None:
        if find_test_cases(template):
            return Proof("none", "The tests have not been run yet.")
        return Proof("none", "There is no test case yet.")
    run = _finished(template).filter(proves=hash_tests(template)).first()
    if run is None:
        what = "the test cases" if newest.draft_id == template.draft_id else "the draft"
        when = f"{newest.created:%-d %B %Y}"
        return Proof("outdated", f"The tests were last run on {when}, and {what} changed since.", newest.pk)
    return _judge(run)


def find_run(template: ReportTemplate, snapshot: Snapshot) -> TestRun | None:
    """The newest finished run in which this very snapshot was the draft; cancelled ones are none."""
    return _finished(template).filter(draft=snapshot).first()


def _finished(template: ReportTemplate) -> QuerySet[TestRun]:
    return template.test_runs.filter(finished__isnull=False, cancelled=False).order_by("-pk")


def _judge(run: TestRun) -> Proof:
    results = load_results(run)
    met, of = results.met, len(results.lines)
    if passes(run):
        times = "once" if run.repetitions == 1 else f"{run.repetitions} times of {run.repetitions}"
        what = "The one expectation was" if of == 1 else f"All {of} expectations were"
        return Proof("passed", f"{what} met {times}.", run.pk)
    return Proof(
        "failed", f"{met} of {of} expectations {'was' if met == 1 else 'were'} met every time.", run.pk
    )
