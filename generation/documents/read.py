"""Uploaded files of every accepted kind, read into one text with passages."""

import logging
from collections.abc import Callable
from pathlib import Path

from generation.documents import refusals
from generation.documents.delimited import read_delimited
from generation.documents.html import read_html
from generation.documents.passages import ReadDocument, UnreadableDocument
from generation.documents.pdf import read_pdf
from generation.documents.plain import read_markdown, read_txt
from generation.documents.spreadsheet import read_xlsx
from generation.documents.word import read_docx

logger = logging.getLogger(__name__)

_READERS: dict[str, Callable[[Path, str], ReadDocument]] = {
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".xlsx": read_xlsx,
    **dict.fromkeys((".csv", ".tsv"), read_delimited),
    ".txt": read_txt,
    ".md": read_markdown,
    **dict.fromkeys((".html", ".htm"), read_html),
}

SUFFIXES = tuple(_READERS)


def read_document(path: Path, name: str) -> ReadDocument:
    """The file at `path`, read as what the suffix of `name` (as the user called it) says it is.

    Raises UnreadableDocument with a sentence for the user.
    """
    reader = _READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise refusals.unknown(name, SUFFIXES)
    if path.stat().st_size == 0:
        raise refusals.empty(name)
    document = _read(reader, path, name)
    if not document.passages:
        raise refusals.without_text(name, document.warnings)
    return document


def _read(reader: Callable[[Path, str], ReadDocument], path: Path, name: str) -> ReadDocument:
    try:
        return reader(path, name)
    except (UnreadableDocument, OSError):
        raise
    except Exception as error:
        # A file nobody foresaw must not stop the upload of the others; the log keeps what to mend.
        logger.exception("Reading a %s file failed", Path(name).suffix)
        raise refusals.damaged(name) from error
