"""What the body of a Word document becomes."""

import pytest

from templates.word.body import Body, Run
from tests.templates.word.files import read_back, write


def test_a_heading_is_a_real_heading() -> None:
    body = Body()
    body.heading("Summary", 2)
    [heading] = write(body).paragraphs
    assert (heading.text, heading.style and heading.style.name) == ("Summary", "Heading 2")


@pytest.mark.parametrize(("asked", "given"), [(0, "Heading 1"), (-3, "Heading 1"), (9, "Heading 6")])
def test_a_heading_level_out_of_range_becomes_the_nearest(asked: int, given: str) -> None:
    body = Body()
    body.heading("Summary", asked)
    style = write(body).paragraphs[0].style
    assert style
    assert style.name == given


def test_marks_are_runs_with_their_own_look() -> None:
    body = Body()
    body.paragraph([Run("a", bold=True), Run("b", italic=True, underline=True), Run("c", strike=True)])
    a, b, c = write(body).paragraphs[0].runs
    assert (a.bold, a.italic, b.italic, b.underline, c.font.strike) == (True, None, True, True, True)


def test_newlines_and_tabs_are_breaks_and_tabs() -> None:
    body = Body()
    body.paragraph([Run("a\n\tb")])
    assert "<w:br/><w:tab/>" in body.xml
    assert write(body).paragraphs[0].text == "a\n\tb"


@pytest.mark.parametrize("text", [" a  b ", " a\n b "])
def test_word_is_told_to_keep_the_spaces(text: str) -> None:
    body = Body()
    body.paragraph([Run(text)])
    assert body.xml.count("<w:t ") == body.xml.count('<w:t xml:space="preserve">') > 0


def test_a_paragraph_takes_the_style_it_is_given() -> None:
    body = Body()
    body.paragraph([Run("So it was said.")], "Quote")
    style = write(body).paragraphs[0].style
    assert style
    assert style.name == "Quote"


def test_a_note_stands_in_its_own_style() -> None:
    body = Body()
    body.note("The block failed.")
    style = write(body).paragraphs[0].style
    assert style
    assert (style.style_id, style.name) == ("FillNote", "Fill Note")


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "mailto:a@example.org", "http://x.org"])
def test_a_link_is_a_native_hyperlink(address: str) -> None:
    body = Body()
    body.paragraph([Run("see "), Run("there", link=address)])
    [link] = write(body).paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("there", address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//host/share",
        "mailto:",
        "https://",
        "http://[",
        "",
    ],
)
def test_a_link_elsewhere_stays_plain_text(address: str) -> None:
    body = Body()
    body.paragraph([Run("there", link=address)])
    paragraph = write(body).paragraphs[0]
    assert (paragraph.text, paragraph.hyperlinks) == ("there", [])


def test_spaces_and_foreign_letters_in_a_link_are_encoded() -> None:
    body = Body()
    body.paragraph([Run("there", link="https://example.org/ä b")])
    assert list(body.links) == ["https://example.org/%C3%A4%20b"]


def test_the_same_link_twice_is_one_relationship() -> None:
    body = Body()
    body.paragraph([Run("a", link="https://x.org"), Run("b", link="https://x.org")])
    assert body.links == {"https://x.org": "link1"}


def test_each_ordered_list_counts_on_its_own() -> None:
    body = Body()
    first, second = body.new_list(ordered=True), body.new_list(ordered=True, start=7)
    body.list_item([Run("a")], 0, first)
    body.list_item([Run("b")], 0, second)
    numbering = write(body).part.numbering_part.element
    starts = [
        numbering.xpath(f"w:num[@w:numId={n}]/w:lvlOverride[@w:ilvl=0]/w:startOverride/@w:val")[0]
        for n in (first, second)
    ]
    assert starts == ["1", "7"]


