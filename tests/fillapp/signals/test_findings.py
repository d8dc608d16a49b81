"""Findings: counts for all who see monitoring, texts and names only for those who may open them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from fillapp.accounts import ADMINISTRATOR
from generation.models import Report, ReportDocument
from generation.removal import delete_report
from generation.uploads import store_document
from signals.models import Backfill, ReadAll, Reading, Signal, Text
from signals.texts import keep_text
from templates.models import ReportTemplate, TemplateShare
from tests.fillapp.conftest import make_user
from tests.fillapp.signals.reading import read_report

FINDINGS, TEXTS = "/signals/monitoring/", "/signals/monitoring/texts/"


@pytest.fixture
def read(finished: Report, signal: Signal) -> Report:
    read_report(finished, signal)
    return finished


@pytest.fixture
def as_admin(db: None) -> Client:
    client = Client()
    client.force_login(make_user("adam", role=ADMINISTRATOR))
    return client


def show(client: Client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_every_signal_has_its_rate_and_its_chart(as_tess: Client, read: Report) -> None:
    page = show(as_tess, FINDINGS)
    assert "25\u00a0%" in page
    assert "1 of 4 texts" in page
    assert "chart-rate" in page
    assert "There from the first text on" in page


def test_what_is_flagged_most_often_comes_first(as_tess: Client, read: Report) -> None:
    Signal.objects.create(name="absent", title="Absent", kind="rule")
    cards = as_tess.get(FINDINGS).context["cards"]
    assert [card.signal.name for card in cards] == ["promises", "absent"]


def test_one_signal_has_its_figures_in_a_table(as_tess: Client, read: Report) -> None:
    page = show(as_tess, FINDINGS, signal="promises", by="day")
    today = timezone.localdate()
    assert f"since={today}&amp;until={today}" in page
    assert "By block" not in page, "only blocks of templates she may see have names"
    assert "By kind" in page


def test_templates_of_others_have_no_name(as_tess: Client, tess: User, read: Report) -> None:
    assert "Minutes" not in show(as_tess, FINDINGS, signal="promises")
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=tess)
    page = show(as_tess, FINDINGS, signal="promises")
    assert "Minutes: Summary" in page


def test_a_block_is_not_found_out_by_its_key(as_tess: Client, tess: User, read: Report) -> None:
    template = str(read.template_id)
    page = show(as_tess, FINDINGS, signal="promises", template=template, block="summary")
    assert "chart-rate" not in page
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=tess)
    page = show(as_tess, FINDINGS, signal="promises", template=template, block="summary")
    assert "1 of 1 texts" in page


def test_filters_that_fit_nothing_say_so(as_tess: Client, read: Report) -> None:
    assert "Nothing to show" in show(as_tess, FINDINGS, model="unheard-of")
    assert "none" not in show(as_tess, FINDINGS, signal="no-such-signal").split("<main")[0]


def test_readings_of_an_earlier_state_are_marked(as_tess: Client, read: Report, signal: Signal) -> None:
    assert "is-earlier" not in show(as_tess, FINDINGS, signal="promises")
    Signal.objects.update(made_by="taught anew")
    page = show(as_tess, FINDINGS, signal="promises")
    assert "is-earlier" in page
    assert "reads everything again as soon as" in page


def test_a_backfill_shows_how_far_it_is(as_tess: Client, read: Report, signal: Signal) -> None:
    Backfill.objects.update(state="running", done=1, flagged=1)
    page = show(as_tess, FINDINGS)
    assert "Reading everything again: 1 of 4 texts, 1 flagged so far." in page
    assert "data-moves" in page


def test_a_check_that_did_not_run_is_not_counted(as_tess: Client, read: Report) -> None:
    Reading.objects.filter(flagged=False).update(score=None, error="The server is away.")
    page = show(as_tess, FINDINGS, signal="promises")
    assert "1 of 1 texts" in page
    assert "did not run on 3 texts" in page


def test_a_stranger_sees_counts_and_no_text(as_tess: Client, read: Report) -> None:
    page = show(as_tess, TEXTS, signal="promises")
    assert "All went well." not in page
    assert "1 text. They stand in reports that nobody shared with you" in page
    assert f"/reports/{read.pk}/" not in page


def test_the_owner_reads_the_piece_that_was_flagged(
    as_alice: Client, alice: User, tess: User, read: Report
) -> None:
    alice.groups.set(tess.groups.all())
    page = show(as_alice, TEXTS, signal="promises")
    assert "All went well." in page
    assert f'href="/reports/{read.pk}/#block-summary"' in page


def test_business_users_are_refused(as_alice: Client, read: Report) -> None:
    for address in (FINDINGS, TEXTS, "/signals/clusters/", "/signals/alerts/"):
        assert as_alice.get(address).status_code == 403


def test_an_administrator_reads_nothing_more_until_the_switch_is_on(as_admin: Client, read: Report) -> None:
    assert "All went well." not in show(as_admin, TEXTS, signal="promises")
    assert not ReadAll.objects.exists()


def test_each_page_that_is_read_with_the_switch_on_is_kept(as_admin: Client, read: Report) -> None:
    as_admin.post("/signals/read-all/", {"purpose": "Complaint 12", "next": f"{TEXTS}?signal=promises"})
    assert not ReadAll.objects.exists()
    for _ in range(2):
        page = show(as_admin, TEXTS, signal="promises")
        assert "All went well." in page
        assert "Complaint 12" in page
    used = list(ReadAll.objects.all())
    assert [(one.by.username if one.by else "", one.what) for one in used] == [("adam", "Complaint 12")] * 2
    assert used[0].where.startswith(TEXTS)


def test_the_switch_needs_a_purpose_and_goes_off(as_admin: Client, read: Report) -> None:
    as_admin.post("/signals/read-all/", {"purpose": "  "})
    assert "All went well." not in show(as_admin, TEXTS, signal="promises")
    as_admin.post("/signals/read-all/", {"purpose": "Complaint 12"})
    as_admin.post("/signals/read-all/", {"do": "off"})
    assert "All went well." not in show(as_admin, TEXTS, signal="promises")


def test_the_switch_goes_off_after_an_hour_or_without_the_permission(
    as_admin: Client, read: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_admin.post("/signals/read-all/", {"purpose": "Complaint 12"})
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("fillapp.reading_all.timezone.now", lambda: later)
    assert "All went well." not in show(as_admin, TEXTS, signal="promises")
    monkeypatch.undo()
    as_admin.post("/signals/read-all/", {"purpose": "Complaint 12"})
    adam = User.objects.get(username="adam")
    adam.groups.set(make_user("tom", role="Super users").groups.all())
    assert "All went well." not in show(as_admin, TEXTS, signal="promises")
    assert not ReadAll.objects.exists()


def test_the_switch_is_not_for_others(as_tess: Client) -> None:
    assert as_tess.post("/signals/read-all/", {"purpose": "Curious"}).status_code == 403


def test_what_stands_out_is_looked_for_in_ones_own_reports(
    as_tess: Client, as_alice: Client, alice: User, tess: User, read: Report
) -> None:
    assert "No text to look at" in show(as_tess, "/signals/clusters/")
    alice.groups.set(tess.groups.all())
    page = show(as_alice, "/signals/clusters/")
    assert "Too little to tell" in page
    print(page[page.index("<select") :][:600])
    assert "Minutes: Summary" in page


def test_groups_can_be_taught_from(as_alice: Client, alice: User, tess: User, read: Report) -> None:
    from signals.models import Sample
    from signals.vectors import vectors_of
    from tests.signals.test_clusters import PLAIN, REFUSALS
    from tests.signals.texts import keep

    alice.groups.set(tess.groups.all())
    for number, said in enumerate(PLAIN + REFUSALS):
        keep(1000 + number, said, scope=f"report:{read.pk}", template=str(read.template_id))
    vectors_of(list(Sample.objects.values_list("said", flat=True)))
    page = show(as_alice, "/signals/clusters/", block=f"{read.template_id}:summary")
    assert "language" in page
    refused = Text.objects.get(origin=f"candidate:{1000 + len(PLAIN)}").samples.get()
    assert "/signals/new/?start=" in page
    assert str(refused.pk) in page


def test_reading_everything_again_is_for_those_who_teach(as_tess: Client, read: Report) -> None:
    as_tess.post("/signals/promises/backfill/change/", {"do": "start"})
    assert Backfill.objects.filter(state="running").count() == 1
    assert "Stop" in show(as_tess, "/signals/promises/backfill/")
    as_tess.post("/signals/promises/backfill/change/", {"do": "cancel"})
    assert not Backfill.objects.filter(state="running").exists()


def test_a_signal_starts_from_a_text_that_its_maker_may_read(
    as_tess: Client, read: Report, tess: User
) -> None:
    from generation.models import ReportShare
    from signals.models import Sample

    sample = Sample.objects.get(said="All went well.")
    form = {"title": "Too cheerful", "kind": "few_shot", "start": f"{sample.pk},x,"}
    as_tess.post("/signals/new/", form)
    assert "All went well." not in str(Signal.objects.get(title="Too cheerful").settings)
    ReportShare.objects.create(report=read, user=tess)
    as_tess.post("/signals/new/", form | {"title": "Far too cheerful"})
    assert Signal.objects.get(title="Far too cheerful").settings["phrase"] == "All went well."


def test_with_the_switch_on_what_is_deleted_stays_out_of_sight(as_admin: Client, read: Report) -> None:
    document = store_document(b"The lease of Ann Lee.", "lease.txt", owner=read.owner)
    ReportDocument.objects.create(report=read, document=document, position=1)
    scope = f"document:{document.pk}"
    sample = keep_text(scope, scope, "The lease of Ann Lee.", []).samples.get()
    as_admin.post("/signals/read-all/", {"purpose": "Complaint 12"})
    for number, phrase in ((1, "The lease of Ann Lee."), (2, "")):
        sent = {"title": f"New {number}", "kind": "few_shot", "start": sample.pk}
        as_admin.post("/signals/new/", sent)
        assert Signal.objects.get(title=f"New {number}").settings["phrase"] == phrase
        delete_report(read)
