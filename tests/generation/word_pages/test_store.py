"""Kept pages: the same file is known again, and what nobody looks at makes room."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from generation.export import export_word
from generation.review import save_edit
from generation.word_pages import store
from generation.word_pages.store import find_pages, fingerprint, keep_pdf
from tests.factories import VALUES, finish_all, make_report
from tests.generation.documents.tiny_pdf import write_pdf

PDF = write_pdf([["First page"], ["Second page"]])


@pytest.fixture(autouse=True)
def _own_place(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def written_at(docx: bytes, when: str) -> bytes:
    """The same file as if it had been written at another time."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                created = data.split(b"<dcterms:created")[1].split(b">")[1].split(b"<")[0]
                data = data.replace(created, when.encode())
            new.writestr(name, data)
    return copy.getvalue()


@pytest.mark.django_db
def test_a_file_is_known_again_whenever_it_was_written_until_something_in_it_changes() -> None:
    report = make_report(title="March")
    fills = finish_all(report)
    docx = export_word(report)
    assert fingerprint(written_at(docx, "2001-01-01T00:00:00Z")) == fingerprint(docx)
    save_edit(fills["risks"], {"items": [{"text": "Other.", "items": []}]}, author=None, revision=0)
    edited = fingerprint(export_word(report))
    assert edited != fingerprint(docx)
    save_edit(fills["risks"], VALUES["risks"], author=None, revision=1)
    assert fingerprint(export_word(report)) == fingerprint(docx)
    report.title = "April"
    assert fingerprint(export_word(report)) != fingerprint(docx)


def test_pages_are_drawn_when_they_are_asked_for_and_kept() -> None:
    keep_pdf("1-a", PDF)
    found = find_pages("1-a")
    assert found is not None
    assert not list(found.folder.glob("*.png"))
    png = found.picture(2, 300)
    assert png is not None
    assert Image.open(io.BytesIO(png)).width == 300
    assert (found.folder / "2-300.png").read_bytes() == png
    assert [found.picture(number, 300) for number in (0, 3)] == [None, None]


def test_what_was_never_drawn_is_not_found() -> None:
    assert find_pages("1-b") is None


def test_what_nobody_looked_at_for_longest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for age, key in enumerate(("1-a", "1-b", "1-c")):
        keep_pdf(key, PDF)
        os.utime(store.previews() / key, (1000 + age, 1000 + age))
    find_pages("1-a")
    size = sum(path.stat().st_size for path in (store.previews() / "1-a").iterdir())
    monkeypatch.setattr(store, "_MOST", 2 * size + size // 2)
    keep_pdf("1-d", PDF)
    assert sorted(path.name for path in store.previews().iterdir()) == ["1-a", "1-d"]