def test_an_ordered_list_inside_another_starts_where_it_is_told() -> None:
    body = Body()
    inner = body.new_list(ordered=True, start=4)
    body.list_item([Run("a")], 1, inner)
    numbering = write(body).part.numbering_part.element
    override = f"w:num[@w:numId={inner}]/w:lvlOverride[@w:ilvl={{}}]/w:startOverride/@w:val"
    assert [numbering.xpath(override.format(level))[0] for level in (0, 1)] == ["1", "4"]


def test_list_items_stand_in_words_own_list_styles() -> None:
    body = Body()
    bullets, numbers = body.new_list(ordered=False), body.new_list(ordered=True)
    body.list_item([Run("a")], 0, bullets)
    body.list_item([Run("b")], 1, bullets)
    body.list_item([Run("c")], 0, numbers)
    names = [paragraph.style and paragraph.style.name for paragraph in write(body).paragraphs]
    assert names == ["List Bullet", "List Bullet 2", "List Number"]


def test_a_list_level_out_of_range_becomes_the_nearest() -> None:
    body = Body()
    body.list_item([Run("deep")], 40, body.new_list(ordered=False))
    assert '<w:ilvl w:val="8"/>' in body.xml


def test_a_table_spans_the_page_on_an_explicit_grid() -> None:
    body = Body(text_width=9000)
    body.table(["A", "B"], [["1", "a much longer text than the number beside it"]])
    [table] = write(body).tables
    widths = [int(width) for width in table._tbl.xpath("w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == 9000
    assert widths[0] < widths[1]
    assert table._tbl.xpath("w:tblPr/w:tblW/@w:type") == ["pct"]
    assert table._tbl.xpath("w:tblPr/w:tblW/@w:w") == ["5000"]
    assert table._tbl.xpath("w:tblPr/w:tblLayout/@w:type") == ["fixed"]


def test_the_header_row_repeats_and_no_row_breaks_across_pages() -> None:
    body = Body()
    body.table(["A"], [["1"], ["2"]])
    table = write(body).tables[0]._tbl
    assert len(table.xpath("w:tr[1]/w:trPr/w:tblHeader")) == len(table.xpath("w:tr/w:trPr/w:tblHeader")) == 1
    assert len(table.xpath("w:tr/w:trPr/w:cantSplit")) == 3


def test_columns_asked_for_are_aligned_right() -> None:
    body = Body()
    body.table(["Name", "Cost"], [["a", "1"]], right=[1])
    table = write(body).tables[0]
    assert [str(cell.paragraphs[0].alignment) for cell in table.rows[1].cells] == ["None", "RIGHT (2)"]


def test_an_empty_table_keeps_its_header_and_one_empty_row() -> None:
    body = Body()
    body.table(["A", "B"], [])
    [table] = write(body).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["", ""]]


def test_short_rows_are_filled_up_and_long_ones_widen_the_table() -> None:
    body = Body()
    body.table(["A", "B"], [["1"], ["1", "2", "3"]])
    [table] = write(body).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["A", "B", ""], ["1", "", ""], ["1", "2", "3"]]


def test_a_table_without_columns_is_nothing() -> None:
    body = Body()
    body.table([], [])
    assert body.xml == ""


def test_two_tables_in_a_row_stay_two() -> None:
    body = Body()
    body.table(["A"], [["1"]])
    body.table(["B"], [["2"]])
    assert len(write(body).tables) == len(read_back(body)) == 2


def test_what_follows_a_list_inside_an_item_has_no_number_of_its_own() -> None:
    body = Body()
    outer = body.new_list(ordered=True)
    body.list_item([Run("one")], 0, outer)
    body.list_item([Run("inside")], 1, body.new_list(ordered=False))
    body.list_more([Run("still one")], 0, outer)
    body.list_item([Run("two")], 0, outer)
    assert [type(part).__name__ for part in read_back(body)] == [
        "ListItem",
        "ListItem",
        "Paragraph",
        "ListItem",
    ]
    still = write(body).paragraphs[2]
    assert (still.text, still.paragraph_format.left_indent) == ("still one", 357 * 635)
