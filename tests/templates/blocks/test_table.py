"""Table: answers in many shapes, typed cells, and what editors do to rows."""

from json import dumps
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.clean import clean_text
from templates.blocks.base import Example, UnreadableAnswer
from templates.blocks.table import Table
from templates.blocks.table.values import Column, TableSettings, TableValue
from templates.word import parts
from templates.word.body import Body
from tests.templates.word.files import read_back, write

TABLE = Table()
SETTINGS = TableSettings(
    columns=[Column(name="Item"), Column(name="Cost", type="money"), Column(name="Due", type="date")],
    max_rows=3,
)
NAMES = ["Item", "Cost", "Due"]
ROW = ["Roof", "€ 1,200", "14 March 2026"]


def rows(answer: str) -> list[list[str]]:
    return TABLE.read_answer(answer, SETTINGS).rows


def problems(*cells: list[str]) -> list[str]:
    return TABLE.problems(TableValue(columns=NAMES, rows=list(cells)), SETTINGS)


@pytest.mark.parametrize(
    "answer",
    [
        '{"rows": [{"Item": "Roof", "Cost": "€ 1,200", "Due": "14 March 2026"}]}',
        '[{"Item": "Roof", "Cost": "€ 1,200", "Due": "14 March 2026"}]',
        '{"rows": [["Roof", "€ 1,200", "14 March 2026"]]}',
        '```json\n{"rows": [["Roof", "€ 1,200", "14 March 2026"]]}\n```',
        '```json {"rows": [["Roof", "€ 1,200", "14 March 2026"]]}```',
        'Here is the table:\n```\n{"rows": [["Roof", "€ 1,200", "14 March 2026"]]}\n```\nI hope this helps.',
        'Here you are: {"rows": [["Roof", "€ 1,200", "14 March 2026"]]} Anything else?',
        '{"rows": [{"item": " Roof ", "COST": "€ 1,200", "due": "14 March 2026", "Owner": "nobody"}]}',
        '[{"Item": "**Roof**", "Cost": "€ 1,200", "Due": "14 March 2026"}, {"Item": ""}]',
    ],
)
def test_an_answer_is_read_in_any_of_its_shapes(answer: str) -> None:
    assert rows(answer) == [ROW]


def test_columns_left_out_and_null_are_empty_cells() -> None:
    assert rows('{"rows": [{"Item": "Roof", "Cost": null}]}') == [["Roof", "", ""]]


def test_numbers_stay_as_they_are_spelt() -> None:
    assert rows('[["Roof", 12.50, 100000000000000000000000]]') == [
        ["Roof", "12.50", "100000000000000000000000"]
    ]


def test_lists_and_objects_in_cells_become_words() -> None:
    assert rows('[[["a", "b"], {"net": 5}, ""]]') == [["a, b", "net: 5", ""]]


def test_no_rows_is_an_answer() -> None:
    assert rows('{"rows": []}') == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("No table here.", "not JSON"),
        ('{"rows": 5}', '"rows" list'),
        ('{"table": []}', '"rows" list'),
        ('[{"Owner": "x"}]', "Row 1 has none of the columns Item, Cost, Due."),
        ('[["Roof", "1", "2"], ["short"]]', "Row 2 does not have the columns Item, Cost, Due."),
        ('{"rows": [["a", "1", ""]]}\n{"rows": [["b", "2", ""]]}', "not JSON"),
        ('{"rows": [["Roof", "1,2', "not JSON"),
    ],
)
def test_an_answer_that_is_no_table_says_why(answer: str, sentence: str) -> None:
    with pytest.raises(UnreadableAnswer, match=sentence.replace('"', ".")):
        rows(answer)


@pytest.mark.parametrize("cell", ["1200", "€ 1,200", "1'200.–", "-5", "(1,200)", "£1.2m", "1 200,50 EUR", ""])
def test_an_amount_may_be_written_in_many_ways(cell: str) -> None:
    assert problems(["Roof", cell, ""]) == []


@pytest.mark.parametrize(
    "cell", ["2026-03-14", "14.03.2026", "14/3/26", "March 14, 2026", "Saturday, 14 March 2026"]
)
def test_a_date_may_be_written_in_many_ways(cell: str) -> None:
    assert problems(["Roof", "", cell]) == []


