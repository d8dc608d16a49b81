"""Where the report goes in a house document."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from templates.word.house import check_house, write_house
from tests.templates.word.house.files import REPORT, W, changed, filled, house, parts, saved, split, texts

NOTE = "Not reviewed yet."
DRAFT = "Draft: 2 of 2 parts are not reviewed yet."
KEYS = ["summary", "outcome"]
WHOLE = [
    "March", "Minutes", DRAFT, "Minutes", "Drafted from the transcript.", "Summary", NOTE, "All went well.",
    "Nobody objected.", "Outcome", NOTE, "Deferred",
]  # fmt: skip


def test_without_a_placeholder_the_report_goes_to_the_end() -> None:
    assert texts(filled(house("Before"))) == ["Before", *WHOLE]


def test_a_blank_letterhead_begins_with_the_report() -> None:
    assert filled(house("")).paragraphs[0].text == "March"


def test_the_whole_report_stands_where_its_placeholder_stood() -> None:
    assert texts(filled(house("Before", "{{ report }}", "After"))) == ["Before", *WHOLE, "After"]


def test_each_block_stands_at_its_own_placeholder_without_its_title() -> None:
    found = texts(filled(house("One", "{{ outcome }}", "Two", "{{summary}}", "Three")))
    assert found == [
        "One", DRAFT, NOTE, "Deferred", "Two", NOTE, "All went well.", "Nobody objected.", "Three",
    ]  # fmt: skip


def test_blocks_without_a_place_and_the_headings_above_them_go_to_the_end() -> None:
    found = texts(filled(house("One", "{{ outcome }}", "Two")))
    assert found[found.index("Two") + 1 :] == [
        "Minutes", "Drafted from the transcript.", "Summary", NOTE, "All went well.", "Nobody objected.",
    ]  # fmt: skip
    assert found.count("Deferred") == 1


def test_the_place_of_the_report_holds_what_has_no_place_of_its_own() -> None:
    found = texts(filled(house("{{ report }}", "Then", "{{ outcome }}")))
    assert "Outcome" not in found
    assert found.index("All went well.") < found.index("Then") < found.index("Deferred")


@pytest.mark.parametrize("pieces", [("{{ ", "outcome", " }}"), ("{", "{out", "come}", "}"), ("{{outcome}}",)])
def test_a_placeholder_is_found_however_it_is_split(pieces: tuple[str, ...]) -> None:
    document = house()
    split(document.add_paragraph(), *pieces)
    assert "Deferred" in texts(filled(document))
    assert not [text for text in texts(filled(document)) if "{" in text]


def test_a_short_value_stands_in_its_sentence_in_the_look_of_the_placeholder() -> None:
    document = house()
    paragraph = document.add_paragraph("Outcome: ")
    paragraph.add_run("{{ out").bold = True
    paragraph.add_run("come }}").italic = True
    paragraph.add_run(" – as agreed.")
    result = next(one for one in filled(document).paragraphs if one.text.startswith("Outcome"))
    assert result.text == "Outcome: Deferred – as agreed."
    assert [run.text for run in result.runs if run.bold] == ["Deferred"]
    assert NOTE in texts(filled(document))


def test_a_long_value_follows_its_sentence() -> None:
    found = texts(filled(house("In short: {{ summary }}.", "After")))
    at = found.index("In short:")
    assert found[at + 1 : at + 4] == [NOTE, "All went well.", "Nobody objected."]
    assert found.index("After") > at


def test_words_are_filled_everywhere_also_in_headers_and_footers() -> None:
    document = house("{{ title }} by {{ author }}, {{ date }}, {{ template }}")
    document.sections[0].header.paragraphs[0].text = "{{ title }} · {{ outcome }}"
    document.sections[0].footer.paragraphs[0].text = "{{ Date }}"
    result = filled(document)
    assert texts(result)[0] == "March by Ada, 3 March 2026, Minutes of a meeting"
    assert result.sections[0].header.paragraphs[0].text == "March · Deferred"
    assert result.sections[0].footer.paragraphs[0].text == "3 March 2026"


def test_a_document_that_shows_the_title_does_not_get_it_twice() -> None:
    assert texts(filled(house("On {{ title }}", "{{ report }}")))[:2] == ["On March", DRAFT]


def test_a_block_named_only_in_a_header_still_stands_in_the_document() -> None:
    document = house()
    document.sections[0].header.paragraphs[0].text = "{{ outcome }}"
    assert "Deferred" in texts(filled(document))
    assert check_house(saved(document), KEYS).unplaced == ("summary", "outcome")


def test_a_cell_takes_content_in_its_own_width() -> None:
    document = house()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Summary"
    inner = table.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "{{ summary }}"
    cell = filled(document).tables[0].cell(0, 1).tables[0].cell(0, 0)
    assert [one.text for one in cell.paragraphs if one.text] == [NOTE, "All went well.", "Nobody objected."]
    [written] = cell.tables
    widths = [column.width for column in written.columns]
    assert sum(width.twips for width in widths if width) < 4500
    assert cell._tc[-1].tag.endswith("}p")


def test_content_controls_and_text_boxes_are_filled() -> None:
    document = house()
    control = (
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:p><w:r>'
        "<w:t>{{ summary }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    box = (
        f'<w:p xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>'
        '<v:shape style="width:200pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>{{ outcome }}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    for xml in (control, box):
        document.element.body.insert(0, parse_xml(xml))
    xml = parts(write_house(saved(document), REPORT))["word/document.xml"].decode()
    assert xml.index("Deferred") < xml.index("</w:txbxContent>")
    assert xml.index("All went well.") < xml.index("</w:sdtContent>")
    assert "showingPlcHdr" not in xml
    assert "{{" not in xml


def test_a_paragraph_that_ends_a_section_keeps_it() -> None:
    document = house("Cover")
    document.add_section()
    document.add_paragraph("{{ summary }}")
    document.add_section()
    document.add_paragraph("{{ outcome }}")
    before, after = len(document.sections), filled(document)
    assert len(after.sections) == before
    assert texts(after)[-1] == "Deferred"


def test_a_landscape_section_gives_its_width_to_a_table() -> None:
    document = house("{{ summary }}")
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    [table] = filled(document).tables
    text_width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    width = sum(column.width or 0 for column in table.columns)
    assert abs(width - text_width) < 40_000


def test_unknown_placeholders_stay_and_are_reported() -> None:
    document = house("{{ sumary }} and {{ outcome }}")
    found = check_house(saved(document), KEYS)
    assert (found.unknown, found.placeholders, found.unplaced) == (("sumary",), ("outcome",), ("summary",))
    assert any("{{ sumary }}" in text for text in texts(filled(document)))


def test_a_text_of_the_report_is_never_taken_for_a_placeholder() -> None:
    report = replace(REPORT, title="{{ summary }}")
    assert "{{ summary }}" in texts(filled(house("{{ title }}", "{{ report }}"), report))


def test_what_is_not_touched_is_the_same_byte_for_byte() -> None:
    document = house("{{ report }}")
    document.sections[0].header.paragraphs[0].text = "The Ministry"
    document.sections[0].footer.paragraphs[0].text = "Page"
    before = parts(saved(document))
    after = parts(write_house(saved(document), REPORT))
    same = [name for name in before if "header" in name or "footer" in name or "theme" in name]
    assert len(same) >= 3
    assert [after[name] for name in same] == [before[name] for name in same]


def test_fields_and_properties_show_title_and_author() -> None:
    document = house("{{ report }}")
    field = '<w:fldSimple xmlns:w="{}" w:instr=" TITLE "><w:r><w:t>Old</w:t></w:r></w:fldSimple>'
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(field.format(W)))
    document.core_properties.keywords = "kept"
    data = write_house(saved(document), REPORT)
    assert b">March<" in parts(data)["word/header1.xml"]
    found = Document(BytesIO(data)).core_properties
    assert (found.title, found.author, found.subject, found.keywords) == (
        "March",
        "Ada",
        "Minutes of a meeting",
        "kept",
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    document = saved(house("{{ summary }}", "{{ report }}"))
    report = replace(REPORT, created=Document(BytesIO(document)).core_properties.created)
    assert write_house(document, report) == write_house(document, report)


def test_a_prefix_the_document_never_declared_is_added() -> None:
    def without_r(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return (
            f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{{{{ report }}}}</w:t></w:r></w:p>'
            "<w:sectPr/></w:body></w:document>"
        ).encode()

    assert "March" in texts(filled(changed(saved(house()), without_r)))


def test_the_whole_report_has_no_place_in_a_header() -> None:
    document = house("Before")
    document.sections[0].header.paragraphs[0].text = "{{ report }} {{ summary }}"
    found = check_house(saved(document), KEYS)
    assert (found.has_report, found.unknown) == (False, ("report",))
    result = filled(document)
    assert texts(result) == ["Before", *WHOLE]
    assert result.sections[0].header.paragraphs[0].text == "{{ report }} …"


def test_two_columns_halve_the_width_of_a_table() -> None:
    document = house("{{ summary }}")
    columns = document.sections[0]._sectPr.find(f"{{{W}}}cols")
    columns.set(f"{{{W}}}num", "2")
    [table] = filled(document).tables
    assert sum(column.width.twips for column in table.columns if column.width) == (8640 - 720) // 2
