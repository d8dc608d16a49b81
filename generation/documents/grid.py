"""Numbered rows of a sheet or a delimited file, written as tables with their row numbers kept."""

from collections.abc import Iterable, Iterator

from generation.documents.builder import TextBuilder
from generation.documents.passages import Place
from generation.documents.pipe_tables import write_rows, write_rule

ROWS_A_PASSAGE = 40
# Forty rows of long comments would be a page of evidence for one cell.
_CHARACTERS_A_PASSAGE = 4000

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
    lines = [(number, _write_line(cells[0])) for number, cells in rows[:titles]]
    table = _write_table(rows[titles:])
    if table and lines:
        lines[-1] = (lines[-1][0], lines[-1][1] + "\n")
    builder.tables += bool(table)
    joined = False
    for passage in _split_passages(lines + table):
        place = Place(sheet=sheet, first_row=passage[0][0], last_row=passage[-1][0])
        builder.add_rows("\n".join(line for _, line in passage), place, joined=joined)
        joined = True


def _count_titles(rows: list[Row]) -> int:
    """How many rows come first with nothing but their first cell: titles and notes, not table rows."""
    for count, (_, cells) in enumerate(rows):
        if not cells[0] or any(cells[1:]):
            return count
    return len(rows)


def _write_line(cell: str) -> str:
    return " ".join(cell.split())


def _write_table(rows: list[Row]) -> list[_Line]:
    if not rows:
        return []
    width = max(len(cells) for _, cells in rows)
    full = [
        column for column in range(width) if any(column < len(cells) and cells[column] for _, cells in rows)
    ]
    if len(full) < width or any(len(cells) < width for _, cells in rows):
        rows = [(number, _take(cells, full)) for number, cells in rows]
    lines = write_rows([cells for _, cells in rows])
    lines[0] += "\n" + write_rule(len(full))
    return [(number, line) for (number, _), line in zip(rows, lines, strict=True)]


def _take(cells: list[str], columns: list[int]) -> list[str]:
    """The cells in `columns`; a row may be shorter than its table."""
    return [cells[column] if column < len(cells) else "" for column in columns]


def _split_passages(lines: list[_Line]) -> Iterator[list[_Line]]:
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
