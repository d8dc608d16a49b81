"""Spreadsheets: true row numbers, numbers as a person sees them, sheets hidden or empty."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from generation.documents.passages import Place, UnreadableDocument, describe_place
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read, quotes

Rows = Sequence[Sequence[object]]


def write_xlsx(sheets: dict[str, Rows], hidden: str = "") -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


BUDGET: Rows = [["Item", "Cost"], ["Rent", 1200], ["Heating", 80.5]]


def test_a_sheet_is_a_pipe_table_under_its_name(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"Budget": BUDGET}))
    assert (
        document.text
        == "[sheet Budget]\n\n| Item | Cost |\n| --- | --- |\n| Rent | 1200 |\n| Heating | 80.5 |"
    )
    assert (document.pages, document.pages_with_text, document.tables) == (1, 1, 1)


def test_a_passage_knows_its_sheet_and_rows(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"Budget": BUDGET}))
    assert document.passages[0].place == Place(sheet="Budget", first_row=1, last_row=3)
    assert describe_place(document.passages[0].place) == "sheet Budget, rows 1–3"


def test_rows_count_as_the_spreadsheet_shows_them(read: Read) -> None:
    rows: Rows = [[], [], ["Item", "Cost"], ["Rent", 1], [], ["Heating", 2]]
    place = read("b.xlsx", write_xlsx({"Budget": rows})).passages[0].place
    assert (place.first_row, place.last_row) == (3, 6)


def test_values_are_shown_as_a_person_sees_them(read: Read) -> None:
    rows: Rows = [
        ["what", "value"],
        ["whole", 12.0],
        ["sum", 0.1 + 0.2],
        ["day", date(2026, 3, 1)],
        ["moment", datetime(2026, 3, 1, 14, 30)],
        ["hour", time(9, 5)],
        ["paid", True],
        ["owed", False],
        ["none", 0],
    ]
    table = tables_in(read("b.xlsx", write_xlsx({"S": rows})).text)[0]
    assert [row[1] for row in table.rows] == [
        "12", "0.3", "2026-03-01", "2026-03-01 14:30", "09:05", "yes", "no", "0",
    ]  # fmt: skip


def test_empty_rows_and_columns_are_left_out(read: Read) -> None:
    rows: Rows = [["Item", None, "Cost", None], [None, None, None, " "], ["Rent", None, 5, None]]
    assert "| Item | Cost |\n| --- | --- |\n| Rent | 5 |" in read("b.xlsx", write_xlsx({"S": rows})).text


def test_a_title_over_a_table_is_no_header(read: Read) -> None:
    rows: Rows = [["Budget 2026"], ["Item", "Cost"], ["Rent", 5]]
    document = read("b.xlsx", write_xlsx({"S": rows}))
    assert quotes(document)[0].startswith("Budget 2026\n\n| Item | Cost |")
    assert tables_in(document.text)[0].header == ("Item", "Cost")


def test_a_header_after_an_empty_row_begins_a_new_table(read: Read) -> None:
    rows: Rows = [["Item", "Cost"], ["Rent", 5], [], ["Person", "Role"], ["Ann", "Chair"]]
    document = read("b.xlsx", write_xlsx({"S": rows}))
    assert [table.header for table in tables_in(document.text)] == [("Item", "Cost"), ("Person", "Role")]
    assert [passage.place.first_row for passage in document.passages] == [1, 4]


def test_figures_after_an_empty_row_stay_in_their_table(read: Read) -> None:
    rows: Rows = [["Item", "Cost"], ["Rent", 5], [], ["Total", 5]]
    assert read("b.xlsx", write_xlsx({"S": rows})).tables == 1


def test_a_long_sheet_is_cut_every_forty_rows_and_stays_one_table(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"S": [["Item", "Cost"], *([f"Item {n}", n] for n in range(99))]}))
    rows = [(passage.place.first_row, passage.place.last_row) for passage in document.passages]
    assert rows == [(1, 40), (41, 80), (81, 100)]
    (table,) = tables_in(document.text)
    assert len(table.rows) == 99


def test_rows_of_long_cells_are_cut_sooner(read: Read) -> None:
    rows: Rows = [["Question", "Answer"], *([f"Q{n}", "A long answer. " * 80] for n in range(20))]
    document = read("b.xlsx", write_xlsx({"S": rows}))
    assert max(map(len, quotes(document))) < 6000


def test_a_hidden_sheet_is_read_and_named(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"Budget": BUDGET, "Notes": BUDGET}, hidden="Notes"))
    assert "[sheet Notes]" in document.text
    assert document.warnings == ("Sheet “Notes” is hidden in the file; it was read too.",)


def test_an_empty_sheet_is_named(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"Budget": BUDGET, "Sheet2": []}))
    assert (document.pages, document.pages_with_text) == (2, 1)
    assert document.warnings == ("Sheet “Sheet2” holds no text.",)


def test_pipes_and_line_breaks_in_cells_come_back(read: Read) -> None:
    document = read("b.xlsx", write_xlsx({"S": [["a|b", "two\nlines"], ["1", "2"]]}))
    assert tables_in(document.text)[0].header == ("a|b", "two\nlines")


def test_a_workbook_of_empty_sheets_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match="holds no text that can be read"):
        read("b.xlsx", write_xlsx({"Sheet1": []}))


def test_a_broken_workbook_is_called_damaged(read: Read) -> None:
    with pytest.raises(UnreadableDocument, match=r"“b.xlsx” is damaged"):
        read("b.xlsx", write_xlsx({"Budget": BUDGET})[:300])
