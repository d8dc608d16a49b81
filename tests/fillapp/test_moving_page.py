"""Moving a report to the newest version of its template: shown part by part, then done as seen."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from generation.models import Report, ReportShare
from templates.body import TemplateBody, read_body
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft


@pytest.fixture
def page(finished: Report) -> str:
    return f"/reports/{finished.pk}/move/"


@pytest.fixture
def newest(finished: Report, body: TemplateBody) -> TemplateVersion:
    """One block asks for other things, one is gone, one is new; the rest is as it was."""
    data = body.dump()
    data["blocks"] = [
        part | {"instructions": "Every risk."} if part.get("block") == "risks" else part
        for part in data["blocks"]
        if part.get("block") != "outcome"
    ]
    data["blocks"].append({"block": "next", "kind": "bullets", "title": "Next steps"})
    return publish(save_draft(read_body(data), slug="minutes"))


def fates(client: Client, address: str) -> list[str]:
    """What the page says of each part."""
    found = html.fromstring(client.get(address).content.decode()).find_class("fate")
    return [" ".join(one.text_content().split()) for one in found]


def seen(client: Client, address: str) -> str:
    """What the form of the page carries."""
    form = html.fromstring(client.get(address).content.decode()).find_class("publish")[0]
    return str(form.fields["seen"])


def test_the_page_says_what_becomes_of_each_part(
    page: str, newest: TemplateVersion, as_alice: Client
) -> None:
    assert fates(as_alice, page) == [
        "Summary Stays as it is",
        "Actions Stays as it is",
        "Risks Its text stays, marked: written for other instructions",
        "Next steps New and empty until it is written",
        "Outcome Goes out of sight; its text is kept",
    ]
    assert "</span>Every risk.<span" in as_alice.get(page).text


def test_a_report_is_moved_as_it_was_seen(
    page: str, newest: TemplateVersion, finished: Report, as_alice: Client
) -> None:
    answer = as_alice.post(page, {"seen": seen(as_alice, page)}, follow=True)
    finished.refresh_from_db()
    assert (finished.version, finished.snapshot) == (newest, newest.snapshot)
    assert "The report follows version 2 now." in answer.text
    assert [fill.block for fill in finished.fills.order_by("position")] == [
        "summary", "actions", "risks", "next",
    ]  # fmt: skip
    assert finished.fills.get(block="risks").stale


def test_what_was_seen_of_another_version_is_not_done(
    page: str, newest: TemplateVersion, finished: Report, body: TemplateBody, as_alice: Client
) -> None:
    before = seen(as_alice, page)
    publish(save_draft(body.model_copy(update={"tone": "dry"}), slug="minutes"))
    answer = as_alice.post(page, {"seen": before})
    assert answer.status_code == 409
    assert "nothing was moved" in answer.text
    finished.refresh_from_db()
    assert finished.version != newest


def test_a_report_on_the_newest_version_has_nowhere_to_go(
    page: str, finished: Report, as_alice: Client
) -> None:
    assert as_alice.get(page).status_code == 404
    assert as_alice.post(page).status_code == 302
    assert "/move/" not in as_alice.get(f"/reports/{finished.pk}/").text


def test_the_menu_of_the_report_leads_there(
    page: str, newest: TemplateVersion, finished: Report, as_alice: Client
) -> None:
    assert page in as_alice.get(f"/reports/{finished.pk}/").text


def test_whoever_may_only_view_the_report_does_not_move_it(
    page: str, newest: TemplateVersion, finished: Report, bob: User, as_bob: Client
) -> None:
    TemplateShare.objects.create(template=newest.template, user=bob)
    ReportShare.objects.create(report=finished, user=bob)
    assert as_bob.get(page).status_code == 404
    assert page not in as_bob.get(f"/reports/{finished.pk}/").text


def test_a_version_one_may_not_see_is_not_shown(
    page: str, newest: TemplateVersion, finished: Report, as_alice: Client
) -> None:
    TemplateShare.objects.all().delete()
    assert as_alice.get(page).status_code == 404


def test_a_part_that_went_out_of_sight_comes_back(
    page: str, newest: TemplateVersion, finished: Report, body: TemplateBody, as_alice: Client
) -> None:
    as_alice.post(page, {"seen": seen(as_alice, page)})
    publish(save_draft(body, slug="minutes"))
    assert "Outcome Comes back with its text" in fates(as_alice, page)
