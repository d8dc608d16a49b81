"""Delimited text (.csv, .tsv) as one table with its row numbers."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.decode import read_text
from generation.documents.passages import ReadDocument
from generation.documents.sheets.grid import add_grid

_DELIMITERS = ",;\t|"
_ROWS_LOOKED_AT = 50
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

# The module's own limit, 128 KB a field, refuses exports with long notes.
csv.field_size_limit(64 * 1024 * 1024)


def read_delimited(path: Path, name: str) -> ReadDocument:
    text, warnings = read_text(path, name)
    builder = TextBuilder()
    builder.warnings += warnings
    records = read_records(text)
    rows = ((number, list(map(str.strip, record))) for number, record in enumerate(records, 1))
    try:
        add_grid(builder, rows, None)
    except csv.Error as error:
        raise refusals.damaged(name) from error
    return builder.finish()


def read_records(text: str) -> Iterator[list[str]]:
    """The rows of a delimited text, by the delimiter that fits it best. May raise `csv.Error`."""
    delimiter, text = _find_delimiter(text)
    return csv.reader(_lines(text), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; one by one, since a file may have a million."""
    if text.count("\r") == text.count("\r\n"):
        return (line[0] for line in _LINE.finditer(text))
    # Old programs end a line with a return alone.
    return iter(StringIO(text, newline=""))


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
