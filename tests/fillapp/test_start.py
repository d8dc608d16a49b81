"""Starting a report: templates, slots, titles, refusals."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from generation.models import Document, Report, ReportDocument
from generation.profiles import ModelProfile
from generation.uploads import store_document
from templates.models import TemplateShare, TemplateVersion
from tests.fillapp.conftest import TRANSCRIPT
from tests.fillapp.starting import (
    ADDRESS,
    AGENDA,
    carried,
    chosen_slot,
    generate,
    publish_another,
    share,
    shown_title,
    upload,
)


def test_the_page_says_which_documents_are_expected(version: TemplateVersion, as_alice: Client) -> None:
    html = as_alice.get(ADDRESS).content.decode()
    assert "Transcript" in html
    assert "Who said what" in html
    assert "required" in html


def test_a_file_is_taken_for_what_its_name_says(version: TemplateVersion, as_alice: Client) -> None:
    html = upload(as_alice, ("agenda-march.txt", AGENDA), ("transcript.txt", TRANSCRIPT))
    assert [chosen_slot(html, pk) for pk in carried(html)] == ["agenda", "transcript"]


def test_a_better_file_takes_over_a_guessed_slot(
    version: TemplateVersion, as_alice: Client, alice: User
) -> None:
    first = store_document(b"It rained.", "notes.txt", alice)
    guessed = {f"slot-{first.pk}": "transcript", f"guess-{first.pk}": "transcript"}
    html = upload(as_alice, ("transcript.txt", TRANSCRIPT), document=first.pk, **guessed)
    assert [chosen_slot(html, pk) for pk in carried(html)] == ["", "transcript"]


def test_what_the_user_chose_is_kept(version: TemplateVersion, as_alice: Client, document: Document) -> None:
    chosen = {f"slot-{document.pk}": "agenda", f"guess-{document.pk}": "transcript"}
    html = upload(as_alice, ("more.txt", TRANSCRIPT), document=document.pk, **chosen)
    assert chosen_slot(html, document.pk) == "agenda"


def test_a_document_can_be_taken_out_again(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    data = {"document": document.pk, "do": f"remove-{document.pk}"}
    assert carried(as_alice.post(ADDRESS, data).content.decode()) == []


def test_a_foreign_document_cannot_be_carried_in(
    version: TemplateVersion, as_alice: Client, bob: User
) -> None:
    secret = store_document(TRANSCRIPT, "secret.txt", bob)
    html = as_alice.post(ADDRESS, {"document": secret.pk}).content.decode()
    assert "secret.txt" not in html
    assert generate(as_alice, secret).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("pk", ["x", "-1", "", "9999999999999999999999"])
def test_a_strange_id_is_no_document(pk: str, version: TemplateVersion, as_alice: Client) -> None:
    assert as_alice.post(ADDRESS, {"document": pk}).status_code == 200


def test_another_template_keeps_the_documents_and_guesses_anew(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    documents = [{"key": "evidence", "name": "Evidence"}, {"key": "notes", "name": "Transcript of a call"}]
    share(publish_another("Assessment", documents), version)
    chosen = {f"slot-{document.pk}": "agenda", f"guess-{document.pk}": "transcript", "slots-of": "minutes"}
    response = as_alice.post(ADDRESS, {"template": "assessment", "document": document.pk, **chosen})
    html = response.content.decode()
    assert carried(html) == [document.pk]
    assert chosen_slot(html, document.pk) == "notes"
    assert 'action="/templates/assessment/start/"' in html


def test_documents_can_be_added_before_a_template_is_chosen(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    share(publish_another("Assessment"), version)
    html = as_alice.post("/", {"document": document.pk}).content.decode()
    assert carried(html) == [document.pk]
    assert "Choose a template." in html
    response = as_alice.post("/", {"document": document.pk, "do": "generate"})
    assert response.status_code == 422
    assert "Choose a template: it says what the report holds." in response.content.decode()


def test_the_only_template_is_chosen(version: TemplateVersion, as_alice: Client) -> None:
    assert "checked" in as_alice.get("/").content.decode()


def test_a_template_of_the_form_that_is_no_more_is_not_started(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    response = generate(as_alice, document, template="gone")
    assert response.status_code == 422
    assert not Report.objects.exists()


def test_the_title_is_suggested_from_the_documents_until_somebody_types_one(
    version: TemplateVersion, as_alice: Client, alice: User
) -> None:
    first = store_document(b"Roof committee: transcript\n\nWe met.", "a.txt", alice)
    html = as_alice.post(ADDRESS, {"document": first.pk}).content.decode()
    assert shown_title(html) == "Roof committee – Minutes"
    second = store_document(b"Garden committee\n\nWe met.", "b.txt", alice)
    sent = {
        "document": second.pk,
        "title": "Roof committee – Minutes",
        "suggested": "Roof committee – Minutes",
    }
    html = as_alice.post(ADDRESS, sent).content.decode()
    assert shown_title(html) == "Garden committee – Minutes"
    html = as_alice.post(ADDRESS, sent | {"title": "My own"}).content.decode()
    assert shown_title(html) == "My own"


def test_a_report_without_a_typed_title_has_the_suggested_one(
    version: TemplateVersion, as_alice: Client
) -> None:
    file = SimpleUploadedFile("transcript.txt", b"Roof committee: transcript\n\nWe met.")
    as_alice.post(ADDRESS, {"do": "generate", "files": [file]})
    assert Report.objects.get().title == "Roof committee – Minutes"


def test_a_missing_document_is_said_before_anybody_generates(
    version: TemplateVersion, as_alice: Client, alice: User
) -> None:
    agenda = store_document(AGENDA, "agenda.txt", alice)
    html = as_alice.post(ADDRESS, {"document": agenda.pk}).content.decode()
    assert re.search(r"data-not-yet>This template needs: Transcript\.", html)


def test_a_link_may_carry_documents(version: TemplateVersion, as_alice: Client, document: Document) -> None:
    html = as_alice.get(ADDRESS, {"document": document.pk}).content.decode()
    assert carried(html) == [document.pk]


def test_documents_of_an_earlier_report_are_offered_and_added(
    report: Report, as_alice: Client, alice: User
) -> None:
    agenda = store_document(AGENDA, "agenda.txt", alice)
    ReportDocument.objects.create(report=report, document=agenda, position=1)
    page = as_alice.get(ADDRESS).content.decode()
    offered = [int(pk) for pk in re.findall(r'name="reuse" value="(\d+)"', page)]
    assert offered == [document.pk for document in report.documents.order_by("pk")]
    html = as_alice.post(ADDRESS, {"do": "add", "reuse": agenda.pk}).content.decode()
    assert carried(html) == [agenda.pk]
    html = as_alice.post(ADDRESS, {"do": f"reuse-{report.pk}"}).content.decode()
    assert carried(html) == offered
    assert 'name="reuse"' not in html


def test_documents_of_a_foreign_report_are_not_offered(
    report: Report, version: TemplateVersion, as_bob: Client, bob: User, document: Document
) -> None:
    TemplateShare.objects.create(template=version.template, user=bob)
    assert 'name="reuse"' not in as_bob.get(ADDRESS).content.decode()
    for data in ({"do": f"reuse-{report.pk}"}, {"reuse": document.pk}, {"do": "reuse-x"}):
        assert carried(as_bob.post(ADDRESS, data).content.decode()) == []
    assert carried(as_bob.get(ADDRESS, {"from": report.pk}).content.decode()) == []


def test_a_report_that_is_started_again_has_its_documents_at_hand(report: Report, as_alice: Client) -> None:
    html = as_alice.get(ADDRESS, {"from": report.pk}).content.decode()
    assert '<details class="earlier" open>' in html
    assert as_alice.get(ADDRESS, {"from": "x"}).status_code == 200


def test_whoever_may_not_start_reports_is_told_whom_to_ask(
    version: TemplateVersion, alice: User, as_alice: Client, document: Document
) -> None:
    alice.groups.clear()
    assert as_alice.get("/").status_code == 403
    assert as_alice.get(ADDRESS).status_code == 403
    assert generate(as_alice, document).status_code == 403
    answer = as_alice.post("/documents/", {"file": SimpleUploadedFile("a.txt", b"a")})
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.json()["refused"]
    assert Document.objects.count() == 1
    assert not Report.objects.exists()


def test_generating_makes_a_report_and_leads_to_it(
    version: TemplateVersion, as_alice: Client, document: Document, alice: User
) -> None:
    slot = {f"slot-{document.pk}": "transcript"}
    response = generate(as_alice, document, title="March", **slot)
    report = Report.objects.get()
    assert response.headers["Location"] == f"/reports/{report.pk}/"
    assert (report.title, report.owner, report.version) == ("March", alice, version)
    assert report.started


def test_files_chosen_but_not_yet_uploaded_are_part_of_the_report(
    version: TemplateVersion, as_alice: Client
) -> None:
    file = SimpleUploadedFile("transcript.txt", TRANSCRIPT)
    assert as_alice.post(ADDRESS, {"do": "generate", "files": [file]}).status_code == 302
    assert Report.objects.get().documents.get().name == "transcript.txt"


def test_nothing_starts_while_a_file_was_refused(version: TemplateVersion, as_alice: Client) -> None:
    files = [SimpleUploadedFile("transcript.txt", TRANSCRIPT), SimpleUploadedFile("photo.heic", b"x")]
    html = as_alice.post(ADDRESS, {"do": "generate", "files": files}).content.decode()
    assert "photo.heic" in html
    assert len(carried(html)) == 1
    assert not Report.objects.exists()


def test_the_window_of_the_model_is_shown_and_held(
    version: TemplateVersion, as_alice: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = ModelProfile.model_validate({"name": "small", "model": "small", "window": 50})
    monkeypatch.setattr("fillapp.pages.start.case.default_profile", lambda: profile)
    monkeypatch.setattr("generation.reports.default_profile", lambda: profile)
    html = as_alice.post(ADDRESS, {"document": document.pk}).content.decode()
    assert "of 50 tokens the model can read at once" in html
    assert "Leave out" in html
    assert generate(as_alice, document, **{f"slot-{document.pk}": "transcript"}).status_code == 422
