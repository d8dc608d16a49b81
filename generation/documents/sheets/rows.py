"""The cells of a sheet as texts: each value as a person sees it, merged cells filled, rows numbered."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineSheet

from generation.documents.sheets.grid import Row
from generation.documents.sheets.looks import SheetLook, find_column

# A heading over several columns is repeated in each; a note over a whole form is not.
_LONGEST_REPEATED = 60
_NAME = re.compile(r"[^\W\d_]{2}|^(?:19|20)\d\d$")
# A file may merge more cells than anybody could look at.
_MOST_FILLED = 100_000


def number_rows(sheet: CalamineSheet, look: SheetLook) -> list[Row]:
    """Every row from the first that holds something, with its number as shown."""
    top, left = sheet.start or (0, 0)
    rows: list[list[Any]] = sheet.to_python()
    _apply(look, rows, top, left)
    show = _SHOW
    # Written for speed: this line sees every cell of every sheet.
    texts = [[cell.strip() if type(cell) is str else show[type(cell)](cell) for cell in row] for row in rows]
    _fill_merged(texts, sheet.merged_cell_ranges or [], top, left)
    return list(enumerate(texts, top + 1))


def _apply(look: SheetLook, rows: list[list[Any]], top: int, left: int) -> None:
    """Writes numbers in the format their cell has."""
    height, width = len(rows), len(rows[0]) if rows else 0
    columns: dict[bytes, int] = {}
    for letters, number, style in look.formatted:
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = find_column(letters) - left
        row = int(number) - 1 - top
        if 0 <= row < height and 0 <= column < width:
            cells = rows[row]
            value = cells[column]
            # A date in a format for numbers comes as a date, and words stay words.
            if type(value) is float or type(value) is int:
                cells[column] = look.formats[style](value)


def _fill_merged(
    rows: list[list[str]], merges: list[tuple[tuple[int, int], tuple[int, int]]], top: int, left: int
) -> None:
    """Repeats a merged cell where it names several rows, or columns beside others."""
    filled = 0
    for (first_row, first_column), (last_row, last_column) in merges:
        row, column = first_row - top, first_column - left
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            continue
        text, width = rows[row][column], len(rows[row])
        # A figure repeated would be counted twice; a year over several columns is a name.
        if not _NAME.search(text) or len(text) > _LONGEST_REPEATED:
            continue
        names = _stands_beside(rows[row], column, last_column - left)
        last = min(last_column - left + 1, width) if names else column + 1
        for below in rows[row : last_row - top + 1]:
            for filled_column in range(column, last):
                below[filled_column] = below[filled_column] or text
                filled += 1
            if filled > _MOST_FILLED:
                return


def _stands_beside(row: list[str], first: int, last: int) -> bool:
    """Whether it names columns: it stands beside labels or other names; a title stands first and alone."""
    return first > 0 or any(row[last + 1 :])


def _show_moment(moment: datetime) -> str:
    day = moment.date().isoformat()
    return day if moment.time() == time() else f"{day} {_show_time(moment.time())}"


def _show_time(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


def _show_span(span: timedelta) -> str:
    """Hours are counted on beyond a day, as a sheet of working hours does."""
    seconds = round(span.total_seconds())
    hours, seconds = divmod(abs(seconds), 3600)
    shown = f"{'-' * (span < timedelta())}{hours}:{seconds // 60:02}"
    return f"{shown}:{seconds % 60:02}" if seconds % 60 else shown


def _show_number(value: float) -> str:
    # Fifteen digits are what a spreadsheet keeps; more would show 0.1 + 0.2 as 0.30000000000000004.
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


_SHOW: dict[type, Callable[[Any], str]] = {
    str: str.strip,
    float: _show_number,
    int: str,
    bool: lambda value: "yes" if value else "no",
    datetime: _show_moment,
    date: date.isoformat,
    time: _show_time,
    timedelta: _show_span,
}
