"""Tables of a Word file as they are read."""

from templates.word.parts import Paragraph, Table
from tests.templates.word.files import cell, paragraph, read_xml, table


def test_a_cell_over_several_columns_is_repeated() -> None:
    found = read_xml(table(cell("wide", '<w:gridSpan w:val="2"/>'), cell("a") + cell("b")))
    assert found == [Table((("wide", "wide"), ("a", "b")))]


def test_a_cell_over_several_rows_is_repeated() -> None:
    tall, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = read_xml(table(cell("tall", tall) + cell("a"), cell("", on) + cell("b"), cell("new") + cell("c")))
    assert found == [Table((("tall", "a"), ("tall", "b"), ("new", "c")))]


def test_rows_are_made_equally_long() -> None:
    before = '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("b") + "</w:tr>"
    found = read_xml(f"{before}<w:tr>{cell('a')}{cell('b')}{cell('c')}</w:tr></w:tbl>")
    assert found == [Table((("", "b", ""), ("a", "b", "c")))]


def test_a_table_in_a_cell_is_that_cells_text() -> None:
    inner = table(cell("1") + cell("2"), cell("3") + cell("4"), cell("") + cell(""))
    found = read_xml(table(cell(paragraph("over") + inner + "<w:p/>") + cell("b")))
    assert found == [Table((("over\n1 | 2\n3 | 4", "b"),))]


def test_paragraphs_of_a_cell_are_lines() -> None:
    assert read_xml(table(cell(paragraph("a") + paragraph("b")))) == [Table((("a\nb",),))]


def test_an_empty_table_is_skipped() -> None:
    assert read_xml(table(cell("") + cell(" "))) == []


def test_deleted_rows_and_cells_are_gone() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('x')}</w:tr>"
    kept = f"<w:tr>{cell('a')}{cell('x', '<w:cellDel/>')}</w:tr>"
    assert read_xml(f"<w:tbl>{gone}{kept}</w:tbl>") == [Table((("a",),))]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    wrapped = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    row = f"<w:tr>{cell('a')}{wrapped(cell('b'))}</w:tr>"
    assert read_xml(f"<w:tbl>{wrapped(row)}</w:tbl>") == [Table((("a", "b"),))]


def test_a_cell_that_claims_a_million_columns_does_not_get_them() -> None:
    found = read_xml(table(cell("a", '<w:gridSpan w:val="99999999"/>')) + paragraph("b"))
    assert isinstance(found[0], Table)
    assert len(found[0].rows[0]) == 100
    assert found[1] == Paragraph("b")
