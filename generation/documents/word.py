"""Word files (.docx) as passages under their headings."""

from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from templates.word.read import UnreadableWord, read_word


def read_docx(path: Path, name: str) -> ReadDocument:
    builder = TextBuilder()
    try:
        with path.open("rb") as file:
            add_parts(builder, read_word(file))
    except UnreadableWord as error:
        raise refusals.broken(name, str(error)) from error
    return builder.finish()
