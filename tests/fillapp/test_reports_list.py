"""The list of reports: found by words, state, template, owner and date; how far each is."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from fillapp.accounts import BUSINESS
from generation.copies import copy_report
from generation.models import Fill, Report, ReportShare
from generation.review import accept_unflagged, decide
from generation.uploads import store_document
from templates.body import TemplateBody
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from tests.fillapp.conftest import VALUES, fail, finish


def titles(client: Client, query: str = "") -> list[str]:
    """The titles that a search finds, in order."""
    html = client.get(f"/reports/{query}").text
    return re.findall(r'class="row-title"[^>]*>([^<]*)<', html)


def make(title: str, owner: User, version: TemplateVersion, report: Report) -> Report:
    """A finished report beside Alice's first."""
    copy = copy_report(report, owner=owner)
    Report.objects.filter(pk=copy.pk).update(title=title, template=version.template)
    return Report.objects.get(pk=copy.pk)


@pytest.mark.parametrize("words", ["march", "MAR", "transcript.txt", "minutes", "march minutes transcr"])
def test_words_are_found_in_title_template_and_documents(
    words: str, finished: Report, as_alice: Client
) -> None:
    assert titles(as_alice, f"?q={words}") == ["March"]


@pytest.mark.parametrize("words", ["april", "march april", "%25", "_"])
def test_every_word_must_be_there(words: str, finished: Report, as_alice: Client) -> None:
    assert titles(as_alice, f"?q={words}") == []
    assert "Nothing found" in as_alice.get(f"/reports/?q={words}").text


@pytest.mark.parametrize("words", ["übergabe", "ÜBERGABE", "Übergabe"])
def test_letters_with_marks_are_found_in_either_case(words: str, report: Report, as_alice: Client) -> None:
    Report.objects.update(title="Übergabe der Wohnung")
    assert titles(as_alice, f"?q={words}") == ["Übergabe der Wohnung"]


def test_a_document_two_reports_have_is_found_in_both_once(
    finished: Report, alice: User, version: TemplateVersion, as_alice: Client
) -> None:
    again = make("April", alice, version, finished)
    second = store_document(b"More of the transcript.", "transcript-2.txt", alice)
    again.report_documents.create(document=second, position=1)
    assert titles(as_alice, "?q=transcript") == ["April", "March"]


def test_each_report_is_in_exactly_one_state(
    finished: Report, alice: User, version: TemplateVersion, as_alice: Client
) -> None:
    writing, failed, reviewed, rejected = (
        make(title, alice, version, finished) for title in ("Writing", "Failed", "Reviewed", "Rejected")
    )
    writing.fills.filter(block="risks").update(state=Fill.State.QUEUED)
    fail(writing, "summary", "It broke.")
    fail(failed, "risks", "It broke.")
    for one in (reviewed, rejected):
        accept_unflagged(one, by=alice)
    decide(rejected.fills.get(block="risks"), Fill.Review.REJECTED, by=alice)
    found = {
        state: titles(as_alice, f"?state={state}") for state in ("writing", "failed", "to-review", "reviewed")
    }
    assert found == {
        "writing": ["Writing"],
        "failed": ["Failed"],
        "to-review": ["Rejected", "March"],
        "reviewed": ["Reviewed"],
    }


def test_a_row_says_how_much_is_reviewed(finished: Report, alice: User, as_alice: Client) -> None:
    assert "0 of 4 reviewed" in as_alice.get("/reports/").text
    decide(finished.fills.get(block="risks"), Fill.Review.ACCEPTED, by=alice)
    decide(finished.fills.get(block="summary"), Fill.Review.REJECTED, by=alice)
    assert "1 of 4 reviewed" in as_alice.get("/reports/").text
    accept_unflagged(finished, by=alice)
    decide(finished.fills.get(block="summary"), Fill.Review.ACCEPTED, by=alice)
    assert "All 4 reviewed" in as_alice.get("/reports/").text


def test_one_template_is_chosen_among_those_one_has_reports_of(
    finished: Report, alice: User, version: TemplateVersion, body: TemplateBody, as_alice: Client
) -> None:
    other = save_draft(body.model_copy(update={"name": "Audit"}), slug="audit", owner=alice)
    save_draft(body.model_copy(update={"name": "Unused"}), slug="unused", owner=alice)
    make("April", alice, publish(other), finished)
    html = as_alice.get("/reports/").text
    assert re.findall(r'<option value="(audit|minutes|unused)"', html) == ["audit", "minutes"]
    assert titles(as_alice, "?template=audit") == ["April"]
    assert titles(as_alice, "?template=nothing") == []


