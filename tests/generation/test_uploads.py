"""Uploads: a file is read once and stored with its text, its passages and its counts."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from generation.documents.passages import UnreadableDocument
from generation.models import Document
from generation.tokens import count_tokens
from generation.uploads import store_document, store_documents
from tests.factories import TRANSCRIPT

pytestmark = pytest.mark.django_db
SHEET = b"Item,Cost\nRoof,1200\nBoiler,300\n"
ODD_NAMES = ["../../../evil.txt", "..\\..\\evil.txt", "/tmp/evil.txt", "….txt", "会" * 250 + ".txt"]
NO_ENDING = ["", ".", "..", "/", "a/..", "noending", "x." + "y" * 300, "program.exe", ".txt"]


def stored(name: str, content: bytes = TRANSCRIPT.encode()) -> Document:
    return Document.objects.get(pk=store_document(content, name).pk)


def test_a_document_keeps_its_text_its_counts_and_its_hash() -> None:
    document = stored("minutes.txt")

    assert document.text.strip() == TRANSCRIPT.strip()
    assert document.tokens == count_tokens(document.text)
    assert document.sha256 == hashlib.sha256(TRANSCRIPT.encode()).hexdigest()
    assert document.size == len(TRANSCRIPT)
    assert document.warnings == []


def test_the_file_itself_is_kept_unchanged() -> None:
    document = stored("sheet.csv", SHEET)

    assert document.file.read() == SHEET


def test_passages_know_their_place_in_the_text() -> None:
    text = b"# First\n\nThe roof leaks.\n\n# Second\n\nThe lease was deferred.\n"

    document = stored("notes.md", text)

    passages = list(document.passages.all())
    assert passages
    assert "The lease was deferred." in document.text[passages[-1].start : passages[-1].end]
    assert passages[-1].place.headings == ("Second",)


def test_the_rows_of_a_sheet_are_kept_with_its_passages() -> None:
    document = stored("sheet.csv", SHEET)

    place = document.passages.get().place
    assert document.tables == 1
    assert (place.first_row, place.last_row) == (1, 3)


def test_a_document_belongs_to_who_uploaded_it() -> None:
    alice = User.objects.create_user("alice")

    assert store_document(SHEET, "sheet.csv", alice).owner == alice


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("/etc/cron.d/job.txt", "job.txt"),
        ("C:\\Users\\Ann\\notes.txt", "notes.txt"),
        ("a\x00b\x07.txt", "a\ufffdb\ufffd.txt"),
        ("two\nlines .txt", "two lines .txt"),
        ("Bericht (größer).txt", "Bericht (größer).txt"),
        ("x" * 400 + ".txt", "x" * 251 + ".txt"),
    ],
)
def test_a_name_is_the_last_part_of_a_path_on_one_line(given: str, kept: str) -> None:
    assert stored(given).name == kept


@pytest.mark.parametrize("name", ODD_NAMES)
def test_whatever_its_name_a_file_is_written_among_the_documents(name: str) -> None:
    path = str(stored(name).file)

    assert path.startswith("documents/")
    assert ".." not in path
    assert len(Path(path).name.encode()) < 60
    assert default_storage.exists(path)


@pytest.mark.parametrize("name", NO_ENDING)
def test_a_name_without_a_known_ending_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"is not a kind of file that can be read\. Use "):
        store_document(TRANSCRIPT.encode(), name)


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "empty.txt"), (b" \n", "blank.txt"), (b"%PDF-1.7", "broken.pdf")]
)
def test_a_refused_file_leaves_nothing_behind(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableDocument):
        store_document(content, name)

    assert not Document.objects.exists()


def test_two_files_of_one_name_are_two_documents() -> None:
    first, second = stored("a.txt", b"The roof leaks today."), stored("a.txt", b"The roof is mended.")

    assert first.file.name != second.file.name
    assert first.text != second.text


def test_the_same_file_twice_is_stored_under_two_names() -> None:
    assert stored("a.txt").file.name != stored("a.txt").file.name


def test_of_several_files_each_is_a_document_or_a_reason_in_their_order() -> None:
    files = [(b"One.", "a.txt"), (b"%PDF-1.7", "b.pdf"), (b"Three.", "c.txt"), (b"", "d.txt")]

    first, second, third, fourth = store_documents(files)

    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (first.text, third.text) == ("One.", "Three.")
    assert "“b.pdf” is damaged" in str(second)
    assert "“d.txt” is an empty file" in str(fourth)
    assert Document.objects.count() == 2


def test_no_files_are_no_documents() -> None:
    assert store_documents([]) == []


def test_the_limits_of_reading_are_settings(settings: Any) -> None:
    settings.FILL_READ_TEXT = 0

    with pytest.raises(UnreadableDocument, match="holds more than 0 MB of text"):
        store_document(TRANSCRIPT.encode(), "a.txt")
