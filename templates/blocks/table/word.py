"""A table written as a native Word table, and settings and value read from one."""

from collections.abc import Sequence

from signals.figures import read_date
from templates.blocks.base import Example, count_words
from templates.blocks.columns import ColumnType, stands_right
from templates.blocks.table.values import NO_HEADING, Column, TableSettings, TableValue, fold_name
from templates.word.body import Body
from templates.word.parts import Table

_MOST_ROWS = 1000
_LONGEST_NAME = 60
_LONGEST_HEADING_WORDS = 12
_YEARS = range(1900, 2100)


def write_table(value: TableValue, settings: TableSettings, right: set[int], body: Body) -> None:
    """Append the rows, below what stands above the columns if anything does."""
    known = {column.name: column.heading for column in settings.columns}
    header = [_heading(name, known.get(name, "")) for name in value.columns]
    body.table(header if settings.header else (), value.rows, right)


def propose_table(table: Table) -> Example[TableSettings, TableValue] | None:
    """A table block with the columns and rows of a Word table, also one without a row of names."""
    if not table.rows or not table.rows[0]:
        return None
    header = _may_be_header(table.rows) and (
        table.header if table.header is not None else _reads_like_names(table.rows)
    )
    rows = [list(row) for row in table.rows[header:]]
    headings = list(table.rows[0]) if header else [""] * len(table.rows[0])
    names = _name_columns(headings)
    columns = [
        Column(
            name=name,
            heading=_kept_heading(name, heading) if header else "",
            type=_guess_type([row[n] for row in rows]),
        )
        for n, (name, heading) in enumerate(zip(names, headings, strict=True))
    ]
    most = min(max(10, 2 * len(rows)), _MOST_ROWS)
    settings = TableSettings(columns=columns, max_rows=most, header=header)
    return Example(settings, TableValue(columns=names, rows=rows))


def _heading(name: str, heading: str) -> str:
    return "" if heading == NO_HEADING else heading or name


def _kept_heading(name: str, heading: str) -> str:
    """What must be kept of a heading beside the column's name."""
    return "" if heading == name else heading if heading.strip() else NO_HEADING


def _may_be_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether there is something below the first row, and more in it than one title across the table."""
    return len(rows) > 1 and (len(rows[0]) == 1 or len(set(rows[0])) > 1)


def _reads_like_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is short, mostly there and different, without figures or labels."""
    first = [" ".join(cell.split()) for cell in rows[0]]
    filled = [cell for cell in first if cell]
    if 2 * len(filled) < len(first) or 2 * len(set(filled)) < len(first):
        return False
    if any(count_words(cell) > _LONGEST_HEADING_WORDS for cell in filled):
        return False
    labels = [row[0].strip() for row in rows if row[0].strip()]
    if 2 * sum(label.endswith((":", "：")) for label in labels) > len(labels):
        return False
    return not any(_is_figure(cell) for cell in filled)


def _is_figure(text: str) -> bool:
    """Whether this is rather content than a name; a year names a column often."""
    if text.isdecimal() and int(text) in _YEARS:
        return False
    return stands_right([text], "text") or read_date(text) is not None


def _name_columns(headings: Sequence[str]) -> list[str]:
    """A name for each column, none twice: its heading, with a number where others have the same."""
    names: list[str] = []
    used: set[str] = set()
    for n, heading in enumerate(headings, 1):
        base = " ".join(heading.split())
        if len(base) > _LONGEST_NAME:
            base = f"{base[:_LONGEST_NAME].rstrip()}…"
        name = base = base or f"Column {n}"
        again = 1
        while fold_name(name) in used:
            again += 1
            name = f"{base} ({again})"
        used.add(fold_name(name))
        names.append(name)
    return names


def _guess_type(cells: Sequence[str]) -> ColumnType:
    """The type all cells have."""
    filled = [cell for cell in cells if cell.strip()]
    if filled and all(read_date(cell) for cell in filled):
        return "date"
    if stands_right(filled, "text"):
        return "money" if any(sign in cell for cell in filled for sign in "€$£") else "number"
    return "text"