def test_a_cell_of_another_type_is_a_problem_with_its_place() -> None:
    assert problems(["Roof", "a lot", "soon"]) == [
        "Row 1, Cost: “a lot” is not an amount of money.",
        "Row 1, Due: “soon” is not a date.",
    ]


def test_a_row_that_stands_twice_is_a_problem() -> None:
    assert problems(ROW, ROW) == ["Row 2 stands in the table already."]


def test_a_long_cell_said_of_two_rows_is_a_problem() -> None:
    point = "That the roof must be mended before the winter and the reserve can carry it"

    assert problems(["Roof", "1", ""], [point, "1", ""], [point, "2", ""]) == [
        "Row 3, Item says the same as in a row before."
    ]


def test_a_cell_that_was_cut_off_is_a_problem() -> None:
    said = "and so on " * 40

    assert problems([said[:400].strip() + "x", "", ""]) == ["Row 1, Item is cut off; say it in fewer words."]


def test_rows_said_round_and_round_until_the_table_is_full_stand_once() -> None:
    lease = ["Lease", "€ 90", ""]

    assert rows(dumps([ROW, lease, ROW])) == [ROW, lease]
    assert rows(dumps([ROW, ROW, {"Item": ""}])) == [ROW]


def test_a_row_said_twice_in_a_table_that_ends_by_itself_stays_for_the_reviewer() -> None:
    assert rows(dumps([ROW, ROW])) == [ROW, ROW]


def test_too_many_and_too_few_rows_are_problems() -> None:
    many = [[f"Item {number}", "", ""] for number in range(4)]
    assert problems(*many) == ["The table has 4 rows; at most 3 were asked for."]
    few = TABLE.problems(TableValue(columns=NAMES, rows=[]), SETTINGS.model_copy(update={"min_rows": 1}))
    assert few == ["The table has 0 rows; at least 1 were asked for."]


def test_other_columns_than_asked_for_are_a_problem() -> None:
    value = TableValue(columns=["Item", "Price", "Due"], rows=[])
    assert TABLE.problems(value, SETTINGS) == [
        "The columns are Item, Price, Due; Item, Cost, Due were asked for."
    ]


@pytest.mark.parametrize("names", [["Cost", "Cost"], ["Cost", "cost "]])
def test_columns_must_differ(names: list[str]) -> None:
    with pytest.raises(ValueError, match="same name"):
        TableSettings(columns=[Column(name=name) for name in names])


def test_limits_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="at least than at most"):
        TableSettings(columns=[Column(name="A")], min_rows=5, max_rows=2)


def test_the_answers_schema_asks_for_every_column() -> None:
    schema = TABLE.ask(SETTINGS).schema
    assert schema
    assert schema["properties"]["rows"]["items"]["required"] == NAMES
    assert schema["properties"]["rows"]["maxItems"] == 3


def test_pieces_are_the_cells_with_something_in_them() -> None:
    pieces = TABLE.pieces(TableValue(columns=NAMES, rows=[["Roof", "", "soon"]]))
    assert [(piece.address, piece.text) for piece in pieces] == [
        ("row 1, Item", "Roof"),
        ("row 1, Due", "soon"),
    ]


def test_a_table_whose_header_row_was_deleted_keeps_its_first_row() -> None:
    doc: dict[str, Any] = TABLE.to_editor(TableValue(columns=NAMES, rows=[ROW]), SETTINGS)
    del doc["content"][0]["content"][0]
    assert TABLE.from_editor(doc, SETTINGS) == TableValue(columns=NAMES, rows=[ROW])


def test_a_document_without_a_table_is_refused() -> None:
    with pytest.raises(UnreadableAnswer, match="no table"):
        TABLE.from_editor({"type": "doc", "content": [{"type": "paragraph"}]}, SETTINGS)


def test_rows_of_unequal_length_are_refused() -> None:
    doc: dict[str, Any] = TABLE.to_editor(TableValue(columns=NAMES, rows=[ROW]), SETTINGS)
    doc["content"][0]["content"][1]["content"].pop()
    with pytest.raises(UnreadableAnswer, match="2 cells for 3 columns"):
        TABLE.from_editor(doc, SETTINGS)


