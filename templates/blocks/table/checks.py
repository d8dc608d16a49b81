"""What is wrong with a table: its columns, the number of its rows, rows and cells."""

from collections.abc import Callable, Iterator, Sequence

from signals.figures import read_date, read_number
from templates.blocks.base import count_words
from templates.blocks.columns import ColumnType
from templates.blocks.table.values import LONGEST_CELL, TYPE_WORDS, Column, TableSettings, TableValue

_READERS: dict[ColumnType, Callable[[str], object | None]] = {
    "number": read_number,
    "money": read_number,
    "date": read_date,
}
# So many words do not say the same of two rows by chance.
_SAID_AGAIN = 12
_ENDS = (".", "!", "?", "…", "”", '"', ")")


def find_problems(value: TableValue, settings: TableSettings) -> list[str]:
    """A sentence for each limit that the table breaks, with the place."""
    names = [column.name for column in settings.columns]
    count, found = len(value.rows), []
    known = {column.name: column for column in settings.columns}
    columns = [known.get(name, Column(name=name or "…")) for name in value.columns]
    if value.columns != names and not settings.open_columns:
        found.append(f"The columns are {', '.join(value.columns)}; {', '.join(names)} were asked for.")
    if count > settings.max_rows:
        found.append(f"The table has {count} rows; at most {settings.max_rows} were asked for.")
    if count < settings.min_rows:
        found.append(f"The table has {count} rows; at least {settings.min_rows} were asked for.")
    for number, row in enumerate(value.rows, 1):
        before = value.rows[: number - 1]
        if row in before:
            found.append(f"Row {number} stands in the table already.")
        else:
            found += _find_in_row(number, row, before, columns)
    return found


def _find_in_row(
    number: int, row: Sequence[str], before: Sequence[Sequence[str]], columns: Sequence[Column]
) -> Iterator[str]:
    for place, (column, cell) in enumerate(zip(columns, row, strict=False)):
        where = f"Row {number}, {column.name}"
        reader = _READERS.get(column.type)
        if cell.strip() and reader and reader(cell) is None:
            yield f"{where}: “{cell}” is not {TYPE_WORDS[column.type]}."
        if count_words(cell) >= _SAID_AGAIN and cell in [other[place] for other in before]:
            yield f"{where} says the same as in a row before."
        # Where the server stopped it, in the middle of a word or two before.
        if len(cell) >= LONGEST_CELL - 1 and not cell.endswith(_ENDS):
            yield f"{where} is cut off; say it in fewer words."
