"""A PDF as one text: its pages marked, tables as pipe rows, every passage with its page."""

from collections.abc import Sequence
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.passages import Place, ReadDocument, UnreadableDocument
from generation.documents.pdf.pages import Page, read_pages
from generation.documents.pdf.paragraphs import join_hyphenated, spell_ligatures, split_paragraphs, words_of
from generation.documents.pdf.running import drop_running_lines
from generation.documents.pdf.tables import Table
from generation.documents.pdf.warnings import find_warnings
from generation.documents.pipe_tables import write_row, write_rule
from generation.documents.sheets.grid import ROWS_A_PASSAGE


def read_pdf(path: Path, name: str) -> ReadDocument:
    """The pages of the PDF at `path`; raises UnreadableDocument where none gives text."""
    pages = drop_running_lines(read_pages(path, name))
    if not any(page and page.parts for page in pages):
        raise _refuse(pages, name)
    builder = TextBuilder()
    builder.warnings += find_warnings(pages)
    words = words_of([page.text for page in pages if page])
    for number, page in enumerate(pages, 1):
        if page and page.parts:
            builder.mark(f"page {number}")
            for part in page.parts:
                _add_part(builder, part, Place(page=number), words)
    return builder.finish(len(pages), sum(bool(page and page.parts) for page in pages))


def _refuse(pages: Sequence[Page | None], name: str) -> UnreadableDocument:
    if any(page and page.lost for page in pages):
        return refusals.unnamed_letters(name)
    return refusals.damaged(name) if None in pages or not pages else refusals.scanned(name)


def _add_part(builder: TextBuilder, part: str | Table, place: Place, words: frozenset[str]) -> None:
    if isinstance(part, Table):
        _add_table(builder, part, place)
    else:
        for paragraph in split_paragraphs(spell_ligatures(join_hyphenated(part, words))):
            builder.add(paragraph, place)


def _add_table(builder: TextBuilder, table: Table, place: Place) -> None:
    builder.tables += 1
    lines = [spell_ligatures(write_row(row)) for row in table.rows]
    lines[0] += "\n" + write_rule(len(table.rows[0]))
    for start in range(0, len(lines), ROWS_A_PASSAGE):
        builder.add_rows("\n".join(lines[start : start + ROWS_A_PASSAGE]), place, joined=start > 0)
