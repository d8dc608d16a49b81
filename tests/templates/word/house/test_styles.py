"""The house's own styles, lists and tables, whatever they are called."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from templates.word.body import Body, Run
from templates.word.house import write_house
from templates.word.report import ReportPart
from tests.templates.word.house.files import REPORT, W, filled, house, parts, saved
from tests.templates.word.house.houses import bare

NUMBERING = f'<w:numbering xmlns:w="{W}">'


def rename_style(document: WordDocument, name: str, new_id: str, new_name: str = "") -> None:
    """What another program or language makes of a built-in style."""
    style = document.styles[name]
    for paragraph in document.paragraphs:
        assert paragraph.style is None or paragraph.style.name != name
    style.element.set(f"{{{W}}}styleId", new_id)
    if new_name:
        style.element.find(f"{{{W}}}name").set(f"{{{W}}}val", new_name)


def style_of(document: WordDocument, text: str, nth: int = 0) -> str:
    found = [paragraph for paragraph in document.paragraphs if paragraph.text == text]
    style = found[nth].style
    return style.style_id if style else ""


def with_lists(body: Body) -> None:
    for start in (1, 4):
        numbered = body.new_list(ordered=True, start=start)
        body.list_item([Run(f"one from {start}")], 0, numbered)
        body.list_item([Run(f"deeper from {start}")], 1, numbered)
    bullets = body.new_list(ordered=False)
    body.list_item([Run("a point")], 0, bullets)


LISTS = replace(REPORT, parts=(ReportPart(key="lists", title="Lists", write=with_lists),))


@pytest.mark.parametrize(
    ("new_id", "new_name"),
    [("berschrift1", ""), ("Titre1", "Titre 1"), ("Ueberschrift", "Überschrift 1"), ("x", "HEADING  1")],
)
def test_headings_are_found_by_name_whatever_their_id(new_id: str, new_name: str) -> None:
    document = house("{{ report }}")
    rename_style(document, "Heading 1", new_id, new_name)
    assert style_of(filled(document), "Minutes", 1) == new_id


def test_headings_are_found_by_alias() -> None:
    document = house("{{ report }}")
    rename_style(document, "Heading 1", "Kapitel", "Kapitel")
    alias = parse_xml(f'<w:aliases xmlns:w="{W}" w:val="chapter,heading 1"/>')
    document.styles.element.find(f"{{{W}}}style[@{{{W}}}styleId='Kapitel']").insert(1, alias)
    assert style_of(filled(document), "Minutes", 1) == "Kapitel"


def test_missing_styles_are_added_in_the_houses_colour_and_typeface() -> None:
    document = bare("{{ report }}")
    heading = document.styles.add_style("heading 1", WD_STYLE_TYPE.PARAGRAPH)
    heading.font.color.rgb, heading.font.size = RGBColor(0x00, 0x66, 0x33), Pt(18)
    document.styles["Normal"].font.name = "Garamond"
    xml = parts(write_house(saved(document), REPORT))["word/styles.xml"].decode()
    assert "1F3A5F" not in xml, "no navy in a green house"
    assert "006633" in xml[xml.index('"FillTable"') :]
    assert "Arial" not in xml
    result = filled(document)
    second = result.styles["Heading 2"]
    assert second.base_style is not None
    assert second.base_style.style_id == heading.style_id


def test_an_added_style_takes_no_id_that_is_taken() -> None:
    document = bare("{{ report }}")
    document.styles.add_style("Something", WD_STYLE_TYPE.CHARACTER).element.set(
        f"{{{W}}}styleId", "tabletext"
    )
    ids = [style.style_id.lower() for style in filled(document).styles]
    assert len(ids) == len(set(ids))


def test_every_style_that_is_used_is_there() -> None:
    result = filled(bare("{{ report }}"))
    used = {one.get(f"{{{W}}}val") for one in result.element.body.iter(f"{{{W}}}pStyle", f"{{{W}}}tblStyle")}
    assert used <= {style.style_id for style in result.styles}


def test_a_table_wears_the_style_of_the_houses_own_tables() -> None:
    document = house("{{ report }}")
    document.add_table(1, 1, style="Light Grid Accent 3")
    document.add_table(1, 1, style="Table Grid")
    style = filled(document).tables[0].style
    assert style is not None
    assert style.name == "Light Grid Accent 3"


def test_plain_paragraphs_take_over_how_the_placeholder_stood() -> None:
    document = house()
    body_text = document.styles["Body Text"]
    document.add_paragraph("{{ summary }}", style=body_text)
    assert style_of(filled(document), "All went well.") == body_text.style_id


def test_a_placeholder_in_a_heading_makes_no_headings_of_the_text() -> None:
    document = house()
    document.add_paragraph("{{ summary }}", style="Heading 2")
    assert style_of(filled(document), "All went well.") == "Normal"


def num_of(document: WordDocument, text: str) -> str:
    [paragraph] = [one for one in document.paragraphs if one.text == text]
    [number] = paragraph._p.iter(f"{{{W}}}numId")
    return str(number.get(f"{{{W}}}val"))


def test_lists_never_share_a_number_with_a_list_of_the_house() -> None:
    document = house("{{ report }}")
    document.add_paragraph("house item", style="List Number")
    before = {num.numId for num in document.part.numbering_part.element.num_lst}
    result = filled(document, LISTS)
    ours = {num_of(result, text) for text in ("one from 1", "one from 4", "a point")}
    assert len(ours) == 3
    assert not {int(one) for one in ours} & before


def test_each_numbered_list_restarts_with_all_its_levels() -> None:
    result = filled(house("{{ report }}"), LISTS)
    numbering = result.part.numbering_part.element
    num = next(one for one in numbering.num_lst if str(one.numId) == num_of(result, "one from 4"))
    starts = [one.get(f"{{{W}}}val") for one in num.iter(f"{{{W}}}startOverride")]
    assert starts[:3] == ["4", "1", "1"]


def test_text_that_goes_on_after_a_list_inside_an_item_counts_as_no_item() -> None:
    def write(body: Body) -> None:
        items = body.new_list(ordered=False)
        body.list_item([Run("an item")], 0, items)
        body.list_more([Run("goes on")], 0, items)

    assert (
        num_of(filled(house("{{ report }}"), replace(REPORT, parts=(ReportPart(write=write),))), "goes on")
        == "0"
    )


def test_definitions_stand_before_lists_as_word_demands() -> None:
    result = filled(house("{{ report }}"), LISTS)
    tags = [one.tag.rpartition("}")[2] for one in result.part.numbering_part.element]
    assert tags == sorted(tags, key=["numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"].index)


def test_the_houses_own_bullets_are_used() -> None:
    document = house("{{ report }}")
    numbering = document.part.numbering_part.element
    style = document.styles["List Bullet"]
    num_id = style.element.pPr.numPr.numId.val
    num = next(one for one in numbering.num_lst if one.numId == num_id)
    definition = next(
        one
        for one in numbering.iter(f"{{{W}}}abstractNum")
        if one.get(f"{{{W}}}abstractNumId") == str(num.abstractNumId.val)
    )
    definition.find(f"{{{W}}}lvl/{{{W}}}lvlText").set(f"{{{W}}}val", "→")
    result = filled(document, LISTS)
    numbering = result.part.numbering_part.element
    num = next(one for one in numbering.num_lst if str(one.numId) == num_of(result, "a point"))
    level = next(
        one.find(f"{{{W}}}lvl")
        for one in numbering.iter(f"{{{W}}}abstractNum")
        if one.get(f"{{{W}}}abstractNumId") == str(num.abstractNumId.val)
    )
    assert level.find(f"{{{W}}}lvlText").get(f"{{{W}}}val") == "→"
    assert level.find(f"{{{W}}}pStyle") is None, "a style belongs to one list"


def test_a_house_without_numbering_gets_lists_all_the_same() -> None:
    document = bare("{{ report }}")
    relation = next(one for one in document.part.rels.values() if one.reltype.endswith("/numbering"))
    document.part.drop_rel(relation.rId)
    result = Document(BytesIO(write_house(saved(document), LISTS)))
    assert num_of(result, "one from 1") != num_of(result, "one from 4")
