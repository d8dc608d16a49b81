"""Who may open what: strangers are sent to the door, and what is not theirs does not exist."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from generation.models import Fill, Report, ReportShare
from templates.models import TemplateVersion

OF_A_REPORT = ["report", "report_stream", "report_word", "report_result", "report_preview"]
CHANGES = ["report_cancel", "report_retry"]


@pytest.mark.parametrize("name", [*OF_A_REPORT, *CHANGES])
def test_a_stranger_is_sent_to_the_door(name: str, report: Report, client: Client) -> None:
    address = reverse(name, args=[report.pk])
    response = client.post(address) if name in CHANGES else client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/sign-in/?next={address}"


@pytest.mark.parametrize("address", ["/", "/reports/", "/templates/minutes/start/"])
def test_no_page_opens_to_a_stranger(address: str, version: TemplateVersion, client: Client) -> None:
    assert client.get(address).headers["Location"] == f"/sign-in/?next={address}"


@pytest.mark.parametrize("name", OF_A_REPORT)
def test_a_foreign_report_does_not_exist(name: str, report: Report, as_bob: Client) -> None:
    assert as_bob.get(reverse(name, args=[report.pk])).status_code == 404


@pytest.mark.parametrize("name", CHANGES)
def test_a_foreign_report_cannot_be_changed(name: str, report: Report, as_bob: Client) -> None:
    assert as_bob.post(reverse(name, args=[report.pk])).status_code == 404
    assert set(report.fills.values_list("state", flat=True)) == {Fill.State.WAITING}


@pytest.mark.parametrize("name", CHANGES)
def test_whoever_was_only_shown_a_report_cannot_change_it(
    name: str, report: Report, as_bob: Client, bob: User
) -> None:
    ReportShare.objects.create(report=report, user=bob)
    assert as_bob.get(reverse("report", args=[report.pk])).status_code == 200
    assert as_bob.post(reverse(name, args=[report.pk])).status_code == 404


@pytest.mark.parametrize("name", CHANGES)
def test_a_link_changes_nothing(name: str, report: Report, as_alice: Client) -> None:
    assert as_alice.get(reverse(name, args=[report.pk])).status_code == 405


def test_a_foreign_template_cannot_be_started(version: TemplateVersion, as_bob: Client) -> None:
    assert as_bob.get("/templates/minutes/start/").status_code == 404


def test_a_report_that_never_was_has_a_page_that_says_so(as_alice: Client) -> None:
    assert as_alice.get(f"/reports/{10**30}/").status_code == 404
    response = as_alice.get("/reports/4711/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_the_right_password_opens_the_gallery(alice: User, client: Client) -> None:
    response = client.post("/sign-in/", {"username": "alice", "password": "pass-for-alice"})
    assert response.headers["Location"] == "/"


def test_a_wrong_password_is_answered_without_saying_which_part_was_wrong(
    alice: User, client: Client
) -> None:
    known = client.post("/sign-in/", {"username": "alice", "password": "wrong"}).content.decode()
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "wrong"}).content.decode()
    sentence = "That user name and password do not fit together."
    assert sentence in known
    assert sentence in unknown


def test_the_door_leads_nowhere_else(alice: User, client: Client) -> None:
    data = {"username": "alice", "password": "pass-for-alice", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", data).headers["Location"] == "/"


def test_signing_out_takes_a_post(as_alice: Client) -> None:
    assert as_alice.get("/sign-out/").status_code == 405
    assert as_alice.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert as_alice.get("/").status_code == 302


def test_every_answer_carries_the_content_policy(as_alice: Client, report: Report) -> None:
    for address in ("/", "/reports/", f"/reports/{report.pk}/", "/nowhere/"):
        policy = as_alice.get(address).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_no_page_holds_inline_script_or_style(as_alice: Client, finished: Report) -> None:
    for address in ("/", "/reports/", f"/reports/{finished.pk}/", "/templates/minutes/start/"):
        html = as_alice.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert html.count("<script") == html.count('<script type="module" src=')
