"""The score of a draft: a right answer and a wrong one never score alike."""

from typing import Any

import pytest

from templates.blocks.base import Json
from tests.bench.drafts.compare import is_right, match_rows, says
from tests.bench.drafts.key import Key, read_key
from tests.bench.drafts.score import Score, Share, score_result
from tests.bench.drafts.show import show_kinds, show_scores
from tests.factories import make_body

DOCUMENT = (
    "The board agreed on 3 March 2026 to repair the roof for 1,200 euros. Ann Lee asks for a second quote. "
    "The boiler costs 300 euros and is due on 9 May 2026, as the caretaker said at the end of the evening."
)
BLOCKS: list[Json] = [
    {
        "block": "summary",
        "kind": "long_text",
        "instructions": "What was agreed.",
        "settings": {"max_words": 20},
    },
    {
        "block": "costs",
        "kind": "table",
        "settings": {
            "columns": [{"name": "Item"}, {"name": "Cost", "type": "money"}, {"name": "Due", "type": "date"}]
        },
    },
    {
        "block": "risks",
        "kind": "bullets",
        "instructions": "Name each risk to the house together with the sum that stands behind it.",
        "settings": {"max_words": 12},
    },
    {"block": "outcome", "kind": "selection", "settings": {"options": ["Agreed", "Put off"]}},
    {
        "block": "causes",
        "kind": "selection",
        "settings": {"options": ["Age", "Storm", "Theft"], "many": True},
    },
]
KEY = Key.model_validate(
    {
        "facts": [{"block": "summary", "must": [["roof", "tiles"], "1,200", ["3 March", "2026-03-03"]]}],
        "tables": [
            {"block": "costs", "column": "Item", "cells": ["Roof", "Boiler"]},
            {"block": "costs", "column": "Cost", "cells": ["1,200", "300"]},
            {"block": "costs", "column": "Due", "cells": [["", "unknown"], "2026-05-09"]},
        ],
        "choices": {"outcome": "Agreed", "causes": ["Age", "Storm"]},
    }
)
RIGHT: dict[str, Any] = {
    "summary": "On 3 March the roof was agreed for € 1200.",
    "costs": [["Boiler", "300.00 €", "09.05.2026"], ["Roof", "1 200", ""]],
    "risks": ["The boiler is old."],
    "outcome": ["Agreed"],
    "causes": ["Age", "Storm"],
}


def make_result(**changed: Any) -> Json:
    said = RIGHT | changed
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": said["summary"]}]}
    values = {
        "summary": {"doc": {"type": "doc", "content": [paragraph]}},
        "costs": {"columns": ["Item", "Cost", "Due"], "rows": said["costs"]},
        "risks": {"items": [{"text": text} for text in said["risks"]]},
        "outcome": {"chosen": said["outcome"]},
        "causes": {"chosen": said["causes"]},
    }
    kinds = {block["block"]: block["kind"] for block in BLOCKS}
    return {
        "seconds": 1.5,
        "usage": {"input_tokens": 10, "cached_tokens": 0, "output_tokens": 5, "calls": 5},
        "blocks": [
            {"block": name, "kind": kinds[name], "value": value, "attempts": 1, "problems": []}
            for name, value in values.items()
        ],
    }


def score(**changed: Any) -> Score:
    return score_result(make_result(**changed), make_body(BLOCKS), [DOCUMENT], KEY)


def test_a_right_draft_misses_nothing() -> None:
    right = score()

    assert (right.facts, right.cells, right.choices) == (Share(3, 3), Share(6, 6), Share(2, 2))
    assert (right.missed, right.surplus_rows, right.unsupported, right.words_over) == ([], 0, 0, 0)
    assert (right.calls, right.tokens, right.seconds) == (5, 15, 1.5)


def test_a_fact_that_is_left_out_or_told_wrong_is_missed() -> None:
    wrong = score(summary="On 4 March the roof was agreed for € 1,300.")

    assert wrong.facts == Share(1, 3)
    assert wrong.missed == ["summary: 1,200", "summary: 3 March"]


def test_a_wrong_cell_is_missed_and_named() -> None:
    wrong = score(costs=[["Roof", "1,200", "9 May 2026"], ["Boiler", "30", "9 May 2026"]])

    assert wrong.cells == Share(4, 6)
    assert "costs, Cost: '300', was “30”" in wrong.missed


def test_a_row_that_is_missing_costs_all_its_cells_and_one_too_many_is_counted() -> None:
    wrong = score(costs=[["Roof", "1,200", ""], ["Garden", "80", ""], ["Roof", "1,200", ""]])

    assert wrong.cells == Share(3, 6)
    assert wrong.surplus_rows == 2


def test_a_wrong_choice_counts_nothing_and_half_of_several_a_part() -> None:
    assert score(outcome=["Put off"]).choices == Share(1, 2)
    assert score(causes=["Age"]).choices == Share(1.5, 2)
    assert score(causes=["Age", "Storm", "Theft"]).choices.right == pytest.approx(1 + 2 / 3)


def test_a_figure_that_stands_in_no_document_is_counted() -> None:
    assert score(risks=["The boiler may cost 450 euros."]).unsupported == 1


