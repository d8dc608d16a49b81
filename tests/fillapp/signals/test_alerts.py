"""Alerts on their pages: set, changed, tried out, and what is wrong with a form said in a sentence."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.test import Client

from generation.models import Report
from signals.models import Alert, Raising, Signal
from templates.models import ReportTemplate, TemplateShare
from tests.fillapp.signals.reading import read_report

FORM = {
    "signal": "promises",
    "bound": "5",
    "hours": "24",
    "least": "10",
    "way": "email",
    "to": "a@example.org",
}


def make(client: Client, **more: str) -> Any:
    return client.post("/signals/alerts/new/", FORM | more)


def test_an_alert_is_set_and_shown(as_tess: Client, signal: Signal) -> None:
    response = make(as_tess, to="a@example.org, b@example.org")
    alert = Alert.objects.get()
    assert response["Location"] == f"/signals/alerts/{alert.pk}/"
    assert (alert.bound, alert.hours, alert.least, alert.addresses) == (
        0.05, 24, 10, ["a@example.org", "b@example.org"],
    )  # fmt: skip
    assert "Promises an outcome above 5\u00a0%" in as_tess.get("/signals/alerts/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("signal", "", "Choose a signal."),
        ("bound", "many", "Give a rate from 0 to under 100 per cent."),
        ("bound", "100", "Give a rate from 0 to under 100 per cent."),
        ("bound", "nan", "Give a rate from 0 to under 100 per cent."),
        ("hours", "0", "Give a number of hours from 1 to 2160."),
        ("least", "-1", "Give a number of texts from 1 to 100,000."),
        ("to", "", "Give 1 to 20 e-mail addresses"),
        ("to", "somebody", "“somebody” is no e-mail address"),
        ("way", "pigeon", "Choose e-mail or webhook."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    field: str, typed: str, sentence: str, as_tess: Client, signal: Signal
) -> None:
    response = make(as_tess, **{field: typed})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Alert.objects.exists()


def test_a_webhook_within_the_network_is_refused(as_tess: Client, signal: Signal) -> None:
    response = make(as_tess, way="webhook", to="http://127.0.0.1:8000/")
    assert "belongs to a private network" in response.content.decode()


def test_the_texts_it_looks_at_come_with_the_address(
    as_tess: Client, tess: User, signal: Signal, finished: Report
) -> None:
    read_report(finished, signal)
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=tess)
    template = str(finished.template_id)
    query = {"signal": "promises", "template": template, "block": "summary"}
    page = as_tess.get("/signals/alerts/new/", query).content.decode()
    assert '<option value="summary" selected>Summary</option>' in page
    make(as_tess, template=template, block="summary")
    assert Alert.objects.get().tags == {"template": template, "block": "summary"}


def test_whoever_does_not_see_the_template_cannot_lose_it(
    as_tess: Client, signal: Signal, finished: Report
) -> None:
    read_report(finished, signal)
    make(as_tess)
    alert = Alert.objects.get()
    Alert.objects.update(tags={"template": str(finished.template_id)})
    as_tess.post(f"/signals/alerts/{alert.pk}/", FORM | {"bound": "7"})
    alert.refresh_from_db()
    assert (alert.bound, alert.tags) == (0.07, {"template": str(finished.template_id)})


def test_a_changed_question_is_asked_anew(as_tess: Client, signal: Signal) -> None:
    make(as_tess)
    alert = Alert.objects.get()
    Raising.objects.create(alert=alert, read=20, flagged=5)
    as_tess.post(f"/signals/alerts/{alert.pk}/", FORM | {"to": "b@example.org"})
    assert Raising.objects.exists()
    as_tess.post(f"/signals/alerts/{alert.pk}/", FORM | {"bound": "50"})
    assert not Raising.objects.exists()


def test_a_test_is_sent_and_a_failure_is_said(as_tess: Client, signal: Signal) -> None:
    make(as_tess)
    act = f"/signals/alerts/{Alert.objects.get().pk}/act/"
    as_tess.post(act, {"do": "test"})
    assert mail.outbox[0].subject == "Test: alert on “Promises an outcome”"
    Alert.objects.update(way="webhook", to="http://10.0.0.1/")
    page = as_tess.post(act, {"do": "test"}, follow=True).content.decode()
    assert "The test was not sent. The webhook" in page


def test_it_is_paused_goes_on_and_is_deleted(as_tess: Client, signal: Signal) -> None:
    make(as_tess)
    act = f"/signals/alerts/{Alert.objects.get().pk}/act/"
    for wanted, paused in (("pause", True), ("go-on", False)):
        as_tess.post(act, {"do": wanted})
        assert Alert.objects.get().paused is paused
    as_tess.post(act, {"do": "delete"})
    assert not Alert.objects.exists()


def test_where_no_mail_server_is_set_the_page_says_so(as_tess: Client, signal: Signal) -> None:
    make(as_tess)
    assert "No mail server is set" in as_tess.get("/signals/alerts/").content.decode()


def test_whoever_only_looks_changes_nothing_and_reads_no_address(
    as_tess: Client, as_alice: Client, alice: User, signal: Signal
) -> None:
    make(as_tess)
    alert = Alert.objects.get()
    alice.user_permissions.add(Permission.objects.get(codename="view_reading"))
    page = as_alice.get(f"/signals/alerts/{alert.pk}/").content.decode()
    assert "a@example.org" not in page
    assert "1 address by e-mail" in page
    for address in (
        f"/signals/alerts/{alert.pk}/",
        f"/signals/alerts/{alert.pk}/act/",
        "/signals/alerts/new/",
    ):
        assert as_alice.post(address, FORM | {"do": "delete"}).status_code == 403
    assert Alert.objects.get().bound == 0.05


def test_nothing_is_kept_that_no_database_takes(as_tess: Client, signal: Signal) -> None:
    make(as_tess, way="webhook", to="https://example\0.org/", template="\0", kind="\0")
    alert = Alert.objects.get()
    assert "\0" not in alert.to
    assert alert.tags == {"template": "\ufffd", "kind": "\ufffd"}
