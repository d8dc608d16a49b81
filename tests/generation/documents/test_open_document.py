"""OpenDocument texts and spreadsheets."""

import pytest

from generation.documents.passages import UnreadableDocument
from generation.documents.pipe_tables import tables_in
from tests.generation.documents.conftest import Read, quotes
from tests.generation.documents.packages import zip_parts

NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "table", "draw", "style"))


def content(kind: str, inside: str, styles: str = "") -> bytes:
    body = f"<office:body><office:{kind}>{inside}</office:{kind}></office:body>"
    look = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    root = f"<office:document-content {NAMES}>{look}{body}</office:document-content>"
    return zip_parts({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": root})


def odt(inside: str) -> bytes:
    return content("text", inside)


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_headings_paragraphs_and_lists_are_read_in_order(read: Read) -> None:
    inner = "<text:list><text:list-item><text:p>May</text:p></text:list-item></text:list>"
    document = read(
        "a.odt",
        odt(
            '<text:h text:outline-level="1">Minutes</text:h>'
            '<text:p>Ann<text:s text:c="2"/>agreed\n it.</text:p>'
            f"<text:list><text:list-item><text:p>Rent</text:p>{inner}</text:list-item></text:list>"
        ),
    )
    assert quotes(document) == ["# Minutes", "Ann  agreed it.", "- Rent\n  - May"]
    assert document.passages[-1].place.headings == ("Minutes",)


def test_deleted_text_and_remarks_are_left_out(read: Read) -> None:
    document = read(
        "a.odt",
        odt(
            "<text:tracked-changes><text:changed-region><text:p>Old</text:p></text:changed-region>"
            "</text:tracked-changes><text:p>New<office:annotation><text:p>Why?</text:p></office:annotation>.</text:p>"
        ),
    )
    assert document.text == "New."


def test_a_note_follows_its_paragraph(read: Read) -> None:
    body = "<text:note-body><text:p>By lease.</text:p></text:note-body>"
    note = f"<text:note-citation>1</text:note-citation>{body}"
    document = read(
        "a.odt", odt(f"<text:p>Rent<text:note>{note}</text:note> is due.</text:p><text:p>End</text:p>")
    )
    assert quotes(document) == ["Rent[1] is due.", "[1] By lease.", "End"]


def test_the_text_of_a_box_follows_its_paragraph(read: Read) -> None:
    box = "<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
    assert quotes(read("a.odt", odt(f"<text:p>Before{box} after</text:p>"))) == ["Before after", "Boxed"]


def test_spanned_and_nested_cells_are_read(read: Read) -> None:
    nested = f"<table:table>{row(cell('x'), cell('y'))}</table:table>"
    document = read(
        "a.odt",
        odt(
            "<table:table>"
            + row(
                cell("Who", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", cell("When")
            )
            + row(cell("North", 'table:number-rows-spanned="2"'), cell("Ann"), cell("May"))
            + row(
                "<table:covered-table-cell/>", cell("Bob"), f"<table:table-cell>{nested}</table:table-cell>"
            )
            + "</table:table>"
        ),
    )
    (table,) = tables_in(document.text)
    assert table.header == ("Who", "Who", "When")
    assert table.rows == (("North", "Ann", "May"), ("North", "Bob", "x | y"))


def test_a_figure_over_several_columns_stands_once(read: Read) -> None:
    rows = row(cell("Item"), cell("May"), cell("June"))
    rows += row(cell("Rent"), cell("1200", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
    (table,) = tables_in(read("a.odt", odt(f"<table:table>{rows}</table:table>")).text)
    assert table.rows == (("Rent", "1200", ""),)


def test_a_locked_text_is_told(read: Read) -> None:
    locked = zip_parts(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
            "content.xml": "noise",
        }
    )
    with pytest.raises(UnreadableDocument, match="protected with a password"):
        read("a.odt", locked)


def test_a_sheet_shows_its_cells_as_its_program_did(read: Read) -> None:
    sheet = (
        '<table:table table:name="Costs">'
        + row(cell("Item"), cell("Share"), cell("Day"))
        + row(
            cell("Rent"),
            cell("6.9 %", 'office:value-type="percentage" office:value="0.0685"'),
            cell("1 Mar", 'office:value-type="date" office:date-value="2026-03-01"'),
        )
        + "</table:table>"
    )
    document = read("a.ods", content("spreadsheet", sheet))
    assert tables_in(document.text)[0].rows == (("Rent", "6.9 %", "2026-03-01"),)
    assert (document.pages, document.passages[0].place.sheet) == (1, "Costs")


def test_repeated_rows_and_cells_are_bounded_and_counted(read: Read) -> None:
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    wide = cell("1", 'table:number-columns-repeated="2"')
    rows = row(cell("a"), cell("b"), cell("c")) + row(cell("r"), wide) + empty + row(cell("z"))
    sheet = f'<table:table table:name="S">{rows}</table:table>'
    document = read("a.ods", content("spreadsheet", sheet))
    assert "| r | 1 | 1 |" in document.text
    assert document.passages[-1].place.last_row == 1_000_003


def test_hidden_sheets_and_rows_are_read_and_named(read: Read) -> None:
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    hidden = f'<table:table-row table:visibility="collapse">{cell("x")}</table:table-row>'
    sheet = f'<table:table table:name="S" table:style-name="h">{row(cell("a"))}{hidden}</table:table>'
    document = read("a.ods", content("spreadsheet", sheet, style))
    assert document.warnings == (
        "Sheet “S” is hidden in the file; it was read too.",
        "Sheet “S” has hidden rows; they were read too.",
    )
