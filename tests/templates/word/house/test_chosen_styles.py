"""Styles chosen for the parts of a report: the written Word file carries them, wherever the part stands."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument

from templates.word.body import Body, Run
from templates.word.house import ROLES, write_house
from templates.word.report import ReportPart
from tests.templates.word.house.files import REPORT, W, house, saved
from tests.templates.word.house.houses import add_list_style, add_style, bare, german, own_names


def write_all(body: Body) -> None:
    """Something of every role."""
    for level in (1, 2, 3, 4):
        body.heading(f"heading {level}", level)
    body.paragraph([Run("body")])
    body.paragraph([Run("quote")], "Quote")
    for name, ordered in (("bullets", False), ("numbers", True)):
        items = body.new_list(ordered=ordered)
        for level, suffix in enumerate(("", " 2", " 3")):
            body.list_item([Run(name + suffix)], level, items)
    body.table(["table heading"], [["table text"]])


ALL = replace(REPORT, title="title", subtitle="subtitle", parts=(ReportPart(key="all", write=write_all),))


def written(document: WordDocument, styles: dict[str, str]) -> WordDocument:
    return Document(BytesIO(write_house(saved(document), ALL, styles)))


def styles_in(document: WordDocument) -> dict[str, str]:
    """The `w:pStyle` of each paragraph, by its text."""
    found = {}
    for paragraph in document.element.body.iter(f"{{{W}}}p"):
        text = "".join(one.text or "" for one in paragraph.iter(f"{{{W}}}t"))
        style = next(paragraph.iter(f"{{{W}}}pStyle"), None)
        found[text] = style.get(f"{{{W}}}val") if style is not None else ""
    return found


def table_style(document: WordDocument) -> str:
    return str(next(document.element.body.iter(f"{{{W}}}tblStyle")).get(f"{{{W}}}val"))


@pytest.mark.parametrize("role", [one.name for one in ROLES.values() if one.kind == "paragraph"])
def test_the_written_file_carries_the_style_chosen_for_a_role(role: str) -> None:
    document = own_names()
    wanted = document.styles["ACME Shout"].style_id
    before, after = styles_in(written(document, {})), styles_in(written(document, {role: "ACME Shout"}))
    assert after[role] == wanted
    followers = {f"{role} 2", f"{role} 3"}
    assert {text for text in before if before[text] != after[text]} <= {role, *followers}


def test_a_table_wears_the_style_chosen_for_it() -> None:
    assert table_style(written(own_names(), {"table": "ACME Plain"})) == "ACMEPlain"


def test_a_name_is_found_in_capitals_or_not() -> None:
    assert styles_in(written(own_names(), {"body": "acme  SHOUT"}))["body"] == "ACMEShout"


def test_a_style_the_file_does_not_have_leaves_the_detected_one() -> None:
    plain = styles_in(written(own_names(), {}))
    assert styles_in(written(own_names(), {"heading 1": "ACME Headline"})) == plain


def test_a_style_of_another_kind_leaves_the_detected_one() -> None:
    chosen = {"heading 1": "ACME Grid", "table": "ACME Body"}
    assert styles_in(written(own_names(), chosen)) == styles_in(written(own_names(), {}))
    assert table_style(written(own_names(), chosen)) == table_style(written(own_names(), {}))


def test_deeper_bullets_follow_the_style_chosen_for_the_first_level() -> None:
    document = house("{{ report }}")
    add_style(document, "ACME Points")
    styles = styles_in(written(document, {"bullets": "ACME Points"}))
    assert [styles[name] for name in ("bullets", "bullets 2", "bullets 3")] == ["ACMEPoints"] * 3
    assert styles["numbers"] == "ListNumber"


def test_a_heading_in_a_style_that_is_none_is_one_all_the_same() -> None:
    result = written(own_names(), {"heading 2": "ACME Shout"})
    levels = {}
    for paragraph in result.element.body.iter(f"{{{W}}}p"):
        text = "".join(one.text or "" for one in paragraph.iter(f"{{{W}}}t"))
        outline = next(paragraph.iter(f"{{{W}}}outlineLvl"), None)
        levels[text] = outline.get(f"{{{W}}}val") if outline is not None else None
    assert levels["heading 2"] == "1"
    assert levels["heading 1"] is None, "its style says so already"


def test_the_table_of_contents_knows_headings_in_chosen_styles() -> None:
    report = replace(ALL, toc=True)
    data = write_house(saved(own_names()), report, {"heading 1": "ACME Shout"})
    links = ["".join(one.text or "" for one in link.iter(f"{{{W}}}t")) for link in
             Document(BytesIO(data)).element.body.iter(f"{{{W}}}hyperlink")]  # fmt: skip
    assert links[:2] == ["heading 1", "heading 2"]


def test_what_is_added_takes_the_typeface_of_the_chosen_text() -> None:
    result = written(own_names(), {"body": "ACME Body"})
    assert result.styles["Quote"].font.name == "Georgia"
    assert written(own_names(), {}).styles["Quote"].font.name is None


def test_the_chosen_text_style_goes_before_that_of_the_reports_place() -> None:
    document = house()
    document.add_paragraph("{{ report }}", style="Body Text")
    add_style(document, "ACME Body")
    assert styles_in(written(document, {}))["body"] == "BodyText"
    assert styles_in(written(document, {"body": "ACME Body"}))["body"] == "ACMEBody"


def test_a_block_with_a_place_of_its_own_keeps_the_style_of_that_place() -> None:
    document = house()
    document.add_paragraph("{{ all }}", style="Body Text")
    add_style(document, "ACME Body")
    assert styles_in(written(document, {"body": "ACME Body"}))["body"] == "BodyText"


@pytest.mark.parametrize(
    ("make", "role", "style_id"),
    [
        (german, "heading 1", "Überschrift1"),
        (german, "heading 4", "Überschrift4"),
        (german, "title", "Titel"),
        (german, "bullets", "Aufzählungszeichen"),
        (german, "numbers", "Listennummer"),
        (german, "table text", "Tabelleninhalt"),
        (german, "quote", "Zitat"),
        (own_names, "heading 1", "ACMEHeading"),
        (own_names, "heading 2", "ACMESection"),
        (own_names, "bullets", "ACMEPoints"),
        (own_names, "bullets 2", "ACMEPoints"),
        (own_names, "numbers", "ACMESteps"),
    ],
)
def test_the_houses_own_styles_are_detected(
    make: Callable[[], WordDocument], role: str, style_id: str
) -> None:
    assert styles_in(written(make(), {}))[role] == style_id


def test_a_cover_line_does_not_become_the_look_of_every_heading() -> None:
    document = house("{{ report }}")
    add_style(document, "Cover", outline=0)
    document.add_paragraph("Annual report", style="Cover")
    assert styles_in(written(document, {}))["heading 1"] == "Heading1"
    document.add_paragraph("Another chapter", style="Cover")
    assert styles_in(written(document, {}))["heading 1"] == "Cover"


def test_a_numbered_line_in_bold_is_no_list() -> None:
    document = bare("{{ report }}")
    add_list_style(document, "Clause", "%1.").font.bold = True
    add_list_style(document, "Article", "%1.").next_paragraph_style = document.styles["Normal"]
    assert styles_in(written(document, {}))["numbers"] == "ListNumber"


def test_the_bullets_of_a_chosen_list_style_are_its_own() -> None:
    result = written(own_names(), {"bullets": "ACME Points"})
    [paragraph] = [one for one in result.paragraphs if one.text == "bullets"]
    numbering = result.part.numbering_part.element
    num_id = next(paragraph._p.iter(f"{{{W}}}numId")).get(f"{{{W}}}val")
    num = next(one for one in numbering.num_lst if str(one.numId) == num_id)
    definition = next(
        one for one in numbering.iter(f"{{{W}}}abstractNum")
        if one.get(f"{{{W}}}abstractNumId") == str(num.abstractNumId.val)
    )  # fmt: skip
    assert definition.find(f"{{{W}}}lvl/{{{W}}}lvlText").get(f"{{{W}}}val") == "►"


def test_a_file_with_no_heading_of_its_own_gets_headings_below_the_chosen_one() -> None:
    document = bare("{{ report }}")
    add_style(document, "Kapitel", size=22, color="006633")
    result = written(document, {"heading 1": "Kapitel"})
    second = result.styles["heading 2"]
    assert second.base_style is not None
    assert second.base_style.name == "Kapitel"
