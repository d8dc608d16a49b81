"""What is read, what is refused, and the places passages are said to stand at."""

from pathlib import Path

import pytest

from generation.documents.passages import Place, UnreadableDocument, describe_place
from generation.documents.read import SUFFIXES, read_document
from tests.generation.documents.conftest import Read


def test_a_file_of_another_kind_is_told_which_kinds_are_read(read: Read) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read("tool.exe", b"MZ")
    assert str(refused.value) == (
        "“tool.exe” is not a kind of file that can be read. "
        f"Use {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}."
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_refused(read: Read, suffix: str) -> None:
    with pytest.raises(UnreadableDocument, match="is an empty file"):
        read(f"a{suffix}", b"")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_junk_under_any_name_is_refused_with_a_sentence(read: Read, suffix: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^“a{suffix}” .*\.$"):
        read(f"a{suffix}", b"\x00\xff\xfe\x01" * 50)


def test_a_file_with_nothing_but_space_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="holds no text"):
        read("a.txt", " \n\n \t ")


def test_the_name_tells_the_kind_whatever_its_case(tmp_path: Path) -> None:
    path = tmp_path / "3f2a"
    path.write_text("Text")
    assert read_document(path, "NOTES.TXT").text == "Text"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(page=3), "page 3"),
        (Place(sheet="Budget", first_row=2, last_row=14), "sheet Budget, rows 2–14"),
        (Place(sheet="Budget", first_row=2, last_row=2), "sheet Budget, row 2"),
        (Place(first_row=2, last_row=14), "rows 2–14"),
        (Place(headings=("Minutes", "Actions")), "Minutes › Actions"),
        (Place(), ""),
    ],
)
def test_a_place_is_described_in_words(place: Place, words: str) -> None:
    assert describe_place(place) == words
