"""Files under another kind's name: read as what they are, or told what they are."""

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest

from generation.documents.ole import runs_in_circles, top_names
from generation.documents.passages import UnreadableDocument
from tests.generation.documents.conftest import Read
from tests.generation.documents.test_word import write_docx
from tests.generation.documents.tiny_ole import write_ole
from tests.generation.documents.tiny_pdf import write_pdf

NOT_WHAT_IT_SAYS = "though its name says otherwise; it was read as one."


def zipped(**members: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.txt", "a", "a.scan"])
def test_a_pdf_under_another_name_is_read_as_a_pdf(read: Read, name: str) -> None:
    document = read(name, write_pdf([["The roof leaks."]]))
    assert "The roof leaks." in document.text
    assert document.warnings[0] == f"The file is a PDF file, {NOT_WHAT_IT_SAYS}"


def test_a_word_file_under_a_spreadsheets_name_is_read_as_a_word_file(read: Read) -> None:
    document = read("a.xlsx", write_docx())
    assert "The committee met." in document.text
    assert document.warnings == (f"The file is a Word file, {NOT_WHAT_IT_SAYS}",)


def test_a_web_page_that_a_program_saved_for_word_is_read(read: Read) -> None:
    document = read("a.docx", "\ufeff<html><body><p>The roof leaks.</p></body></html>")
    assert document.text == "The roof leaks."
    assert document.warnings == (f"The file is a web page, {NOT_WHAT_IT_SAYS}",)


def test_a_text_about_web_pages_stays_text(read: Read) -> None:
    assert read("a.txt", "<html> is how a page begins.").text == "<html> is how a page begins."


@pytest.mark.parametrize("name", ["a.docm", "a.dotx", "a.DOTM"])
def test_templates_and_macro_files_are_word_files(read: Read, name: str) -> None:
    assert read(name, write_docx()).warnings == ()


@pytest.mark.parametrize(("stream", "kind"), [("WordDocument", ".doc"), ("PowerPoint Document", ".ppt")])
def test_an_old_office_file_says_what_to_save_it_as(read: Read, stream: str, kind: str) -> None:
    for name in (f"a{kind}x", f"a{kind}", "a.txt"):
        with pytest.raises(UnreadableDocument, match=rf"\({kind}\)\. Save it as {kind}x and upload that\."):
            read(name, write_ole("\5SummaryInformation", stream))


def test_an_encrypted_office_file_asks_for_a_copy_without_password(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="is protected with a password"):
        read("a.docx", write_ole("EncryptionInfo", "EncryptedPackage"))


def test_a_word_about_encryption_in_an_old_file_locks_nothing() -> None:
    container = write_ole("WordDocument") + "EncryptedPackage".encode("utf-16-le")
    assert top_names(container) == ["WordDocument"]


def test_an_old_container_whose_directory_runs_in_a_circle_ends() -> None:
    container = bytearray(write_ole("WordDocument"))
    container[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert "WordDocument" in top_names(bytes(container))


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused_before_it_fills_the_memory(read: Read) -> None:
    container = bytearray(write_ole("Workbook"))
    assert not runs_in_circles(bytes(container))
    container[512 + 4 * 7 : 512 + 4 * 9] = struct.pack("<2I", 8, 7)
    with pytest.raises(UnreadableDocument, match="is damaged"):
        read("a.xls", bytes(container))


def test_a_spreadsheet_whose_library_gives_up_is_damaged(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="is damaged"):
        read("a.xls", write_ole("Workbook")[:-100])


def test_an_archive_is_told_to_be_unpacked(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"is a ZIP archive and no Office file\. Unpack it"):
        read("a.docx", zipped(notes="The roof leaks."))


def test_a_picture_is_told_to_be_recognised(read: Read) -> None:
    for name in ("scan.jpg", "scan.pdf"):
        with pytest.raises(UnreadableDocument, match=r"is a picture. Run text recognition \(OCR\)"):
            read(name, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200))
