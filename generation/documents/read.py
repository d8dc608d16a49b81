"""Uploaded files of every accepted kind, read into one text with passages."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from generation.documents import refusals
from generation.documents.isolation.limits import Limits
from generation.documents.passages import ReadDocument
from generation.documents.sniff import ARCHIVE, LOCKED, PICTURE, sniff
from generation.documents.unpacking import refuse_bomb

Reader = Callable[[Path, str], ReadDocument]

# A suffix and the function that reads it: imported when one is read, since each needs libraries of its own.
_READERS: dict[str, str] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "word:read_docx"),
    ".pdf": "pdf:read_pdf",
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls"), "sheets.spreadsheet:read_spreadsheet"),
    ".pptx": "slides.presentation:read_pptx",
    ".odt": "open_document:read_odt",
    ".ods": "sheets.open_sheets:read_ods",
    ".rtf": "rtf.read:read_rtf",
    ".eml": "mail.eml:read_eml",
    ".msg": "mail.outlook:read_msg",
    **dict.fromkeys((".csv", ".tsv"), "delimited:read_delimited"),
    ".txt": "plain:read_txt",
    ".md": "plain:read_markdown",
    **dict.fromkeys((".html", ".htm"), "html.read:read_html"),
}

SUFFIXES = tuple(_READERS)

_REFUSED = {LOCKED: refusals.protected, ARCHIVE: refusals.archive, PICTURE: refusals.picture}


def read_document(path: Path, name: str, limits: Limits = Limits()) -> ReadDocument:  # noqa: B008 frozen
    """The file at `path`, read as what it is; where its bytes do not tell, `name` (as the user has it) does.

    Raises UnreadableDocument with a sentence for the user, and whatever a library raises on a file nobody
    foresaw. Only what is unpacked is limited here: `isolation.read_isolated` bounds all the rest.
    """
    suffix = Path(name).suffix.lower()
    if path.stat().st_size == 0:
        raise refusals.empty(name) if suffix in _READERS else refusals.unknown(name)
    found = sniff(path, suffix)
    if found in _REFUSED:
        raise _REFUSED[found](name)
    kind = found or suffix
    if kind not in _READERS:
        raise refusals.unknown(name, kind or suffix)
    refuse_bomb(path, name, limits)
    document = _find_reader(kind)(path, name)
    if not document.passages:
        raise refusals.without_text(name, document.warnings)
    if _READERS.get(suffix) != _READERS[kind]:
        return replace(document, warnings=(refusals.read_as(kind), *document.warnings))
    return document


def _find_reader(suffix: str) -> Reader:
    module, function = _READERS[suffix].split(":")
    return cast(Reader, getattr(import_module(f"generation.documents.{module}"), function))
