"""The room of versions: publishing as it was seen, comparing any two, going back without loss."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from fillapp.accounts import SUPER
from generation.models import Report
from templates.body import Require, TemplateBody
from templates.editing import undo_change
from templates.models import ReportTemplate, TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from tests.fillapp.conftest import make_user

PAGE = "/templates/minutes/versions/"


@pytest.fixture
def template(version: TemplateVersion) -> ReportTemplate:
    """Published once; Carol owns it and Alice may use it."""
    template = version.template
    template.owner = make_user("carol", SUPER)
    template.save()
    return template


@pytest.fixture
def carol(template: ReportTemplate) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="carol"))
    return client


def change(template: ReportTemplate, body: TemplateBody, **changes: object) -> ReportTemplate:
    """Another draft."""
    return save_draft(body.model_copy(update=changes), slug=template.slug)


def read(client: Client, address: str) -> str:
    """The words of a page."""
    page = html.fromstring(client.get(address).content.decode())
    return " ".join(page.get_element_by_id("main").text_content().split())


def draft() -> ReportTemplate:
    return ReportTemplate.objects.select_related("draft").get(slug="minutes")


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}compare/", f"{PAGE}1/again/", "/templates/minutes/file/"])
def test_only_who_may_change_the_template_enters(
    address: str, template: ReportTemplate, carol: Client, as_alice: Client, alice: User
) -> None:
    assert carol.get(address).status_code == 200
    assert as_alice.get(address).status_code == 403
    TemplateShare.objects.all().delete()
    mallory = Client()
    mallory.force_login(make_user("mallory", SUPER))
    assert mallory.get(address).status_code == 404


def test_the_page_says_that_the_draft_is_the_same(template: ReportTemplate, carol: Client) -> None:
    assert "The same as version 1" in read(carol, PAGE)


def test_the_page_says_what_is_new_and_publishes_it(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    change(template, body, tone="formal")
    assert "The whole template is changed: tone." in read(carol, PAGE)
    answer = carol.post(PAGE, {"draft": draft().draft.hash, "note": " Formal \x00 "}, follow=True)
    assert "Version 2 is published." in answer.text
    newest = draft().newest
    assert newest
    assert (newest.number, newest.note, str(newest.published_by)) == (2, "Formal \ufffd", "carol")


def test_a_draft_changed_since_it_was_seen_is_not_published(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    seen = change(template, body, tone="formal").draft.hash
    change(template, body, tone="dry")
    answer = carol.post(PAGE, {"draft": seen, "note": "Mine"})
    assert answer.status_code == 409
    assert "nothing was published" in answer.text
    assert 'value="Mine"' in answer.text
    assert draft().versions.count() == 1


def test_a_template_that_asks_for_tests_is_not_published_without_them(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    changed = change(template, body, require=Require(tests=True))
    assert "asks for tests" in read(carol, PAGE)
    assert carol.post(PAGE, {"draft": changed.draft.hash}).status_code == 422
    assert draft().versions.count() == 1


def test_each_version_says_how_many_reports_stand_on_it(
    template: ReportTemplate, report: Report, carol: Client
) -> None:
    assert "1 report" in read(carol, PAGE)
    Report.objects.update(purpose=Report.Purpose.PREVIEW)
    assert "0 reports" in read(carol, PAGE)


def test_any_two_are_compared(template: ReportTemplate, body: TemplateBody, carol: Client) -> None:
    publish(change(template, body, tone="formal"))
    change(template, body, tone="dry")
    assert "[removed: neutral]" in read(carol, f"{PAGE}compare/?old=1&new=2")
    assert "[added: dry]" in read(carol, f"{PAGE}compare/")
    assert "Both say the same" in read(carol, f"{PAGE}compare/?old=2&new=2")
    for wrong in ("9", "x", "99999999999999999999"):
        assert carol.get(f"{PAGE}compare/?old={wrong}").status_code == 404


def test_going_back_publishes_an_old_version_again(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    publish(change(template, body, tone="formal"))
    change(template, body, tone="dry")
    page = read(carol, f"{PAGE}1/again/")
    assert "published again as version 3" in page
    assert "The whole template is changed: tone." in page
    carol.post(f"{PAGE}1/again/", {"draft": draft().draft.hash})
    newest = draft().newest
    assert newest
    assert (newest.number, newest.note, newest.snapshot.parsed.tone) == (3, "Version 1 again", "neutral")
    assert draft().draft == newest.snapshot


def test_what_stood_in_the_draft_can_be_had_back(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    publish(change(template, body, tone="formal"))
    change(template, body, tone="dry")
    carol.post(f"{PAGE}1/again/", {"draft": draft().draft.hash})
    [kept] = draft().changes.all()
    assert (kept.what, str(kept.by)) == ("The draft went back to version 1", "carol")
    undo_change(kept, by=None)
    assert draft().draft.parsed.tone == "dry"


def test_of_the_newest_version_no_other_is_made(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    change(template, body, tone="dry")
    answer = carol.post(f"{PAGE}1/again/", {"draft": draft().draft.hash}, follow=True)
    assert "The draft is as version 1 again." in answer.text
    assert draft().versions.count() == 1
    assert draft().draft.parsed.tone == "neutral"
    assert "nothing to go back to" in read(carol, f"{PAGE}1/again/")


def test_nothing_goes_back_on_a_draft_that_was_changed_meanwhile(
    template: ReportTemplate, body: TemplateBody, carol: Client
) -> None:
    seen = draft().draft.hash
    change(template, body, tone="dry")
    assert carol.post(f"{PAGE}1/again/", {"draft": seen}).status_code == 409
    assert draft().draft.parsed.tone == "dry"
    assert carol.get(f"{PAGE}7/again/").status_code == 404


def test_reports_on_older_versions_are_listed_for_who_may_see_them(
    template: ReportTemplate, report: Report, body: TemplateBody, carol: Client
) -> None:
    publish(change(template, body, tone="formal"))
    assert "March" not in read(carol, PAGE)
    Report.objects.update(owner=User.objects.get(username="carol"))
    page = carol.get(PAGE).text
    assert "Reports on older versions" in page
    assert f"/reports/{report.pk}/move/" in page
