"""The preview beside the editor: what it says before it can be written, how blocks stand, refused files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from generation.examples import add_documents, add_example_case
from generation.models import ExampleCase
from templates.models import ReportTemplate
from tests.factories import make_document

PAGE = "/templates/minutes/"
PREVIEW = f"{PAGE}preview/"


@pytest.fixture
def case(author: Client) -> ExampleCase:
    case = add_example_case(ReportTemplate.objects.get())
    add_documents(case, [make_document()])
    return case


def test_without_an_example_the_pane_asks_for_one(author: Client) -> None:
    page = author.get(PREVIEW).content.decode()
    assert "Add example documents" in page
    assert "Drafted from the transcript." in page
    answer = author.post(PREVIEW, {"do": "all"}).json()
    assert answer["error"] == "Add example documents first: the preview is written from them."


def test_uploaded_files_become_the_first_example(author: Client) -> None:
    files = [SimpleUploadedFile("notes.txt", b"Ann agreed.")]
    assert author.post(f"{PAGE}examples/", {"files": files, "example": ""}).json() == {"refused": []}
    [case] = ReportTemplate.objects.get().example_cases.all()
    assert [row.document.name for row in case.example_documents.all()] == ["notes.txt"]
    assert "Made from 1 example document" in author.get(PREVIEW).content.decode()


def test_a_file_that_cannot_be_read_is_refused_in_words_and_the_others_are_kept(author: Client) -> None:
    files = [SimpleUploadedFile("scan.pdf", b"%PDF-1.4"), SimpleUploadedFile("notes.txt", b"Ann agreed.")]
    [refused] = author.post(f"{PAGE}examples/", {"files": files}).json()["refused"]
    assert "scan.pdf" in refused
    [case] = ReportTemplate.objects.get().example_cases.all()
    assert case.example_documents.count() == 1


def test_a_block_that_was_never_written_says_so_and_nothing_more(author: Client, case: ExampleCase) -> None:
    shows = {"example": str(case.pk), "shown": "block-summary"}
    state = author.get(f"{PREVIEW}states/", shows).json()["preview"]
    assert "Not written yet" in state["states"]["block-risks"]
    assert "block-summary" not in state["html"]
    assert "block-risks" in state["html"]
    assert "4 of 4 not up to date" in state["line"]


def test_a_block_added_later_is_not_written_yet_either(author: Client, case: ExampleCase) -> None:
    author.get(PREVIEW)
    sent = {"do": "add", "what": "kind:bullets", "after": "block-risks", "example": case.pk, "shown": ""}
    answer = author.post(f"{PAGE}parts/", sent).json()
    assert "Not written yet" in answer["preview"]["states"][answer["added"]]


def test_a_title_is_shown_in_the_preview_as_soon_as_it_is_saved(author: Client, case: ExampleCase) -> None:
    shown = " ".join(author.get(f"{PREVIEW}states/", {"example": case.pk}).json()["preview"]["order"])
    post = {"block.risks.title": "What may go wrong", "block.risks.kind": "bullets"}
    now = author.get(f"{PAGE}draft/").json()["draft"]
    sent = post | {"example": case.pk, "shown": shown, "draft": now}
    preview = author.post(f"{PAGE}parts/block-risks/", sent).json()["preview"]
    assert list(preview["html"]) == ["block-risks"]
    assert "What may go wrong" in preview["html"]["block-risks"]


def test_an_example_that_is_gone_gives_way_to_the_first(author: Client, case: ExampleCase) -> None:
    assert author.get(PREVIEW, {"example": "4711"}).status_code == 200
    assert author.get(f"{PREVIEW}states/", {"example": "nonsense"}).json()["preview"]["order"]