def test_figures_and_dates_stand_right_in_word_and_on_the_page() -> None:
    body, value = Body(), TableValue(columns=NAMES, rows=[ROW])
    TABLE.write_word(value, SETTINGS, body)
    right = [cell.paragraphs[0].alignment is not None for cell in write(body).tables[0].rows[1].cells]
    assert right == [False, True, True]
    for row in TABLE.to_editor(value, SETTINGS)["content"][0]["content"]:
        assert ["attrs" in cell for cell in row["content"]] == right


def test_a_reader_sees_figures_and_dates_of_the_language_and_the_stored_value_stays() -> None:
    value = TableValue(columns=NAMES, rows=[["Roof", "€ 1,200.50", "14 March 2026"]])
    assert TABLE.show(value, SETTINGS, "de").rows == [["Roof", "€ 1.200,50", "14.03.2026"]]
    assert value.rows == [["Roof", "€ 1,200.50", "14 March 2026"]]


def test_a_table_in_word_proposes_its_columns_and_their_types() -> None:
    proposed = TABLE.propose_from_word([parts.Table((("Item", "Cost", "Due"), tuple(ROW)))])
    assert proposed
    assert [column.type for column in proposed.settings.columns] == ["text", "money", "date"]
    assert proposed.value.rows == [ROW]


def propose(*rows: tuple[str, ...], header: bool | None = None) -> Example[TableSettings, TableValue]:
    proposed = TABLE.propose_from_word([parts.Table(rows, header=header)])
    assert proposed
    return proposed


def written(proposed: Example[TableSettings, TableValue]) -> list[parts.Part]:
    body = Body()
    TABLE.write_word(proposed.value, proposed.settings, body)
    return read_back(body)


@pytest.mark.parametrize(
    "rows",
    [
        (("", "2025", "2026"), ("Rent", "100", "120")),
        (("Cost", "Cost", ""), ("a", "b", "c")),
        (("Name:", "Ada"), ("Born:", "1815")),
        (("one",),),
        (("Part A", "Part A"), ("x", "y")),
        (("2025\nplan", "2025 plan"), ("a", "b")),
    ],
)
def test_a_table_of_any_form_comes_back_with_the_same_cells(rows: tuple[tuple[str, ...], ...]) -> None:
    assert written(propose(*rows)) == [parts.Table(rows)]


def test_columns_without_a_name_or_with_one_twice_get_names_of_their_own() -> None:
    proposed = propose(("", "Cost", "Cost", "Due"), ("a", "b", "c", "d"))
    assert [column.name for column in proposed.settings.columns] == ["Column 1", "Cost", "Cost (2)", "Due"]
    assert [column.heading for column in proposed.settings.columns] == ["-", "", "Cost", ""]


def test_labels_with_entries_beside_them_are_no_column_names() -> None:
    assert not propose(("Name:", "Ada"), ("Born:", "1815")).settings.header
    assert not propose(("Total", "4,500"), ("Rent", "900")).settings.header
    assert propose(("Total", "4,500"), ("Rent", "900"), header=True).settings.header


def test_a_long_table_proposes_no_more_rows_than_a_template_allows() -> None:
    proposed = propose(("Name", "Age"), *[(f"n{n}", "x") for n in range(1200)])
    assert proposed.settings.max_rows == 1000
    assert len(proposed.value.rows) == 1200


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12).map(clean_text)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=4))
def test_every_cell_goes_through_the_editor_unchanged(table: list[list[str]]) -> None:
    value = TableValue(columns=NAMES, rows=table)
    assert TABLE.from_editor(TABLE.to_editor(value, SETTINGS), SETTINGS) == value


def test_words_with_a_figure_among_them_make_no_column_of_figures() -> None:
    proposed = propose(("Ref", "Action", "Due", "Cost"), ("LC-29", "Ask five firms", "15 January", "1,200"))
    assert [column.type for column in proposed.settings.columns] == ["text", "text", "text", "number"]


def test_names_with_years_in_them_are_column_names() -> None:
    assert propose(("", "FY 2004\nActual", "2005"), ("Rent", "100", "120")).settings.header
