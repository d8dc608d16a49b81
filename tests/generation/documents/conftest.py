"""Files written for one test and read back, with what holds for every read document checked."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generation.documents.passages import ReadDocument
from generation.documents.read import read_document

Read = Callable[[str, bytes | str], ReadDocument]

_MARKER = re.compile(r"\s*(?:\[(?:page|sheet|slide|attachment) [^\n]*\]\s*)*")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(name: str, data: bytes | str) -> ReadDocument:
        path = tmp_path / "upload"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        document = read_document(path, name)
        check_passages(document)
        return document

    return write_and_read


def check_passages(document: ReadDocument) -> None:
    """Passages are in order, do not overlap, and cover all text but the markers."""
    end = 0
    for passage in document.passages:
        assert end <= passage.start < passage.end
        assert _MARKER.fullmatch(document.text[end : passage.start])
        end = passage.end
    assert not document.text[end:].strip()


def quotes(document: ReadDocument) -> list[str]:
    return [document.text[passage.start : passage.end] for passage in document.passages]
