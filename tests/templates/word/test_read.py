"""Paragraphs, headings and lists of a Word file as they are read."""

from pathlib import Path

import pytest

from templates.word.parts import Heading, ListItem, Paragraph
from templates.word.read.document import read_word
from tests.templates.word.files import STRICT, cell, paragraph, read_xml, run, table, word_file

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House"/>
  <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn w:val="berschrift1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Second"><w:name w:val="Second"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Second"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Legal"/></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="Legal"/>
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/></w:lvl></w:lvlOverride></w:num>
"""


def styled(style: str) -> str:
    return f'<w:pStyle w:val="{style}"/>'


def numbered(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        (styled("berschrift1"), 1),
        (styled("House"), 1),
        (styled("Deep"), 3),
        ('<w:outlineLvl w:val="1"/>', 2),
    ],
)
def test_a_heading_is_known_by_style_name_base_or_outline_level(properties: str, level: int) -> None:
    assert read_xml(paragraph("Facts", properties), styles=STYLES) == [Heading("Facts", level)]


@pytest.mark.parametrize(
    ("properties", "style"),
    [
        (styled("Plain"), "Plain"),
        (styled("Loop"), "Loop"),
        (styled("Unknown"), "Normal"),
        ("", "Normal"),
    ],
)
def test_any_other_paragraph_keeps_the_name_of_its_style(properties: str, style: str) -> None:
    assert read_xml(paragraph("Facts", properties), styles=STYLES) == [Paragraph("Facts", style)]


@pytest.mark.parametrize(
    ("properties", "item"),
    [
        (numbered(1), ListItem("a", 0, ordered=False)),
        (numbered(1, 1), ListItem("a", 1, ordered=True)),
        (numbered(3), ListItem("a", 0, ordered=True)),
        (numbered(4), ListItem("a", 0, ordered=True)),
        (numbered(99), ListItem("a", 0, ordered=False)),
        (styled("Second"), ListItem("a", 1, ordered=True)),
        (styled("Second") + numbered(1), ListItem("a", 0, ordered=False)),
        (styled("Second") + numbered(0), Paragraph("a", "Second")),
    ],
)
def test_list_items_are_known_by_paragraph_or_style(properties: str, item: ListItem | Paragraph) -> None:
    assert read_xml(paragraph("a", properties), styles=STYLES, numbering=NUMBERING) == [item]


def test_empty_paragraphs_are_skipped() -> None:
    assert read_xml(paragraph("") + paragraph("  ") + "<w:p/>" + paragraph("a")) == [Paragraph("a")]


def test_breaks_tabs_hyphens_and_symbols_are_text() -> None:
    inside = '<w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/>'
    assert read_xml(f"<w:p>{run('a')}<w:r>{inside}</w:r>{run('b')}</w:p>") == [Paragraph("a\t\n-☑b")]


def test_a_links_text_is_text() -> None:
    assert read_xml(f"<w:p>{run('see ')}<w:hyperlink>{run('there')}</w:hyperlink></w:p>") == [
        Paragraph("see there")
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    content = (
        f"<w:p>{run('a')}<w:ins>{run('b')}</w:ins><w:del><w:r><w:delText>c</w:delText><w:tab/></w:r></w:del>"
        f"<w:moveFrom>{run('d')}</w:moveFrom><w:moveTo>{run('e')}</w:moveTo></w:p>"
    )
    assert read_xml(content) == [Paragraph("abe")]


def test_a_paragraph_whose_mark_was_deleted_runs_on_into_the_next() -> None:
    deleted = paragraph("one ", "<w:rPr><w:del/></w:rPr>")
    assert read_xml(deleted + paragraph("two")) == [Paragraph("one two")]
    assert read_xml(deleted) == [Paragraph("one ")]


def test_a_fields_instruction_is_no_text_but_its_result_is() -> None:
    content = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'{run("hidden")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("today")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("!")}</w:p>'
    )
    assert read_xml(content) == [Paragraph("today!")]


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    content = (
        f"<w:p>{run('a')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('b')}</w:p>"
    )
    assert read_xml(content) == [Paragraph("ab"), Paragraph("boxed")]


def test_the_fallback_is_read_where_the_choice_says_nothing() -> None:
    content = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert read_xml(content) == [Paragraph("boxed")]


def test_a_footnote_follows_the_paragraph_that_cites_it() -> None:
    notes = f'<w:footnote w:id="2">{paragraph("the note")}</w:footnote>'
    cited = f'<w:p>{run("a")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert read_xml(cited + paragraph("b"), footnotes=notes) == [
        Paragraph("a"),
        Paragraph("the note"),
        Paragraph("b"),
    ]
    assert read_xml(table(cell(cited)), footnotes=notes)[1:] == [Paragraph("the note")]


def test_text_in_content_controls_is_read_but_a_placeholder_is_not() -> None:
    control = f"<w:sdt><w:sdtPr>{{}}</w:sdtPr><w:sdtContent>{paragraph('Ada')}</w:sdtContent></w:sdt>"
    assert read_xml(control.format("")) == [Paragraph("Ada")]
    assert read_xml(control.format("<w:showingPlcHdr/>")) == []


def test_a_strict_file_reads_like_any_other() -> None:
    content = paragraph("Facts", styled("Deep")) + paragraph("a", numbered(1, 1))
    found = read_word(word_file(content, namespace=STRICT, styles=STYLES, numbering=NUMBERING))
    assert found == [Heading("Facts", 3), ListItem("a", 1, ordered=True)]


def test_what_xml_lets_through_is_cleaned() -> None:
    assert read_xml(paragraph("a\u2028b\u0085c\u007f")) == [Paragraph("a\nb\nc\ufffd")]


def test_a_file_can_be_given_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(paragraph("a")).getvalue())
    assert read_word(path) == [Paragraph("a")]
