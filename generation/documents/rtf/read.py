"""Rich text files (.rtf): headings, lists, tables and notes, without hidden and deleted text."""

from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from generation.documents.rtf.parts import PartsReader
from generation.documents.rtf.tokens import read_tokens


def read_rtf(path: Path, name: str) -> ReadDocument:
    data = path.read_bytes().lstrip(b"\xef\xbb\xbf \r\n\t")
    if not data.startswith(b"{\\rtf"):
        raise refusals.damaged(name)
    reader = PartsReader()
    for token in read_tokens(data):
        reader.take(token)
    builder = TextBuilder()
    add_parts(builder, reader.finish())
    return builder.finish()