def test_mine_and_shared_are_told_apart_and_shared_say_from_whom(
    finished: Report, bob: User, version: TemplateVersion, as_alice: Client, alice: User
) -> None:
    User.objects.filter(pk=bob.pk).update(first_name="Bob", last_name="Fell", email="bob@example.org")
    by_user, by_group = (make(title, bob, version, finished) for title in ("By user", "By group"))
    ReportShare.objects.create(report=by_user, user=alice, can_edit=True)
    ReportShare.objects.create(report=by_group, group=Group.objects.get(name=BUSINESS))
    assert titles(as_alice, "?whose=mine") == ["March"]
    assert titles(as_alice, "?whose=shared") == ["By group", "By user"]
    html = as_alice.get("/reports/?whose=shared").text
    assert "from Bob Fell, to view" in html
    assert html.count("from Bob Fell") == 2
    assert "bob@example.org" not in html


def test_a_report_without_an_owner_is_shared_not_mine(report: Report, alice: User, as_alice: Client) -> None:
    ReportShare.objects.create(report=report, user=alice)
    Report.objects.update(owner=None)
    assert titles(as_alice, "?whose=shared") == ["March"]
    assert titles(as_alice, "?whose=mine") == []


def test_dates_are_days_of_the_installation_both_included(
    report: Report, as_alice: Client, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2026, 3, 12, 23, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    Report.objects.update(created=late)
    assert titles(as_alice, "?since=2026-03-12&until=2026-03-12") == ["March"]
    assert titles(as_alice, "?since=2026-03-13") == []
    assert titles(as_alice, "?until=2026-03-11") == []


@pytest.mark.parametrize(
    "query",
    ["?state=odd", "?whose=odd", "?since=tomorrow", "?until=0001-01-01", "?until=9999-12-31",
     "?since=9999-12-31", "?page=-3", "?page=x", "?deleted=x", "?deleted=99999999999999999999", "?q=%20"],
)  # fmt: skip
def test_what_makes_no_sense_excludes_nothing(query: str, report: Report, as_alice: Client) -> None:
    assert titles(as_alice, query) == ["March"]


def test_pages_keep_the_search(report: Report, as_alice: Client) -> None:
    for _ in range(61):
        report.pk = None
        report.save()
    html = as_alice.get("/reports/?q=march&state=&deleted=5&page=2").text
    assert 'href="?q=march&amp;page=1"' in html
    assert 'href="?q=march&amp;page=3"' in html


def test_the_form_shows_what_is_searched_for(report: Report, as_alice: Client) -> None:
    html = as_alice.get("/reports/?q=%22march%22&state=writing&since=2026-03-12").text
    assert 'value="&quot;march&quot;"' in html
    assert '<option value="writing" selected>' in html
    assert 'value="2026-03-12"' in html
    assert "Show all" in html


def test_longer_lists_take_no_more_queries(
    finished: Report, alice: User, bob: User, version: TemplateVersion, as_alice: Client
) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert as_alice.get("/reports/?q=m&state=to-review&whose=mine").status_code == 200
        counts.append(len(queries))
        for number in range(12):
            ReportShare.objects.create(report=make(f"M{number}", alice, version, finished), user=bob)
            ReportShare.objects.create(report=make(f"N{number}", bob, version, finished), user=alice)
    assert counts[0] == counts[1]
    assert counts[0] <= 13


def test_a_menu_offers_only_what_one_may_do(
    finished: Report, alice: User, bob: User, version: TemplateVersion, as_bob: Client, as_alice: Client
) -> None:
    def offered(client: Client) -> set[str]:
        words = ("rename", "duplicate", "sharing", "history", "delete", "start")
        html = client.get("/reports/").text
        return {word for word in words if f"/{word}/" in html}

    assert offered(as_alice) == {"rename", "duplicate", "sharing", "history", "delete", "start"}
    share = ReportShare.objects.create(report=finished, user=bob)
    assert offered(as_bob) == {"duplicate", "history"}
    share.can_edit = True
    share.save()
    TemplateShare.objects.create(template=version.template, user=bob)
    assert offered(as_bob) == {"rename", "duplicate", "history", "start"}


def test_starting_again_names_the_report_to_take_the_title_from(finished: Report, as_alice: Client) -> None:
    assert f"/templates/minutes/start/?from={finished.pk}" in as_alice.get("/reports/").text


def test_an_archived_template_cannot_be_started_again(
    finished: Report, version: TemplateVersion, as_alice: Client
) -> None:
    version.template.archived = True
    version.template.save()
    assert "/start/" not in as_alice.get("/reports/").text


def test_the_owner_sees_what_is_shared(finished: Report, bob: User, as_alice: Client) -> None:
    assert "shared with" not in as_alice.get("/reports/").text
    ReportShare.objects.create(report=finished, user=bob)
    assert "shared with 1" in as_alice.get("/reports/").text


def test_reports_in_the_gallery_have_no_menu(finished: Report, as_alice: Client) -> None:
    html = as_alice.get("/").text
    assert "0 of 4 reviewed" in html
    assert 'class="menu"' not in html


def test_a_part_that_failed_counts_as_such_until_it_is_there(report: Report, as_alice: Client) -> None:
    for block in VALUES:
        finish(report, block)
    fail(report, "risks", "It broke.")
    assert "3 of 4 ready, 1 failed" in as_alice.get("/reports/?state=failed").text
