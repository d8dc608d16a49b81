"""Pages drawn by LibreOffice itself, and what holds when it hangs, fails or is not there."""

import io
import os
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from generation.word_pages.libreoffice import CannotDraw, convert_to_pdf, has_libreoffice
from generation.word_pages.store import find_pages, keep_pdf
from templates.word.body import Body, Run
from templates.word.write import write_word


def sample(rows: int = 60) -> bytes:
    body = Body()
    body.paragraph([Run("Assessment")], "Title")
    body.heading("Spending")
    body.table(["Branch", "Readers"], [[f"Branch {n}", f"{n},000"] for n in range(rows)], right=[1])
    return write_word(body, title="Assessment")


def pretend(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of this name before all others."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def dark_rows(picture: Image.Image) -> int:
    """How many rows of pixels have something dark in them."""
    grey = picture.convert("L")
    return sum(min(grey.crop((0, y, grey.width, y + 1)).tobytes()) < 120 for y in range(grey.height))


@pytest.mark.service("libreoffice")
def test_a_heading_and_a_table_over_two_pages_become_two_pictures(tmp_path: Path) -> None:
    keep_pdf("1-a", convert_to_pdf(sample(), tmp_path / "profile", 60))
    found = find_pages("1-a")
    assert found is not None
    assert [(page.number, page.width, page.height) for page in found.pages] == [(1, 595, 842), (2, 595, 842)]
    pictures = [Image.open(io.BytesIO(found.picture(number, 600) or b"")) for number in (1, 2)]
    assert {picture.width for picture in pictures} <= {600, 601}
    assert dark_rows(pictures[0]) > dark_rows(pictures[1]) > 50
    assert found.picture(3, 600) is None


def test_what_hangs_is_stopped_with_all_it_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, f"sleep 300 & echo $! > {tmp_path}/child; wait", monkeypatch)
    begun = time.monotonic()
    with pytest.raises(CannotDraw, match="took longer than 2 seconds"):
        convert_to_pdf(sample(1), tmp_path / "profile", 2)
    assert time.monotonic() - begun < 10
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + 5
    while _lives(child):
        assert time.monotonic() < until


def _lives(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_what_fails_is_said_and_begins_with_a_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "exit 1", monkeypatch)
    with pytest.raises(CannotDraw, match="Try again"):
        convert_to_pdf(sample(1), tmp_path / "profile", 20)
    assert not (tmp_path / "profile").exists()


def test_it_is_given_no_key_and_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    look = "import socket; socket.socket(socket.AF_INET)"
    script = f"env > {tmp_path}/seen; {sys.executable} -c '{look}' 2>> {tmp_path}/seen; exit 1"
    pretend(tmp_path, script, monkeypatch)
    with pytest.raises(CannotDraw):
        convert_to_pdf(sample(1), tmp_path / "profile", 20)
    seen = (tmp_path / "seen").read_text()
    assert "secret" not in seen
    assert sys.platform != "linux" or "PermissionError" in seen


def test_without_it_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not has_libreoffice()
    with pytest.raises(CannotDraw, match="needs LibreOffice"):
        convert_to_pdf(sample(1), tmp_path / "profile", 20)
