"""Spreadsheets of Excel's kinds: every sheet as tables that keep the row numbers a person sees."""

from collections.abc import Callable, Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from generation.documents import ole, refusals
from generation.documents.builder import TextBuilder
from generation.documents.passages import ReadDocument
from generation.documents.runs import name_runs
from generation.documents.sheets.grid import Row, add_grid
from generation.documents.sheets.looks import Looks, SheetLook, open_looks
from generation.documents.sheets.rows import number_rows

_RUNS_NAMED = 8
_LOST = "How the numbers look could not be read; they are shown plain, such as 0.05 for 5 %."


def read_spreadsheet(path: Path, name: str) -> ReadDocument:
    with path.open("rb") as file:
        if file.read(len(ole.SIGNATURE)) == ole.SIGNATURE and ole.runs_in_circles(
            ole.SIGNATURE + file.read()
        ):
            raise refusals.damaged(name)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return _read_workbook(workbook, open_looks(path, name))
    except PasswordError as error:
        raise refusals.protected(name) from error
    except CalamineError as error:
        raise refusals.damaged(name) from error
    except BaseException as error:
        # The library is written in Rust: where it gives up, it raises what is no Exception.
        if type(error).__name__ == "PanicException":
            raise refusals.damaged(name) from error
        raise


def _read_workbook(workbook: CalamineWorkbook, looks: Looks) -> ReadDocument:
    builder = TextBuilder()
    # Chart sheets and macro sheets hold no cells.
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    with_text = sum(_add_sheet(builder, workbook, sheet, looks) for sheet in sheets)
    if looks.lost:
        builder.warnings.append(_LOST)
    return builder.finish(len(sheets), with_text)


def _add_sheet(builder: TextBuilder, workbook: CalamineWorkbook, about: SheetMetadata, looks: Looks) -> bool:
    """Whether the sheet held anything."""
    try:
        sheet = workbook.get_sheet_by_name(about.name)
    except CalamineError:
        builder.warnings.append(f"Sheet “{about.name}” is damaged and could not be read.")
        return False
    look = looks.of_sheet(about.name)
    if look.not_calculated:
        builder.warnings.append(_count_formulas(about.name, look.not_calculated))
    rows = number_rows(sheet, look)
    if not any(any(cells) for _, cells in rows):
        builder.warnings.append(f"Sheet “{about.name}” holds no text.")
        return False
    if about.visible != SheetVisibleEnum.Visible:
        builder.warnings.append(f"Sheet “{about.name}” is hidden in the file; it was read too.")
    builder.warnings += _find_hidden(about.name, rows, look, sheet.start[1] if sheet.start else 0)
    builder.mark(f"sheet {about.name}")
    add_grid(builder, rows, about.name)
    return True


def _count_formulas(sheet: str, count: int) -> str:
    formulas = "a formula that was" if count == 1 else f"{count} formulas that were"
    return (
        f"Sheet “{sheet}” holds {formulas} never calculated, so the result is missing. "
        "Open the file in a spreadsheet program, save it and upload it again."
    )


def _find_hidden(sheet: str, rows: list[Row], look: SheetLook, first: int) -> Iterator[str]:
    """A warning where hidden rows or columns hold something."""
    hidden = []
    found = _hidden_rows(rows, look)
    if found:
        hidden.append(f"row{'s' * (len(found) > 1)} {_name_some(found)}")
    columns = sorted(
        column
        for column in look.hidden_columns
        if column >= first and any(column - first < len(cells) and cells[column - first] for _, cells in rows)
    )
    if columns:
        hidden.append(f"column{'s' * (len(columns) > 1)} {_name_some(columns, _name_column)}")
    if hidden:
        yield f"Sheet “{sheet}” has hidden cells ({'; '.join(hidden)}); they were read too."


def _hidden_rows(rows: list[Row], look: SheetLook) -> list[int]:
    if not look.hidden_rows:
        return []
    return [number for number, cells in rows if number - 1 in look.hidden_rows and any(cells)]


def _name_some(numbers: list[int], name: Callable[[int], str] = str) -> str:
    """“3, 5–9”, no more runs than a warning bears."""
    named = name_runs(numbers, name)
    return ", ".join(named[:_RUNS_NAMED]) + (", …" if len(named) > _RUNS_NAMED else "")


def _name_column(column: int) -> str:
    """“A” for 0, “AB” for 27."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name
