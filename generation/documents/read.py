"""Uploaded files of every accepted kind, read into one text with passages."""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from generation.documents import refusals
from generation.documents.passages import ReadDocument, UnreadableDocument

logger = logging.getLogger(__name__)

_Reader = Callable[[Path, str], ReadDocument]

# Module and function; a module is imported when the first file of its kind comes.
_READERS: dict[str, str] = {
    ".docx": "word:read_docx",
    ".pdf": "pdf:read_pdf",
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls"), "spreadsheet:read_spreadsheet"),
    ".pptx": "slides:read_pptx",
    ".odt": "open_document:read_odt",
    ".ods": "open_sheets:read_ods",
    ".rtf": "rich_text:read_rtf",
    ".eml": "mail:read_eml",
    ".msg": "outlook:read_msg",
    **dict.fromkeys((".csv", ".tsv"), "delimited:read_delimited"),
    ".txt": "plain:read_txt",
    ".md": "plain:read_markdown",
    **dict.fromkeys((".html", ".htm"), "html:read_html"),
}

SUFFIXES = tuple(_READERS)

# Old kinds nothing here reads, and what their own program can save them as.
_SAVED_AS = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".ppt": ".pptx",
    ".pps": ".pptx",
    ".wps": ".docx",
    ".wpd": ".docx",
    ".pages": ".docx",
    ".key": ".pptx",
    ".numbers": ".xlsx",
}


def read_document(path: Path, name: str) -> ReadDocument:
    """The file at `path`, read as what the suffix of `name` (as the user called it) says it is.

    Raises UnreadableDocument with a sentence for the user.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _SAVED_AS:
        raise refusals.old_kind(name, _SAVED_AS[suffix])
    if suffix not in _READERS:
        raise refusals.unknown(name)
    if path.stat().st_size == 0:
        raise refusals.empty(name)
    document = _read(_find_reader(_READERS[suffix]), path, name)
    if not document.passages:
        raise refusals.without_text(name, document.warnings)
    return document


def _find_reader(place: str) -> _Reader:
    module, function = place.split(":")
    reader: _Reader = getattr(import_module(f"generation.documents.{module}"), function)
    return reader


def _read(reader: _Reader, path: Path, name: str) -> ReadDocument:
    try:
        return reader(path, name)
    except (UnreadableDocument, OSError):
        raise
    except Exception as error:
        # A file nobody foresaw must not stop the upload of the others; the log keeps what to mend.
        logger.exception("Reading a %s file failed", Path(name).suffix)
        raise refusals.damaged(name) from error
