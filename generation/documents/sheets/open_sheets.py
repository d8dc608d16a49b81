"""OpenDocument spreadsheets (.ods): every sheet as tables of what its cells show."""

from collections.abc import Iterator
from pathlib import Path

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.open_document import open_content, repeats
from generation.documents.passages import ReadDocument
from generation.documents.sheets.grid import Row, add_grid
from generation.documents.zipped import Element, ZippedFile, attribute, local

_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
# Copies of a row with something in it; more is a sheet filled by accident.
_MOST_COPIES = 1_000


def read_ods(path: Path, name: str) -> ReadDocument:
    with ZippedFile(path, name) as file:
        content = open_content(file, name)
    book = content.find("{*}body/{*}spreadsheet")
    if book is None:
        raise refusals.damaged(name)
    hidden = {
        attribute(style, "name")
        for style in content.iterfind("{*}automatic-styles/{*}style")
        for look in style.iterfind("{*}table-properties")
        if attribute(look, "display") == "false"
    }
    builder = TextBuilder()
    sheets = [sheet for sheet in book if local(sheet.tag) == "table"]
    with_text = sum(_add_sheet(builder, sheet, hidden) for sheet in sheets)
    return builder.finish(len(sheets), with_text)


def _add_sheet(builder: TextBuilder, sheet: Element, hidden: set[str]) -> bool:
    """Whether the sheet held anything."""
    name = attribute(sheet, "name")
    warnings: list[str] = []
    rows = list(_number_rows(sheet, warnings, name))
    if not rows:
        builder.warnings.append(f"Sheet “{name}” holds no text.")
        return False
    if attribute(sheet, "style-name") in hidden:
        builder.warnings.append(f"Sheet “{name}” is hidden in the file; it was read too.")
    builder.warnings += warnings
    builder.mark(f"sheet {name}")
    add_grid(builder, rows, name)
    return True


def _number_rows(sheet: Element, warnings: list[str], name: str) -> Iterator[Row]:
    number, hidden = 0, False
    for row in sheet.iter("{*}table-row"):
        copies = repeats(row, "number-rows-repeated", _MOST_ROWS)
        cells = _read_row(row)
        if cells:
            hidden = hidden or attribute(row, "visibility") in ("collapse", "filter")
            for copy in range(min(copies, _MOST_COPIES)):
                yield number + copy + 1, list(cells)
            if copies > _MOST_COPIES:
                warnings.append(
                    f"Sheet “{name}” repeats row {number + 1} to its end; most copies were left out."
                )
        number += copies
    if hidden:
        warnings.append(f"Sheet “{name}” has hidden rows; they were read too.")


def _read_row(row: Element) -> list[str]:
    """The texts of a row without empty ones at its end."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        copies = repeats(cell, "number-columns-repeated", _MOST_COLUMNS)
        text = _read_cell(cell)
        if not text:
            empty += copies
            continue
        cells += [""] * min(empty, _MOST_COLUMNS)
        empty = 0
        cells += [text] * min(copies, _MOST_COPIES)
        if len(cells) > _MOST_COLUMNS:
            break
    return cells


def _read_cell(cell: Element) -> str:
    """What the cell shows; a date as the year, month and day it stands for."""
    if attribute(cell, "value-type") == "date":
        day, _, hour = attribute(cell, "date-value").partition("T")
        if day:
            return f"{day} {hour[:8].removesuffix(':00')}".strip() if hour.strip("0:") else day
    lines = ("".join(_read_text(paragraph)) for paragraph in cell.iterchildren("{*}p"))
    return "\n".join(line for line in lines if line.strip()).strip()


def _read_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = local(child.tag)
        if kind in ("s", "tab", "line-break"):
            yield " "
        elif kind != "annotation":
            # Links and marked stretches.
            yield "".join(child.itertext())
        yield child.tail or ""
