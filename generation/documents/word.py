"""Word files (.docx) as passages under their headings."""

from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from templates.word.read.document import UnreadableWord, read_word_and_warnings


def read_docx(path: Path, name: str) -> ReadDocument:
    builder = TextBuilder()
    try:
        parts, warnings = read_word_and_warnings(path)
    except UnreadableWord as error:
        raise refusals.broken(name, str(error)) from error
    builder.warnings += warnings
    add_parts(builder, parts)
    return builder.finish()
