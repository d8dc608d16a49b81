"""Damaged Word files: what can be had is had, and what was lost is told."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from templates.word.parts import ListItem, Paragraph
from templates.word.read.document import UnreadableWord, read_word_and_warnings
from tests.templates.word.files import paragraph, word_file

DAMAGED = "The file is damaged: text may be missing or wrong in places."


def many_words() -> str:
    return "".join(paragraph(f"Sentence number {n} says {n * n * 7919 % 100_003}.") for n in range(2000))


def remake(file: BytesIO, name: str, data: bytes) -> BytesIO:
    """The file with another content of one part."""
    made = BytesIO()
    with ZipFile(file) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, data if part == name else old.read(part))
    made.seek(0)
    return made


def test_a_file_cut_off_keeps_what_came_before() -> None:
    whole = word_file(many_words()).getvalue()
    parts, (warning,) = read_word_and_warnings(BytesIO(whole[: len(whole) * 2 // 3]))
    assert parts[0] == Paragraph("Sentence number 0 says 0.")
    assert 500 < len(parts) < 2000
    assert warning.startswith(DAMAGED)


def test_a_file_without_its_directory_is_read_whole() -> None:
    whole = word_file(paragraph("kept")).getvalue()
    parts, warnings = read_word_and_warnings(BytesIO(whole[: whole.index(b"PK\1\2")]))
    assert (parts, len(warnings)) == ([Paragraph("kept")], 1)


def test_text_before_an_error_in_the_xml_is_kept() -> None:
    file = word_file(paragraph("kept") + "<w:p><w:r><w:t>cut</w:r></w:p>" + paragraph("lost"))
    parts, warnings = read_word_and_warnings(file)
    assert parts[0] == Paragraph("kept")
    assert Paragraph("lost") not in parts
    assert warnings[0].startswith(DAMAGED)


def test_a_document_of_which_no_text_is_left_is_refused() -> None:
    with pytest.raises(UnreadableWord, match="XML cannot be read"):
        read_word_and_warnings(word_file("<w:p><w:r></w:p>"))


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        ("styles", "styles (what is a heading)"),
        ("numbering", "list numbers"),
        ("footnotes", "footnotes"),
        ("endnotes", "endnotes"),
    ],
)
def test_a_broken_side_part_is_told_and_the_text_is_read(part: str, lost: str) -> None:
    file = remake(word_file(paragraph("kept"), **{part: ""}), f"word/{part}.xml", b"<broken")
    assert read_word_and_warnings(file) == (
        [Paragraph("kept")],
        [f"The file is damaged: its {lost} could not be read."],
    )


def test_a_list_whose_numbering_is_lost_is_still_a_list() -> None:
    item = paragraph("kept", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    file = remake(word_file(item, numbering=""), "word/numbering.xml", b"<broken")
    assert read_word_and_warnings(file)[0] == [ListItem("kept")]


def test_a_part_that_has_lost_its_name_is_passed_over() -> None:
    whole = word_file(paragraph("kept")).getvalue().partition(b"PK\1\2")[0]
    nameless = b"PK\3\4" + bytes(14) + (4).to_bytes(4, "little") * 2 + bytes(4) + b"text"
    parts, _ = read_word_and_warnings(BytesIO(whole + nameless))
    assert parts == [Paragraph("kept")]
