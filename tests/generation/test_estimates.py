"""How long filling takes, told from earlier reports."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from generation.estimates import (
    estimate_seconds,
    estimate_templates,
    say_seconds,
    seconds_left,
    usual_seconds,
)
from generation.models import Document, Fill, Report
from templates.models import TemplateVersion
from templates.publish import publish, save_draft
from tests.factories import finish_all, make_body, make_document, make_report

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())
OFFSETS = {"summary": 40.0, "actions": 20.0, "risks": 10.0, "outcome": 5.0}


@pytest.fixture
def version() -> TemplateVersion:
    return publish(save_draft(make_body(), slug="minutes"))


@pytest.fixture
def document() -> Document:
    return make_document()


def start(version: TemplateVersion, document: Document, **more: object) -> Report:
    return make_report(
        version.snapshot, documents=[(document, "")], template=version.template, version=version, **more
    )


def fill(
    version: TemplateVersion, document: Document, times: float = 1, day: int = 0, **more: object
) -> Report:
    """A finished report whose blocks took `times` the usual."""
    report = start(version, document, **more)
    begun = DAY + timedelta(days=day)
    for block, one in finish_all(report).items():
        Fill.objects.filter(pk=one.pk).update(finished=begun + timedelta(seconds=OFFSETS[block] * times))
    ends = begun + timedelta(seconds=max(OFFSETS.values()) * times)
    Report.objects.filter(pk=report.pk).update(started=begun, finished=ends)
    report.refresh_from_db()
    return report


def test_a_template_takes_what_its_reports_took_in_the_middle(
    version: TemplateVersion, document: Document
) -> None:
    for times in (1, 2, 100):
        fill(version, document, times)

    assert estimate_seconds(version.template, "offline") == 80
    assert estimate_seconds(version.snapshot, "offline") == 80


def test_without_past_fills_nothing_is_known(version: TemplateVersion, document: Document) -> None:
    start(version, document)

    assert estimate_seconds(version.template, "offline") is None


def test_another_model_says_nothing(version: TemplateVersion, document: Document) -> None:
    fill(version, document)

    assert estimate_seconds(version.template, "gpt") is None


def test_only_cases_count(version: TemplateVersion, document: Document) -> None:
    fill(version, document, purpose=Report.Purpose.PREVIEW)

    assert estimate_seconds(version.template, "offline") is None


def test_only_the_last_twenty_count(version: TemplateVersion, document: Document) -> None:
    for day in range(20):
        fill(version, document, 2, day=day + 30)
    for day in range(21):
        fill(version, document, 1, day=day)

    assert estimate_seconds(version.template, "offline") == 80


def test_a_report_with_a_failed_part_does_not_count(version: TemplateVersion, document: Document) -> None:
    report = fill(version, document)
    report.fills.filter(block="risks").update(state=Fill.State.FAILED)

    assert estimate_seconds(version.template, "offline") is None


def test_a_report_of_which_a_part_was_written_again_does_not_count(
    version: TemplateVersion, document: Document
) -> None:
    fill(version, document)
    again = fill(version, document, 50)
    again.started = again.finished
    again.save()
    again.fills.filter(block="risks").update(finished=timezone.now())

    assert estimate_seconds(version.template, "offline") == 40


def test_many_templates_take_one_query(
    version: TemplateVersion, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = publish(save_draft(make_body(name="Other"), slug="other"))
    never = publish(save_draft(make_body(name="Never"), slug="never"))
    fill(version, document)
    fill(other, document, 3)
    templates = [one.template_id for one in (version, other, never)]

    with django_assert_num_queries(1):
        found = estimate_templates(templates, "offline")
    assert found == {version.template_id: 40, other.template_id: 120}


def test_what_is_left_is_what_the_slowest_open_block_needs_from_now(
    version: TemplateVersion, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for times in (1, 2, 3):
        fill(version, document, times)
    report = start(version, document)
    report.started = timezone.now() - timedelta(seconds=15)
    report.save()
    fills = list(report.fills.all())

    with django_assert_num_queries(1):
        left = seconds_left(report, fills, usual_seconds(report))
    assert left == pytest.approx(80 - 15, abs=1)
    ready = [one for one in fills if one.block != "summary"]
    assert seconds_left(report, ready, usual_seconds(report)) == pytest.approx(40 - 15, abs=1)


def test_what_takes_longer_than_ever_is_done_in_a_second(
    version: TemplateVersion, document: Document
) -> None:
    fill(version, document)
    report = start(version, document)
    report.started = timezone.now() - timedelta(hours=1)

    assert seconds_left(report, report.fills.all(), usual_seconds(report)) == 1


def test_without_past_reports_nobody_knows_what_is_left(version: TemplateVersion, document: Document) -> None:
    report = start(version, document)
    report.started = timezone.now()

    assert seconds_left(report, report.fills.all(), usual_seconds(report)) is None


def test_of_a_finished_report_nothing_is_left(version: TemplateVersion, document: Document) -> None:
    report = fill(version, document)

    assert seconds_left(report, report.fills.all(), usual_seconds(report)) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "under a minute"),
        (54, "under a minute"),
        (56, "about a minute"),
        (89, "about a minute"),
        (100, "about 2 minutes"),
        (25 * 60, "about 25 minutes"),
        (58 * 60, "about an hour"),
        (3 * 3600, "about 3 hours"),
    ],
)
def test_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert say_seconds(seconds) == said
