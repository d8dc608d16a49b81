"""Starting a report: uploads, slots, titles, refusals."""

import re
from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from generation.models import Document, Report, ReportDocument
from generation.profiles import ModelProfile
from generation.uploads import store_document
from templates.body import read_body
from templates.models import TemplateShare, TemplateVersion
from templates.publish import publish, save_draft
from tests.bench.mutate import write_xlsx
from tests.fillapp.conftest import BODY, TRANSCRIPT
from tests.generation.documents.tiny_pdf import write_pdf

ADDRESS = "/templates/minutes/start/"
AGENDA = b"1. The roof. 2. The lease."


def upload(client: Client, *files: tuple[str, bytes], **data: object) -> str:
    """What the page says after an upload."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post(ADDRESS, {"do": "add", "files": sent, **data})
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, content: bytes, **data: object) -> dict[str, object]:
    """What a file sent alone is answered with."""
    response = client.post("/documents/", {"file": SimpleUploadedFile(name, content), **data})
    assert response.status_code == 200
    answer: dict[str, object] = response.json()
    return answer


def publish_another(name: str, documents: Sequence[dict[str, str]] = ()) -> TemplateVersion:
    body = read_body(BODY | {"name": name, "documents": list(documents)})
    return publish(save_draft(body, slug=name.lower()))


def share(other: TemplateVersion, version: TemplateVersion) -> None:
    """Show a template to whom this version's template is shown."""
    for one in version.template.shares.all():
        TemplateShare.objects.create(template=other.template, user=one.user)


def shown_title(html: str) -> str:
    found = re.search(r'name="title"[^>]* value="([^"]*)"', html)
    return found.group(1) if found else ""


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
    home = as_alice.get("/")
    assert home.status_code == 200
    assert "Ask an administrator" in home.content.decode()
    assert as_alice.get(ADDRESS).status_code == 403
    assert generate(as_alice, document).status_code == 403
    answer = as_alice.post("/documents/", {"file": SimpleUploadedFile("a.txt", b"a")})
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.json()["refused"]
    assert Document.objects.count() == 1
    assert not Report.objects.exists()


def test_a_stranger_cannot_upload(client: Client, db: None) -> None:
    response = client.post("/documents/", {"file": SimpleUploadedFile("a.txt", b"a")})
    assert response.headers["Location"] == "/sign-in/?next=/documents/"
    assert not Document.objects.exists()


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
