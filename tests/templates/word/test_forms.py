"""Drop-downs and checkboxes of a Word file as they are read."""

import pytest

from templates.word.parts import Choice, Paragraph, Table
from tests.templates.word.files import cell, paragraph, read_xml, run, table

DROP = (
    '<w:dropDownList><w:listItem w:value="Choose an item."/>'
    '<w:listItem w:displayText="Approved" w:value="1"/><w:listItem w:displayText="Rejected" w:value="2"/>'
    "</w:dropDownList>"
)
OPTIONS = ("Approved", "Rejected")


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(checked: bool) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    return control(state, run("☒" if checked else "☐"))


def legacy(data: str, result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_drop_down_offers_its_options_and_says_which_is_chosen() -> None:
    assert read_xml(f"<w:p>{control(DROP, run('Approved'))}</w:p>") == [Choice(OPTIONS, ("Approved",))]


def test_a_drop_down_around_its_paragraph_reads_alike() -> None:
    assert read_xml(control(DROP, paragraph("Approved"))) == [Choice(OPTIONS, ("Approved",))]


def test_the_placeholder_of_a_drop_down_is_not_chosen() -> None:
    content = f"<w:p>{control(DROP + '<w:showingPlcHdr/>', run('Choose an item.'))}</w:p>"
    assert read_xml(content) == [Choice(OPTIONS, ())]


def test_a_drop_down_in_a_sentence_is_read_in_it_and_after_it() -> None:
    content = f"<w:p>{run('Outcome: ')}{control(DROP, run('Rejected'))}</w:p>"
    assert read_xml(content) == [Paragraph("Outcome: Rejected"), Choice(OPTIONS, ("Rejected",))]


def test_boxes_in_one_line_form_one_choice() -> None:
    content = f"<w:p>{run('Meals: ')}{box(True)}{run(' Lunch ')}{box(False)}{run(' Dinner')}</w:p>"
    assert read_xml(content) == [
        Paragraph("Meals:"),
        Choice(("Lunch", "Dinner"), ("Lunch",), many=True),
    ]


def test_options_may_stand_before_their_boxes() -> None:
    content = f"<w:p>{run('Lunch ')}{box(False)}{run(' Dinner ')}{box(True)}</w:p>"
    assert read_xml(content) == [Choice(("Lunch", "Dinner"), ("Dinner",), many=True)]


def test_boxes_in_lines_below_each_other_form_one_choice() -> None:
    lines = [f"<w:p>{box(n == 1)}{run(f' Option {n}')}</w:p>" for n in range(3)]
    expected = Choice(("Option 0", "Option 1", "Option 2"), ("Option 1",), many=True)
    assert read_xml("".join(lines)) == [expected]
    assert len(read_xml(lines[0] + paragraph("between") + lines[1])) == 3


def test_a_box_without_any_text_is_a_sign() -> None:
    assert read_xml(f"<w:p>{box(True)}</w:p>") == [Paragraph("☒")]


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', ()),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', ("Paid",)),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', ("Paid",)),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', ()),
    ],
)
def test_a_legacy_checkbox_is_a_box(data: str, chosen: tuple[str, ...]) -> None:
    assert read_xml(f"<w:p>{legacy(data)}{run(' Paid')}</w:p>") == [Choice(("Paid",), chosen, many=True)]


def test_a_legacy_drop_down_is_a_choice_and_its_result_is_not_said_twice() -> None:
    data = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>'
    content = f"<w:p>{run('Grade ')}{legacy(data, run('B'))}{run('!')}</w:p>"
    assert read_xml(content) == [Paragraph("Grade B!"), Choice(("A", "B"), ("B",))]


def test_choices_in_a_table_are_read_in_their_cells_and_after_it() -> None:
    cells = cell("Outcome") + cell(f"<w:p>{control(DROP, run('Approved'))}</w:p>")
    assert read_xml(table(cells)) == [Table((("Outcome", "Approved"),)), Choice(OPTIONS, ("Approved",))]


def test_an_unanswered_drop_down_in_a_cell_still_offers_its_options() -> None:
    unanswered = control(DROP + "<w:showingPlcHdr/>", cell("Choose an item."))
    found = read_xml(table(cell("Outcome") + unanswered))
    assert found == [Table((("Outcome", ""),)), Choice(OPTIONS, ())]


def test_a_bare_box_is_named_by_the_cell_beside_it() -> None:
    rows = [cell(f"<w:p>{box(n == 1)}</w:p>") + cell(f"Item {n}") for n in range(2)]
    assert read_xml(table(*rows))[1:] == [Choice(("Item 0", "Item 1"), ("Item 1",), many=True)]


def test_several_bare_boxes_in_a_row_are_named_by_their_columns() -> None:
    row = cell("Paid?") + cell(f"<w:p>{box(False)}</w:p>") + cell(f"<w:p>{box(True)}</w:p>")
    header = cell("Question") + cell("Yes") + cell("No")
    assert read_xml(table(header, row))[1:] == [Choice(("Yes", "No"), ("No",), many=True)]


def test_choices_of_different_cells_stay_apart() -> None:
    first = cell(f"<w:p>{box(True)}{run('a')}</w:p><w:p>{box(False)}{run('b')}</w:p>")
    second = cell(f"<w:p>{box(False)}{run('c')}</w:p>")
    assert read_xml(table(first + second))[1:] == [
        Choice(("a", "b"), ("a",), many=True),
        Choice(("c",), (), many=True),
    ]


def test_boxes_below_a_table_do_not_go_on_with_those_in_it() -> None:
    inside = table(cell(f"<w:p>{box(True)}{run('a')}</w:p>"))
    below = f"<w:p>{box(False)}{run('b')}</w:p>"
    assert read_xml(inside + below)[1:] == [Choice(("a",), ("a",), many=True), Choice(("b",), (), many=True)]
