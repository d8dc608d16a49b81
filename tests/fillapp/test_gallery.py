"""The gallery and the list of reports."""

from django.contrib.auth.models import User
from django.test import Client

from generation.models import Report
from templates.body import TemplateBody
from templates.models import TemplateVersion
from templates.publish import publish, save_draft
from tests.fillapp.conftest import fail, finish


def test_the_gallery_shows_what_a_template_reads_and_writes(
    version: TemplateVersion, as_alice: Client
) -> None:
    html = as_alice.get("/").content.decode()
    assert "Minutes of a meeting" in html
    assert "4 parts" in html
    assert "Transcript" in html
    assert "/templates/minutes/start/" in html


def test_without_a_template_the_gallery_says_how_one_comes(as_alice: Client) -> None:
    assert "No template yet" in as_alice.get("/").content.decode()


def test_a_draft_cannot_be_started(alice: User, body: TemplateBody, as_alice: Client) -> None:
    save_draft(body, slug="draft", owner=alice)
    assert "No template yet" in as_alice.get("/").content.decode()
    assert as_alice.get("/templates/draft/start/").status_code == 404


def test_an_archived_template_cannot_be_started(version: TemplateVersion, as_alice: Client) -> None:
    version.template.archived = True
    version.template.save()
    assert "No template yet" in as_alice.get("/").content.decode()
    assert as_alice.get("/templates/minutes/start/").status_code == 404


def test_the_newest_version_is_the_one_to_start(
    version: TemplateVersion, body: TemplateBody, as_alice: Client
) -> None:
    publish(save_draft(body.model_copy(update={"name": "Minutes, newer"}), slug="minutes"))
    html = as_alice.get("/").content.decode()
    assert html.count('class="pick"') == 1
    assert "Minutes, newer" in html


def test_the_list_says_how_far_each_report_is(report: Report, as_alice: Client) -> None:
    finish(report, "summary")
    fail(report, "risks", "It broke.")
    assert "1 of 4 ready, 1 failed" in as_alice.get("/reports/").content.decode()


def test_the_list_does_not_show_foreign_reports(report: Report, as_bob: Client) -> None:
    html = as_bob.get("/reports/").content.decode()
    assert "March" not in html
    assert "No report yet" in html


def test_only_cases_are_listed(report: Report, as_alice: Client) -> None:
    Report.objects.update(purpose=Report.Purpose.PREVIEW)
    assert "No report yet" in as_alice.get("/reports/").content.decode()


def test_a_long_list_has_pages(report: Report, as_alice: Client) -> None:
    for number in range(31):
        report.pk, report.title = None, f"Case {number}"
        report.save()
    assert "Page 1 of 2" in as_alice.get("/reports/").content.decode()
    assert "March" in as_alice.get("/reports/?page=2").content.decode()
