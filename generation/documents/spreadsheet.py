"""Spreadsheets (.xlsx): every sheet as tables that keep the row numbers a person sees."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.encryption import refuse_encrypted
from generation.documents.grid import Row, add_grid
from generation.documents.passages import ReadDocument


def read_xlsx(path: Path, name: str) -> ReadDocument:
    refuse_encrypted(path, name)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return _read_workbook(workbook)
    except CalamineError as error:
        raise refusals.damaged(name) from error


def _read_workbook(workbook: CalamineWorkbook) -> ReadDocument:
    builder = TextBuilder()
    # Chart sheets and macro sheets hold no cells.
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    with_text = sum(_add_sheet(builder, workbook, sheet) for sheet in sheets)
    return builder.finish(len(sheets), with_text)


def _add_sheet(builder: TextBuilder, workbook: CalamineWorkbook, about: SheetMetadata) -> bool:
    """Whether the sheet held anything."""
    try:
        rows = list(_number_rows(workbook.get_sheet_by_name(about.name)))
    except CalamineError:
        builder.warnings.append(f"Sheet “{about.name}” is damaged and could not be read.")
        return False
    if not any(any(cells) for _, cells in rows):
        builder.warnings.append(f"Sheet “{about.name}” holds no text.")
        return False
    if about.visible != SheetVisibleEnum.Visible:
        builder.warnings.append(f"Sheet “{about.name}” is hidden in the file; it was read too.")
    builder.mark(f"sheet {about.name}")
    add_grid(builder, rows, about.name)
    return True


def _number_rows(sheet: CalamineSheet) -> Iterator[Row]:
    first = sheet.start[0] + 1 if sheet.start else 1
    for number, row in enumerate(sheet.to_python(), first):
        yield number, [_SHOW[type(cell)](cell) for cell in row]


def _show_moment(moment: datetime) -> str:
    return (
        moment.date().isoformat()
        if moment.time() == time()
        else f"{moment.date()} {_show_time(moment.time())}"
    )


def _show_time(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


_SHOW: dict[type, Callable[[Any], str]] = {
    str: str.strip,
    # Fifteen digits are what a spreadsheet keeps; more would show 0.1 + 0.2 as 0.30000000000000004.
    float: "%.15g".__mod__,
    int: str,
    bool: lambda value: "yes" if value else "no",
    datetime: _show_moment,
    date: date.isoformat,
    time: _show_time,
    timedelta: str,
}
