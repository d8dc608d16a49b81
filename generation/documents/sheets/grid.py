"""Numbered rows of a sheet or a delimited file, written as tables with their row numbers kept."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from generation.documents.builder import TextBuilder
from generation.documents.passages import Place
from generation.documents.pipe_tables import write_rows, write_rule

ROWS_A_PASSAGE = 40
# Forty rows of long comments would be a page of evidence for one cell.
_CHARACTERS_A_PASSAGE = 4000
# A file may have a million rows; all their lines need not be held beside their cells.
_ROWS_AT_ONCE = 2000

Row = tuple[int, list[str]]
_Line = tuple[int, str]


def add_grid(builder: TextBuilder, rows: Iterable[Row], sheet: str | None) -> None:
    """Adds `rows` (number as shown, cell texts without space around them); empty rows are left out."""
    for table in _split_tables(rows):
        _add_table(builder, table, sheet)


def _split_tables(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Runs of rows: after an empty row, one that looks like a title or a header begins a new table."""
    table: list[Row] = []
    for row in rows:
        if not any(row[1]):
            continue
        if table and row[0] != table[-1][0] + 1 and _begins_table(row[1]):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _begins_table(cells: list[str]) -> bool:
    """No cell of a title or header reads as a number, an amount or a date."""
    return not any(cell and (cell[0].isdigit() or cell[0] in "-+($€£.,") for cell in cells)


def _add_table(builder: TextBuilder, rows: list[Row], sheet: str | None) -> None:
    titles = _count_titles(rows)
    builder.tables += len(rows) > titles
    joined = False
    for passage in _split_passages(chain(_write_titles(rows, titles), _write_table(rows, titles))):
        place = Place(sheet=sheet, first_row=passage[0][0], last_row=passage[-1][0])
        builder.add_rows("\n".join([line for _, line in passage]), place, joined=joined)
        joined = True


def _count_titles(rows: list[Row]) -> int:
    """How many rows come first with nothing but their first cell: titles and notes, not table rows."""
    for count, (_, cells) in enumerate(rows):
        if not cells[0] or any(cells[1:]):
            return count
    return len(rows)


def _write_titles(rows: list[Row], titles: int) -> Iterator[_Line]:
    for index in range(titles):
        number, cells = rows[index]
        # An empty line parts them from their table.
        yield number, " ".join(cells[0].split()) + "\n" * (index == titles - 1 and len(rows) > titles)


def _write_table(rows: list[Row], first: int) -> Iterator[_Line]:
    """The rows from `first`, with the columns in which any of them holds something."""
    widths = {len(cells) for _, cells in islice(rows, first, None)}
    width = max(widths, default=0)
    full = [
        column
        for column in range(width)
        if any(column < len(cells) and cells[column] for _, cells in islice(rows, first, None))
    ]
    ragged = len(full) < width or len(widths) > 1
    for start in range(first, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        lines = write_rows([_take(cells, full) if ragged else cells for _, cells in some])
        if start == first:
            lines[0] += "\n" + write_rule(len(full))
        yield from zip([number for number, _ in some], lines, strict=True)


def _take(cells: list[str], columns: list[int]) -> list[str]:
    """The cells in `columns`; a row may be shorter than its table."""
    return [cells[column] if column < len(cells) else "" for column in columns]


def _split_passages(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    passage: list[_Line] = []
    characters = 0
    for line in lines:
        if passage and (len(passage) == ROWS_A_PASSAGE or characters > _CHARACTERS_A_PASSAGE):
            yield passage
            passage, characters = [], 0
        passage.append(line)
        characters += len(line[1])
    if passage:
        yield passage
