"""Documents of a new report: what is read, what is refused, what is said of each."""

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from generation.models import Document, Report
from generation.uploads import store_document
from templates.models import TemplateVersion
from tests.bench.mutate import write_xlsx
from tests.fillapp.conftest import TRANSCRIPT
from tests.fillapp.starting import ADDRESS, carried, generate, send, upload
from tests.generation.documents.tiny_pdf import write_pdf


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


def test_a_file_of_its_own_is_stored_and_answered_with_its_id(as_alice: Client, alice: User) -> None:
    answer = send(as_alice, "transcript.txt", TRANSCRIPT)
    document = Document.objects.get()
    assert answer == {"document": document.pk}
    assert document.owner == alice


def test_a_file_that_cannot_be_read_is_answered_with_the_reason(as_alice: Client) -> None:
    answer = send(as_alice, "photo.heic", b"no text")
    assert str(answer["refused"]).startswith("“photo.heic” is not a kind of file that can be read.")
    assert not Document.objects.exists()


def test_a_file_that_is_too_large_is_not_even_read(as_alice: Client, settings: Settings) -> None:
    settings.FILL_LARGEST_UPLOAD = 0
    assert "larger than 0 MB" in str(send(as_alice, "transcript.txt", TRANSCRIPT)["refused"])


def test_the_same_file_is_not_read_twice(as_alice: Client, document: Document) -> None:
    answer = send(as_alice, "copy.txt", TRANSCRIPT, document=document.pk)
    assert answer == {
        "refused": "“copy.txt” is the same file as “transcript.txt”, which is here already.",
    }
    assert Document.objects.count() == 1


def test_the_file_that_replaces_one_is_no_copy_of_it(as_alice: Client, document: Document) -> None:
    data = {"document": document.pk, "do": f"remove-{document.pk}"}
    assert "document" in send(as_alice, "copy.txt", TRANSCRIPT, **data)


def test_a_foreign_document_gives_nothing_away(as_alice: Client, bob: User) -> None:
    secret = store_document(TRANSCRIPT, "secret.txt", bob)
    assert "document" in send(as_alice, "mine.txt", TRANSCRIPT, document=secret.pk)


def test_an_upload_without_a_file_says_so(as_alice: Client) -> None:
    assert as_alice.post("/documents/").json() == {"refused": "No file arrived. Add it again."}


def test_the_same_file_twice_is_said_and_added_once(version: TemplateVersion, as_alice: Client) -> None:
    html = upload(as_alice, ("transcript.txt", TRANSCRIPT), ("copy.txt", TRANSCRIPT))
    assert len(carried(html)) == 1
    assert "“copy.txt” is the same file as “transcript.txt”, which is here already." in html


def test_what_systems_leave_in_folders_is_left_out_quietly(
    version: TemplateVersion, as_alice: Client
) -> None:
    litter = [(name, b"x") for name in (".DS_Store", "Thumbs.db", "~$transcript.docx", "desktop.ini")]
    html = upload(as_alice, ("transcript.txt", TRANSCRIPT), *litter)
    assert len(carried(html)) == 1
    assert "Not added" not in html


def test_a_stranger_cannot_upload(client: Client, db: None) -> None:
    response = client.post("/documents/", {"file": SimpleUploadedFile("a.txt", b"a")})
    assert response.headers["Location"] == "/sign-in/?next=/documents/"
    assert not Document.objects.exists()


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
