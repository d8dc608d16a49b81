"""Tables that somebody gives to signals: CSV in any encoding, with any delimiter, or a sentence why not."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.documents.decode import decode_bytes
from generation.documents.delimited import read_records

LARGEST = 50 * 1024 * 1024
MOST_ROWS = 100_000
# Every row is filled up to the longest: one that is a megabyte of commas would make the others as long.
_MOST_COLUMNS = 500


class BadTable(ValueError):
    """The file is no table that can be used; the message is one sentence for whoever chose it."""


@dataclass(frozen=True)
class Table:
    """A table with a head: every row has a cell for each column."""

    columns: list[str]
    rows: list[list[str]]
    warnings: list[str]

    def find(self, *names: str) -> int | None:
        """The first column that has one of these names, in capitals or not."""
        plain = [column.strip().casefold() for column in self.columns]
        return next((plain.index(name) for name in names if name in plain), None)


def read_table(data: bytes, name: str, most_rows: int = MOST_ROWS, largest: int = LARGEST) -> Table:
    """The table in a CSV file's bytes. Raises `BadTable`."""
    if len(data) > largest:
        raise BadTable(f"“{name}” is larger than {largest // 2**20} MB: split it into several files.")
    decoded = decode_bytes(data)
    if decoded is None:
        raise BadTable(f"“{name}” is not text: save the table as CSV (UTF-8) and give that.")
    text, warnings = decoded
    try:
        rows = [row for row in read_records(text) if any(map(str.strip, row))]
    except csv.Error as error:
        raise BadTable(f"“{name}” cannot be read as CSV: {error}. Save the table as CSV again.") from error
    if len(rows) < 2:
        raise BadTable(f"“{name}” has no rows: it needs a line of column names, and texts below it.")
    if len(rows) - 1 > most_rows:
        raise BadTable(
            f"“{name}” has {len(rows) - 1:,} rows, more than {most_rows:,}: split it into several files."
        )
    width = max(map(len, rows))
    if width > _MOST_COLUMNS:
        raise BadTable(
            f"“{name}” has a row of {width:,} cells, more than {_MOST_COLUMNS:,}: check its quotation marks, "
            "or save only the columns that are needed."
        )
    columns = _name_columns(rows[0], width)
    return Table(columns, list(_fill_up(rows[1:], len(columns))), warnings)


def _name_columns(head: Sequence[str], width: int) -> list[str]:
    cells = [*head, *[""] * (width - len(head))]
    return [" ".join(cell.split())[:80] or f"Column {number}" for number, cell in enumerate(cells, 1)]


def _fill_up(rows: Sequence[list[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        yield row + [""] * (width - len(row))