def test_a_figure_that_the_key_allows_is_not_counted() -> None:
    allowed = KEY.model_copy(update={"figures": KEY.figures.model_copy(update={"allowed": ["1,500"]})})
    result = make_result(risks=["Both together cost 1,500 euros."])

    assert score_result(result, make_body(BLOCKS), [DOCUMENT], allowed).unsupported == 0


def test_a_sentence_that_another_block_says_too_is_a_repetition() -> None:
    sentence = "The boiler costs 300 euros and is due on 9 May 2026."

    assert (
        score(summary=sentence, risks=["It is old and nobody has looked after it since."]).repeated.right == 0
    )
    assert score(summary=sentence, risks=[sentence]).repeated == Share(2, 2)


def test_words_of_the_instructions_are_an_echo_and_words_of_the_documents_are_none() -> None:
    assert score(risks=["Name each risk to the house together with the sum that stands."]).echoed == 1
    assert score(risks=["The boiler costs 300 euros and is due on 9 May 2026."]).echoed == 0


def test_words_over_the_limit_are_counted_in_texts_and_in_single_points() -> None:
    assert score(summary=" ".join(["roof"] * 23)).words_over == 3
    assert score(risks=[" ".join(["roof"] * 12), " ".join(["roof"] * 14)]).words_over == 2


def test_a_block_that_failed_misses_all_its_facts() -> None:
    result = make_result()
    result["blocks"][0]["value"] = None

    failed = score_result(result, make_body(BLOCKS), [DOCUMENT], KEY)

    assert failed.failed == Share(1, 5)
    assert failed.facts == Share(0, 3)


@pytest.mark.parametrize(
    ("text", "fact", "said"),
    [
        ("It moved to 28.06.2026.", "28 June", True),
        ("It moved to 29 June.", "28 June", False),
        ("The total is 258 200.", "258,200", True),
        ("The total is 1,258,200.", "258,200", False),
        ("31 per cent of sales", "31 per cent", True),
        ("131 per cent of sales", "31 per cent", False),
        ("Butter prices rose.", "butter", True),
        ("Halls were built.", "hall", True),
        ("They shall build.", "hall", False),
    ],
)
def test_a_fact_is_found_in_another_notation_and_not_inside_another(text: str, fact: str, said: bool) -> None:
    assert says(text, fact) is said


@pytest.mark.parametrize(
    ("cell", "right", "verdict"),
    [
        ("£842.00", "842", True),
        ("(106.00)", "-106.00", True),
        ("106.00", "-106.00", False),
        ("-5.0 %", "-5.0", True),
        ("16 February", "2026-02-16", True),
        ("16 February 2025", "2026-02-16", False),
        ("16", "2026-02-16", False),
        ("done.", "Done", True),
        ("Not done", "Done", False),
        ("Place the order for shelving with Oakmere", "Place the shelving order with Oakmere", True),
        ("Survey the staff", "Place the shelving order with Oakmere", False),
        ("", "Done", False),
        ("Done", "", False),
    ],
)
def test_cells_are_compared_by_what_they_mean(cell: str, right: str, verdict: bool) -> None:
    assert is_right(cell, right) is verdict


def test_rows_are_matched_in_any_order_and_each_once() -> None:
    rows = ["Total income", "Rent", "Rent", "Something else"]

    assert match_rows(rows, ["Rent", "Total income", "Balance"]) == {0: 1, 1: 0}


def test_scores_are_shown_as_a_table_with_a_row_for_all() -> None:
    shown = show_scores("local", {"one": score(), "two": score(outcome=["Put off"])}).splitlines()

    assert shown[0].startswith("| local | facts | cells right |")
    assert shown[-1].startswith("| **all** | 6/6 | 12/12 | 0 | 3/4 |")
    assert len({line.count("|") for line in shown}) == 1


def test_answers_are_counted_by_kind_and_end() -> None:
    result = make_result()
    result["blocks"][1]["problems"] = ["Row 1, Due: “soon” is not a date."]
    result["blocks"][2]["attempts"] = 2
    result["blocks"][3]["value"] = None

    assert show_kinds([result]).splitlines()[2:] == [
        "| long_text | 1 | 0 | 0 | 0 |",
        "| table | 0 | 0 | 1 | 0 |",
        "| bullets | 0 | 1 | 0 | 0 |",
        "| selection | 1 | 0 | 0 | 1 |",
    ]


def test_every_key_of_the_demo_names_blocks_columns_and_options_that_exist() -> None:
    from fillapp.demo import FOLDER, find_sets
    from templates.yaml_file import read_file

    for case in find_sets():
        body = read_file((FOLDER / case.template / "template.yaml").read_text(encoding="utf-8"))
        key = read_key(FOLDER / case.template / case.slug / "key.yaml")
        blocks = {block.block: block for block in body.fillable}
        assert {one.block for one in key.facts} <= blocks.keys()
        for column in key.tables:
            assert column.column in [one.name for one in blocks[column.block].parsed_settings.columns]
        for block, right in key.choices.items():
            options = blocks[block].parsed_settings.options
            assert set([right] if isinstance(right, str) else right) <= set(options)
