"""Uploaded files become documents: read once, stored with their text, passages and token count."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction

from generation.document_checks import check_document
from generation.documents.isolation.limits import Limits
from generation.documents.isolation.parent import read_isolated
from generation.documents.passages import Passage, ReadDocument, UnreadableDocument
from generation.models import Document, PassageRow
from generation.tokens import count_tokens
from signals.clean import clean_text

_LONGEST_NAME = 255


def refuse_large(name: str, size: int) -> None:
    """Raise `UnreadableDocument` for a file larger than may be uploaded, before it is read."""
    most = settings.FILL_LARGEST_UPLOAD
    if size > most * 1_000_000:
        raise UnreadableDocument(f"“{name}” is larger than {most} MB. Upload a smaller file, or split it.")


def store_document(content: bytes, name: str, owner: User | None = None) -> Document:
    """The document in a file's bytes. Raises `UnreadableDocument` with a sentence for the user."""
    name = _clean_name(name)
    return _store(content, name, _read(content, name), owner)


def store_documents(
    files: Sequence[tuple[bytes, str]], owner: User | None = None
) -> list[Document | UnreadableDocument]:
    """The documents in several files' bytes, read side by side; for one that cannot be read, why."""
    named = [(content, _clean_name(name)) for content, name in files]
    # Only the reading is done in threads: each waits for a process of its own.
    with ThreadPoolExecutor(min(len(named), os.cpu_count() or 1) or 1) as pool:
        reads = list(pool.map(lambda file: _try_read(*file), named))
    return [
        read if isinstance(read, UnreadableDocument) else _store(content, name, read, owner)
        for (content, name), read in zip(named, reads, strict=True)
    ]


def _try_read(content: bytes, name: str) -> ReadDocument | UnreadableDocument:
    try:
        return _read(content, name)
    except UnreadableDocument as refusal:
        return refusal


def _read(content: bytes, name: str) -> ReadDocument:
    with tempfile.NamedTemporaryFile(suffix=_plain_suffix(name)) as file:
        file.write(content)
        file.flush()
        return read_isolated(Path(file.name), name, _limits())


def _limits() -> Limits:
    return Limits(
        seconds=settings.FILL_READ_SECONDS,
        memory=settings.FILL_READ_MEMORY,
        unpacked=settings.FILL_READ_UNPACKED,
        text=settings.FILL_READ_TEXT,
    )


def _store(content: bytes, name: str, read: ReadDocument, owner: User | None) -> Document:
    digest = hashlib.sha256(content).hexdigest()
    document = Document(
        owner=owner,
        name=name,
        sha256=digest,
        size=len(content),
        text=read.text,
        tokens=count_tokens(read.text),
        pages=read.pages,
        pages_with_text=read.pages_with_text,
        tables=read.tables,
        warnings=list(read.warnings),
    )
    # On the disk it has a name that every file system takes.
    document.file.save(f"{digest[:16]}{_plain_suffix(name)}", ContentFile(content), save=False)
    _save(document, read)
    check_document(document, read.passages)
    return document


def _clean_name(name: str) -> str:
    """The last part of a path of any system, on one line."""
    last = PurePosixPath(PureWindowsPath(" ".join(clean_text(name).split())).name).name
    return last[-_LONGEST_NAME:] if last.strip(". ") else "document"


def _plain_suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else ""


@transaction.atomic
def _save(document: Document, read: ReadDocument) -> None:
    document.save()
    PassageRow.objects.bulk_create(_rows(document, read.passages), batch_size=500)


def _rows(document: Document, passages: Iterable[Passage]) -> Iterable[PassageRow]:
    for passage in passages:
        place = passage.place
        yield PassageRow(
            document=document,
            start=passage.start,
            end=passage.end,
            page=place.page,
            sheet=place.sheet or "",
            first_row=place.first_row,
            last_row=place.last_row,
            headings=list(place.headings),
        )
