"""The gallery and the list of reports."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fillapp.accounts import SUPER
from generation.models import Report
from templates.body import TemplateBody, read_body
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from tests.fillapp.conftest import fail, finish, make_user


def test_the_gallery_shows_what_a_template_reads_and_writes(
    version: TemplateVersion, as_alice: Client
) -> None:
    html = as_alice.get("/").content.decode()
    assert "Minutes of a meeting" in html
    assert "4 parts" in html
    assert "Transcript" in html
    assert "/templates/minutes/start/" in html


def test_the_chosen_template_is_drawn_in_small(version: TemplateVersion, as_alice: Client) -> None:
    html = as_alice.get("/templates/minutes/start/").content.decode()
    _, _, mini = html.partition('class="mini"')
    drawn = re.findall(r'<li class="mini-(\w+)"', mini)
    assert drawn == ["heading", "text", "part", "part", "part", "part"]
    assert mini.count('class="glyph"') == 4
    for title in ("Summary", "Actions", "Risks", "Outcome"):
        assert title in mini


def test_a_long_template_says_how_much_more_it_holds(
    version: TemplateVersion, body: TemplateBody, as_alice: Client
) -> None:
    many = [{"block": f"part-{n}", "kind": "long_text", "title": f"Part {n}"} for n in range(30)]
    publish(save_draft(read_body(body.dump() | {"blocks": many}), slug="minutes"))
    assert "and 14 more" in as_alice.get("/").content.decode()


def test_how_long_a_template_takes_is_said_where_it_is_known(finished: Report, as_alice: Client) -> None:
    assert "usually" not in as_alice.get("/").content.decode()
    now = timezone.now()
    finished.fills.update(finished=now)
    Report.objects.update(started=now - timedelta(seconds=130), finished=now)
    assert "4 parts, usually about 2 minutes" in as_alice.get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("minutes", True),
        ("MEETING", True),
        ("agenda transcript", True),
        ("audit", False),
        ("minutes audit", False),
    ],
)
def test_a_search_finds_templates_by_name_description_and_documents(
    query: str, found: bool, version: TemplateVersion, as_alice: Client, body: TemplateBody
) -> None:
    other = publish(
        save_draft(read_body(body.dump() | {"name": "Zoo", "description": "", "documents": []}), slug="zoo")
    )
    TemplateShare.objects.create(template=other.template, user=version.template.shares.get().user)
    html = as_alice.get("/", {"q": query}).content.decode()
    shown = re.findall(r'<li class="pick" data-words="(\w+)[^"]*">', html)
    assert shown == (["minutes"] if found else [])
    assert ("1 of 2 templates" if found else "No template matches") in html


def test_only_whoever_may_change_a_template_is_led_to_it(version: TemplateVersion, as_alice: Client) -> None:
    assert "pick-edit" not in as_alice.get("/").content.decode()
    author = make_user("author", SUPER)
    TemplateShare.objects.create(template=version.template, user=author, can_edit=True)
    as_alice.force_login(author)
    html = as_alice.get("/").content.decode()
    assert re.search(r'pick-edit" href="/templates/minutes/"', html)


def test_the_number_of_queries_does_not_grow_with_templates(
    version: TemplateVersion, body: TemplateBody, as_alice: Client
) -> None:
    with CaptureQueriesContext(connection) as one:
        as_alice.get("/templates/minutes/start/")
    for number in range(5):
        template = save_draft(body.model_copy(update={"name": f"Other {number}"}), slug=f"other-{number}")
        TemplateShare.objects.create(template=template, user=version.template.shares.get().user)
        publish(template)
    with CaptureQueriesContext(connection) as six:
        as_alice.get("/templates/minutes/start/")
    assert len(six) == len(one)


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
