"""Uploaded files of every accepted kind, read into one text with passages."""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from generation.documents import refusals
from generation.documents.passages import ReadDocument, UnreadableDocument

logger = logging.getLogger(__name__)

Reader = Callable[[Path, str], ReadDocument]

# A suffix and the function that reads it: imported when one is read, since each needs libraries of its own.
_READERS: dict[str, str] = {
    ".docx": "word:read_docx",
    ".pdf": "pdf:read_pdf",
    ".xlsx": "spreadsheet:read_xlsx",
    **dict.fromkeys((".csv", ".tsv"), "delimited:read_delimited"),
    ".txt": "plain:read_txt",
    ".md": "plain:read_markdown",
    **dict.fromkeys((".html", ".htm"), "html:read_html"),
}

SUFFIXES = tuple(_READERS)


def read_document(path: Path, name: str) -> ReadDocument:
    """The file at `path`, read as what the suffix of `name` (as the user called it) says it is.

    Raises UnreadableDocument with a sentence for the user.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in _READERS:
        raise refusals.unknown(name, SUFFIXES)
    if path.stat().st_size == 0:
        raise refusals.empty(name)
    document = _read(_find_reader(suffix), path, name)
    if not document.passages:
        raise refusals.without_text(name, document.warnings)
    return document


def _find_reader(suffix: str) -> Reader:
    module, function = _READERS[suffix].split(":")
    return cast(Reader, getattr(import_module(f"generation.documents.{module}"), function))


def _read(reader: Reader, path: Path, name: str) -> ReadDocument:
    try:
        return reader(path, name)
    except (UnreadableDocument, OSError):
        raise
    except Exception as error:
        # A file nobody foresaw must not stop the upload of the others; the log keeps what to mend.
        logger.exception("Reading a %s file failed", Path(name).suffix)
        raise refusals.damaged(name) from error
