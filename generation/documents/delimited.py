"""Delimited text (.csv, .tsv) as one table with its row numbers."""

import csv
from io import StringIO
from itertools import islice
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.decode import read_text
from generation.documents.grid import add_grid
from generation.documents.passages import ReadDocument

_DELIMITERS = ",;\t|"
_ROWS_LOOKED_AT = 50

# The module's own limit, 128 KB a field, refuses exports with long notes.
csv.field_size_limit(64 * 1024 * 1024)


def read_delimited(path: Path, name: str) -> ReadDocument:
    text, warnings = read_text(path, name)
    delimiter, text = _find_delimiter(text)
    builder = TextBuilder()
    builder.warnings += warnings
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise refusals.damaged(name) from error
    rows = [(number, [cell.strip() for cell in record]) for number, record in enumerate(records, 1)]
    add_grid(builder, rows, None)
    return builder.finish()


def _find_delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without the `sep=;` line Excel may write to name it."""
    first, _, rest = text.partition("\n")
    if first.startswith("sep=") and len(first.rstrip()) <= 5:
        return first[4:5].strip("\r") or ",", "\n" + rest
    return max(_DELIMITERS, key=lambda delimiter: _count_agreeing(text, delimiter)), text


def _count_agreeing(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows as wide as the most common width, then that width."""
    sample = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(sample, _ROWS_LOOKED_AT) if row]
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0, 0)
