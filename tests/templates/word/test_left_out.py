"""What a careful reader leaves out or writes otherwise: hidden text, contents, raised figures, formulas."""

from templates.word.parts import Heading, Paragraph, Part, Table
from templates.word.read.document import read_word_and_warnings
from tests.templates.word.files import cell, paragraph, read_xml, run, table, word_file

HIDDEN = ["The file holds hidden text, which was left out."]
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def styled_run(text: str, look: str) -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def math(content: str) -> list[Part]:
    return read_xml(f"<w:p><m:oMath {MATH}>{content}</m:oMath></w:p>")


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_hidden_text_is_left_out_and_told() -> None:
    content = f"<w:p>{run('seen')}{styled_run(' hidden', '<w:vanish/>')}</w:p>"
    assert read_word_and_warnings(word_file(content)) == ([Paragraph("seen")], HIDDEN)


def test_text_in_a_hidden_style_is_left_out_and_told() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    content = "<w:p>" + run("seen") + styled_run(" hidden", '<w:rStyle w:val="H"/>') + "</w:p>"
    assert read_word_and_warnings(word_file(content, styles=styles)) == ([Paragraph("seen")], HIDDEN)


def test_text_whose_hiding_is_switched_off_is_read() -> None:
    content = "<w:p>" + styled_run("seen", '<w:vanish w:val="0"/>') + "</w:p>"
    assert read_word_and_warnings(word_file(content)) == ([Paragraph("seen")], [])


def test_a_table_of_contents_is_not_read_twice() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Costs')}</w:sdtContent></w:sdt>"
    assert read_xml(contents + paragraph("Text")) == [Paragraph("Text")]


def test_lines_of_a_table_of_contents_without_a_control_are_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    line = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{run("Costs")}<w:r><w:tab/></w:r>{run("12")}</w:p>'
    other = paragraph("A note in that style", '<w:pStyle w:val="T"/>')
    assert read_xml(line + other, styles=styles) == [Paragraph("A note in that style", "toc 1")]


def test_raised_figures_stay_raised() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    content = (
        f"<w:p>{run('10')}{styled_run('-6', up)}{run(' m')}{styled_run('2', up)}{styled_run('th', up)}</w:p>"
    )
    assert read_xml(content) == [Paragraph("10⁻⁶ m²th")]


def test_a_fraction_keeps_its_stroke() -> None:
    assert math(f"<m:f><m:num>{m('1')}</m:num><m:den>{m('2x')}</m:den></m:f>") == [Paragraph("1/2x")]


def test_powers_roots_and_sums_keep_their_signs() -> None:
    power = f"<m:sSup><m:e>{m('a+b')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>"
    assert math(power) == [Paragraph("(a+b)^2")]
    assert math(f"<m:rad><m:deg/><m:e>{power}</m:e></m:rad>") == [Paragraph("√((a+b)^2)")]
    bounds = f"<m:sub>{m('i=1')}</m:sub><m:sup>{m('n')}</m:sup>"
    total = f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{bounds}<m:e>{m("x")}</m:e></m:nary>'
    assert math(total) == [Paragraph("∑_(i=1)^n x")]


def test_brackets_that_word_draws_are_written() -> None:
    assert math(f"<m:d><m:e>{m('a')}</m:e><m:e>{m('b')}</m:e></m:d>") == [Paragraph("(a, b)")]


def test_tables_that_another_only_places_on_the_page_are_tables() -> None:
    inner = table(cell("Item") + cell("Cost"), cell("Roof") + cell("1200"))
    title = paragraph("Plan", '<w:outlineLvl w:val="0"/>')
    assert read_xml(table(cell(title) + cell(inner + "<w:p/>"))) == [
        Heading("Plan", 1),
        Table((("Item", "Cost"), ("Roof", "1200"))),
    ]


def test_a_merged_cell_of_a_table_in_a_cell_stands_once() -> None:
    inner = table(cell("wide", '<w:gridSpan w:val="3"/>'), cell("a") + cell("b") + cell(""))
    outer = table(cell("A long text beside the small table") + cell(inner + "<w:p/>"))
    assert read_xml(outer) == [Table((("A long text beside the small table", "wide | \na | b"),))]
