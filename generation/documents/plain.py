"""Plain text and Markdown files as passages, a paragraph or block each."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generation.documents.builder import TextBuilder
from generation.documents.decode import read_text
from generation.documents.parts import HeadingPath
from generation.documents.passages import Place, ReadDocument
from generation.documents.pipe_tables import tables_in
from signals.clean import clean_text

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK_LINES = re.compile(r"\n\s*\n")


def read_txt(path: Path, name: str) -> ReadDocument:
    text, warnings = read_text(path, name)
    builder = TextBuilder()
    builder.warnings += warnings
    for paragraph in _BLANK_LINES.split(clean_text(text)):
        builder.add(paragraph, Place())
    return builder.finish()


def read_markdown(path: Path, name: str) -> ReadDocument:
    text, warnings = read_text(path, name)
    text = clean_text(text)
    builder = TextBuilder()
    builder.warnings += warnings
    builder.tables = len(tables_in(text))
    for block, place in _blocks(text):
        builder.add(block, place)
    return builder.finish()


def _blocks(text: str) -> Iterator[tuple[str, Place]]:
    """Each top-level block with the headings over it; what lies between two belongs to the first."""
    lines = text.split("\n")
    path = HeadingPath()
    start, place = 0, path.place
    tokens = _parse_blocks(text)
    for index, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        yield "\n".join(lines[start : token.map[0]]), place
        if token.type == "heading_open":
            path.enter(int(token.tag[1:]), tokens[index + 1].content)
        start, place = token.map[0], path.place
    yield "\n".join(lines[start:]), place


def _parse_blocks(text: str) -> "list[Token]":
    # A plain text, which is read here too, need not wait for the parser to be imported.
    from markdown_it import MarkdownIt

    # Only where blocks begin is asked; what stands inside them stays as it was written.
    return MarkdownIt("commonmark").enable("table").disable("inline").parse(text)
