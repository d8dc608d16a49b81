"""Spreadsheets read as they look: formats, merged cells, and what is hidden or not calculated."""

from collections.abc import Callable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read


def write(*rows: Sequence[object], change: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    change(sheet)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def cells(read: Read, data: bytes) -> tuple[tuple[str, ...], ...]:
    (table,) = tables_in(read("b.xlsx", data).text)
    return (table.header, *table.rows)


def test_numbers_are_shown_in_the_format_of_their_cell(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].number_format, sheet["B3"].number_format = "0.0%", '#,##0.00 "€"'

    data = write(["Item", "Value"], ["Share", 0.0685], ["Cost", 1234.5], ["Count", 7], change=change)
    assert [row[1] for row in cells(read, data)] == ["Value", "6.9%", "1,234.50 €", "7"]


def test_words_and_truths_keep_their_look_in_a_format_for_numbers(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].number_format = sheet["B3"].number_format = "0.00"

    rows = cells(read, write(["Item", "Value"], ["a", "none yet"], ["b", True], change=change))
    assert [row[1] for row in rows] == ["Value", "none yet", "yes"]


def test_hidden_rows_and_columns_are_read_and_named(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    document = read("b.xlsx", write(["A", "B", "C"], [1, 2, 3], [4, 5, 6], [7, 8, 9], change=change))
    assert "| 1 | 2 | 3 |" in document.text
    assert document.warnings == ("Sheet “Sheet” has hidden cells (rows 2–3; column C); they were read too.",)


def test_formulas_never_calculated_are_told(read: Read) -> None:
    document = read("b.xlsx", write(["Item", "Cost"], ["Rent", 5], ["Total", "=SUM(B2:B2)"]))
    (warning,) = document.warnings
    assert warning.startswith("Sheet “Sheet” holds a formula that was never calculated")


def test_a_name_over_several_columns_or_rows_stands_in_each(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A3:A4")

    rows = ["", "First half", None], ["Item", "Plan", "Real"], ["Rent", 1, 2], [None, 3, 4]
    assert cells(read, write(*rows, change=change)) == (
        ("", "First half", "First half"),
        ("Item", "Plan", "Real"),
        ("Rent", "1", "2"),
        ("Rent", "3", "4"),
    )


def test_a_figure_over_several_cells_is_there_once(read: Read) -> None:
    rows = ["Item", "Cost", "More"], ["Rent", 500, None]
    written = cells(read, write(*rows, change=lambda sheet: sheet.merge_cells("B2:C2")))
    assert written[1] == ("Rent", "500", "")


def test_a_title_over_the_whole_sheet_is_there_once(read: Read) -> None:
    data = write(["Budget", None], ["Item", "Cost"], ["Rent", 5], change=lambda s: s.merge_cells("A1:B1"))
    assert read("b.xlsx", data).text.count("Budget") == 1
