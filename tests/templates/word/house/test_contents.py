"""The table of contents, in our own style and in a house document."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from templates.word.house import write_house
from templates.word.write import write_report
from tests.bench.word_package import find_faults
from tests.templates.word.house.files import REPORT, W, house, saved, texts

WANTED = replace(REPORT, toc=True)
OLD = (
    f'<w:p xmlns:w="{W}"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-1" \\h '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Old entry</w:t></w:r>'
    "</w:p>",
    f'<w:p xmlns:w="{W}"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
)


def entries(document: WordDocument) -> list[tuple[str, str]]:
    """(text, bookmark) of each entry."""
    return [
        ("".join(text.text or "" for text in link.iter(f"{{{W}}}t")), link.get(f"{{{W}}}anchor"))
        for link in document.element.body.iter(f"{{{W}}}hyperlink")
        if link.get(f"{{{W}}}anchor")
    ]


def bookmarks(document: WordDocument) -> set[str]:
    return {str(one.get(f"{{{W}}}name")) for one in document.element.body.iter(f"{{{W}}}bookmarkStart")}


def test_without_being_wanted_there_is_none() -> None:
    assert not entries(Document(BytesIO(write_report(REPORT))))


def test_our_own_style_lists_every_heading_after_the_title() -> None:
    data = write_report(WANTED)
    document = Document(BytesIO(data))
    assert [text for text, _ in entries(document)] == ["Minutes", "Summary", "Outcome"]
    assert {mark for _, mark in entries(document)} <= bookmarks(document)
    xml = document.element.xml
    assert xml.index("Draft: 2") < xml.index(">Contents<") < xml.index("Drafted from")
    assert xml.count('fldCharType="begin"') == xml.count('fldCharType="end"') == 4
    assert not find_faults(data)


def test_its_heading_is_in_the_reports_language() -> None:
    assert ">Inhalt<" in Document(BytesIO(write_report(replace(WANTED, language="de")))).element.xml


def test_a_house_document_lists_its_own_headings_too() -> None:
    document = house()
    document.add_heading("Preface")
    document.add_paragraph("{{ report }}")
    data = write_house(saved(document), WANTED)
    assert [text for text, _ in entries(Document(BytesIO(data)))] == [
        "Preface",
        "Minutes",
        "Summary",
        "Outcome",
    ]
    assert not find_faults(data)


def test_a_table_of_contents_the_house_has_is_written_anew_where_it_stands() -> None:
    document = house("Cover")
    for xml in OLD:
        document.add_paragraph("x")._p.addprevious(parse_xml(xml))
    document.add_paragraph("{{ report }}")
    data = write_house(saved(document), WANTED)
    result = Document(BytesIO(data))
    assert [text for text, _ in entries(result)] == ["Minutes"], "it asked for one level"
    assert "Old entry" not in texts(result)
    assert result.element.xml.count(" TOC ") == 1
    assert not find_faults(data)


def test_a_place_for_it_can_be_named() -> None:
    found = Document(BytesIO(write_house(saved(house("{{ contents }}", "Then", "{{ report }}")), REPORT)))
    assert found.element.xml.index(">Summary<") < found.element.xml.index(">Then<")


def test_a_heading_with_any_text_is_an_entry() -> None:
    part = replace(REPORT.parts[0], title='A <b> & "c"')
    document = Document(BytesIO(write_report(replace(WANTED, parts=(part,)))))
    assert [text for text, _ in entries(document)] == ['A <b> & "c"']


def test_without_headings_there_is_no_empty_table() -> None:
    assert "Contents" not in texts(Document(BytesIO(write_report(replace(WANTED, parts=())))))


def test_where_each_block_has_its_place_it_stands_before_the_first() -> None:
    document = house()
    document.add_heading("Preface")
    document.add_paragraph("{{ summary }}")
    document.add_heading("Decision")
    document.add_paragraph("{{ outcome }}")
    result = Document(BytesIO(write_house(saved(document), WANTED)))
    assert [text for text, _ in entries(result)] == ["Preface", "Decision"]
    assert result.element.xml.index(">Contents<") < result.element.xml.index("All went well.")
