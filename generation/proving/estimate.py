"""What a run of the tests will take: its calls, counted, and its cost and time, told from the last one."""

from dataclasses import dataclass

from generation.models import TestRun
from generation.proving.expecting import count_judged, find_test_cases, standing
from generation.proving.results import load_results
from templates.models import ReportTemplate


@dataclass(frozen=True)
class Estimate:
    """For one repetition: how many reports and calls; cost and seconds where a run tells."""

    reports: int
    calls: int
    cost: float | None
    seconds: float | None


def estimate_repetition(template: ReportTemplate) -> Estimate:
    """What every repetition adds: each case once by the draft, and by what is published where it differs."""
    cases, version = find_test_cases(template), template.newest
    bodies = [template.draft.parsed]
    if version and version.snapshot_id != template.draft_id:
        bodies.append(version.snapshot.parsed)
    judged = count_judged(list(standing().filter(case__in=cases)))
    written = sum(block.candidates for body in bodies for block in body.fillable)
    reports = len(cases) * len(bodies)
    cost, seconds = _last(template)
    return Estimate(
        reports,
        len(cases) * written + judged * len(bodies),
        None if cost is None else cost * reports,
        None if seconds is None else seconds * reports,
    )


def _last(template: ReportTemplate) -> tuple[float | None, float | None]:
    """The newest whole run: what it cost, and how many seconds it took, for each of its reports."""
    run: TestRun | None = template.test_runs.filter(finished__isnull=False, cancelled=False).first()
    if run is None or run.finished is None:
        return None, None
    results = load_results(run)
    if not results.trials:
        return None, None
    count = len(results.trials)
    cost = sum(total.cost for total in results.totals)
    return cost / count, (run.finished - run.created).total_seconds() / count
