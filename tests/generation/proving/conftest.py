"""A template with one test case, whose reports are filled by the test itself."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from generation.engine.schedule import advance_report
from generation.models import ExampleCase, ExampleDocument, Expectation, Report, TestRun
from generation.proving.expecting import expect
from generation.proving.run import prove
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import VALUES, finish, make_body, make_document

Values = dict[str, dict[str, Any]]


@pytest.fixture
def template(db: None, settings: Settings) -> ReportTemplate:
    """A template with a block of every kind; no worker serves what is sent."""
    settings.FILL_QUEUE = "nobody's"
    return save_draft(make_body(), slug="minutes")


@pytest.fixture
def case(template: ReportTemplate) -> ExampleCase:
    """An example with one document, of which nothing is expected yet."""
    return make_case(template, "Spring meeting")


@pytest.fixture
def deferred(case: ExampleCase) -> Expectation:
    """The outcome must be “Deferred”, as it is when all goes well."""
    return expect(case, "outcome", "choose", {"options": ["Deferred"]})


def make_case(template: ReportTemplate, name: str, text: str = "") -> ExampleCase:
    case = ExampleCase.objects.create(template=template, name=name)
    document = make_document(text or f"{name}: the lease was deferred.")
    ExampleDocument.objects.create(case=case, document=document, slot="transcript", position=0)
    return case


def fill(report: Report, **values: dict[str, Any]) -> None:
    """Give every block a value, and let the engine note that the report is finished."""
    for block in report.fills.values_list("block", flat=True):
        finish(report, block, values.get(block) or VALUES[block])
    advance_report(report.pk)


def next_report(run: TestRun) -> Report | None:
    """The first report of the run that is being filled."""
    trial = run.trials.filter(checked=None, report__isnull=False).select_related("report").first()
    return trial.report if trial else None


def fill_run(run: TestRun, values: Callable[[Report], Values] = lambda report: {}) -> list[Report]:
    """Fill and check every report of the run, one after the other."""
    reports = []
    while report := next_report(run):
        fill(report, **values(report))
        prove(report.pk)
        reports.append(report)
    run.refresh_from_db()
    return reports
