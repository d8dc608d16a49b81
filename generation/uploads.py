"""Uploaded files become documents: read once, stored with their text, passages and token count."""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction

from generation.documents.passages import Passage, ReadDocument
from generation.documents.read import read_document
from generation.models import Document, PassageRow
from generation.tokens import count_tokens
from signals.clean import clean_text


def store_document(content: bytes, name: str, owner: User | None = None) -> Document:
    """The document in a file's bytes. Raises `UnreadableDocument` with a sentence for the user."""
    name = clean_text(Path(name).name)[-255:]
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
        file.write(content)
        file.flush()
        read = read_document(Path(file.name), name)
    document = Document(
        owner=owner,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        text=read.text,
        tokens=count_tokens(read.text),
        pages=read.pages,
        pages_with_text=read.pages_with_text,
        tables=read.tables,
        warnings=list(read.warnings),
    )
    document.file.save(name, ContentFile(content), save=False)
    _save(document, read)
    return document


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
