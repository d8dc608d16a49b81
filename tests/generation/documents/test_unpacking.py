"""Zipped files that hold, or say they hold, more than may be read."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from generation.documents.isolation.limits import Limits
from generation.documents.passages import UnreadableDocument
from generation.documents.read import read_document
from tests.generation.documents.test_word import write_docx

TOO_LARGE = r"^“a.docx” is too large to be read: it unpacks to more than 1 MB\. Split it"


def with_part(name: str, size: int) -> bytes:
    file = BytesIO(write_docx())
    with ZipFile(file, "a", ZIP_DEFLATED) as package:
        package.writestr(name, b"0" * size)
    return file.getvalue()


def read_small(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return read_document(path, "a.docx", Limits(unpacked=1)).text


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=TOO_LARGE):
        read_small(with_part("word/more.xml", 1_500_000), tmp_path)


def test_a_part_that_says_it_is_small_is_measured(tmp_path: Path) -> None:
    size = 1_500_000
    lying = with_part("word/more.xml", size).replace(size.to_bytes(4, "little"), (5).to_bytes(4, "little"))
    with pytest.raises(UnreadableDocument, match=TOO_LARGE):
        read_small(lying, tmp_path)


def test_pictures_count_for_nothing_since_they_stay_packed(tmp_path: Path) -> None:
    assert "The committee met." in read_small(with_part("word/media/plan.PNG", 1_500_000), tmp_path)
