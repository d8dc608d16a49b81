"""Starting a report: uploads, slots, refusals."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from generation.models import Document, Report
from generation.profiles import ModelProfile
from generation.uploads import store_document
from templates.models import TemplateVersion
from tests.bench.mutate import write_xlsx
from tests.fillapp.conftest import TRANSCRIPT
from tests.generation.documents.tiny_pdf import write_pdf

ADDRESS = "/templates/minutes/start/"
AGENDA = b"1. The roof. 2. The lease."


def upload(client: Client, *files: tuple[str, bytes], **data: object) -> str:
    """What the page says after an upload."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post(ADDRESS, {"do": "add", "files": sent, **data})
    assert response.status_code == 200
    return response.content.decode()


def generate(client: Client, *documents: Document, **data: object) -> HttpResponseBase:
    ids = [document.pk for document in documents]
    return client.post(ADDRESS, {"do": "generate", "document": ids, **data})


def carried(html: str) -> list[int]:
    """The documents that the form carries on."""
    _, _, form = html.partition("data-start")
    return [int(pk) for pk in re.findall(r'name="document" value="(\d+)"', form)]


def chosen_slot(html: str, pk: int) -> str:
    select = re.search(rf'<select id="slot-{pk}".*?</select>', html, re.S)
    option = re.search(r'value="([^"]*)" selected', select.group()) if select else None
    return option.group(1) if option else ""


def test_the_page_says_which_documents_are_expected(version: TemplateVersion, as_alice: Client) -> None:
    html = as_alice.get(ADDRESS).content.decode()
    assert "Transcript" in html
    assert "Who said what" in html
    assert "required" in html


def test_an_uploaded_file_is_read_and_listed(version: TemplateVersion, as_alice: Client, alice: User) -> None:
    html = upload(as_alice, ("transcript.txt", TRANSCRIPT))
    document = Document.objects.get()
    assert document.owner == alice
    assert carried(html) == [document.pk]
    assert f"{document.tokens} tokens" in html


def test_pages_without_text_are_told_before_filling(version: TemplateVersion, as_alice: Client) -> None:
    html = upload(as_alice, ("plan.pdf", write_pdf([["The roof leaks."], []])))
    assert "2 pages, 1 with text" in html
    assert "Page 2 holds no text; it may be a scan." in html


def test_the_pages_of_a_workbook_are_sheets(version: TemplateVersion, as_alice: Client) -> None:
    html = upload(as_alice, ("costs.xlsx", write_xlsx([["Item", "Cost"], ["Roof", "1200"]])))
    assert "1 sheet · 1 table" in html


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


def test_an_unreadable_file_is_refused_beside_its_name_and_the_others_stay(
    version: TemplateVersion, as_alice: Client
) -> None:
    html = upload(as_alice, ("photo.heic", b"no text"), ("transcript.txt", TRANSCRIPT))
    assert "“photo.heic” is not a kind of file that can be read." in html
    assert [document.name for document in Document.objects.all()] == ["transcript.txt"]
    assert len(carried(html)) == 1


def test_the_name_of_a_file_is_text_and_nothing_else(version: TemplateVersion, as_alice: Client) -> None:
    html = upload(as_alice, ("<img src=x onerror=alert(1)>.txt", TRANSCRIPT))
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_warnings_stand_beside_the_document(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    document.warnings = ["Page 3 holds no text."]
    document.save()
    html = as_alice.post(ADDRESS, {"document": document.pk}).content.decode()
    assert "Page 3 holds no text." in html


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


def test_a_missing_document_is_said_and_what_was_uploaded_stays(
    version: TemplateVersion, as_alice: Client, document: Document
) -> None:
    agenda = {f"slot-{document.pk}": "agenda", f"guess-{document.pk}": "transcript"}
    response = generate(as_alice, document, title="March", **agenda)
    assert isinstance(response, HttpResponse)
    html = response.content.decode()
    assert response.status_code == 422
    assert "This template needs: Transcript." in html
    assert carried(html) == [document.pk]
    assert 'value="March"' in html
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
