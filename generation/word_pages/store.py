"""Drawn pages on disk: one folder a state of a report, the oldest removed when all grow too large."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

from django.conf import settings

from generation.word_pages.pictures import Page, draw_page, measure_pages

# All previews together, in bytes.
_MOST = 300_000_000
_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def fingerprint(docx: bytes) -> str:
    """The same for Word files that show the same, whenever they were written."""
    digest = hashlib.sha256()
    with ZipFile(BytesIO(docx)) as package:
        for name in sorted(package.namelist()):
            part = package.read(name)
            part = _DATES.sub(rb"\1", part) if name == _CORE else part
            digest.update(f"{name} {len(part)} ".encode() + part)
    return digest.hexdigest()


def previews() -> Path:
    """Where all previews are kept."""
    folder: Path = settings.VAR_DIR / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class Pages:
    """The drawn pages of one state of a report."""

    folder: Path
    pages: tuple[Page, ...]

    def picture(self, number: int, width: int) -> bytes | None:
        """A page as PNG, drawn when it is first asked for; None where there is no such page."""
        if not 1 <= number <= len(self.pages):
            return None
        path = self.folder / f"{number}-{width}.png"
        with suppress(FileNotFoundError):
            return path.read_bytes()
        png = draw_page(self.folder / "report.pdf", self.pages[number - 1], width)
        with suppress(FileNotFoundError):
            _write(path, png)
        return png


def find_pages(key: str) -> Pages | None:
    """The pages of a state, if they were drawn."""
    folder = _folder(key)
    try:
        found = json.loads((folder / "pages.json").read_text())
        # Its time says when it was last looked at.
        folder.touch()
    except FileNotFoundError:
        return None
    return Pages(folder, tuple(Page(**page) for page in found))


def keep_pdf(key: str, pdf: bytes) -> None:
    """Keep what was drawn of a state; make room for it. Raises `pypdfium2.PdfiumError`."""
    pages = measure_pages(pdf)
    folder = _folder(key)
    folder.mkdir(exist_ok=True)
    _write(folder / "report.pdf", pdf)
    # Last: it says that all is there.
    _write(folder / "pages.json", json.dumps([asdict(page) for page in pages]).encode())
    _make_room(folder)


def _folder(key: str) -> Path:
    return previews() / key


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, whoever else writes it."""
    part = path.with_name(f".{uuid4().hex}")
    part.write_bytes(data)
    part.replace(path)


def _make_room(newest: Path) -> None:
    """Remove what was not looked at for longest until the rest fits; never the newest."""
    folders = sorted(_folders(), key=lambda one: (one == newest, one.stat().st_mtime), reverse=True)
    total = 0
    for folder in folders:
        total += _size(folder)
        if total > _MOST and folder != newest:
            shutil.rmtree(folder, ignore_errors=True)


def _size(folder: Path) -> int:
    total = 0
    for path in folder.iterdir():
        # A picture that is just being put there changes its name.
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def _folders() -> Iterator[Path]:
    return (path.parent for path in previews().glob("*/pages.json"))
