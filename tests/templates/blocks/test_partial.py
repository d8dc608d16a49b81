"""Answers while they are written: rows, points and sentences appear one by one and never jump about."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.blocks import KINDS
from templates.blocks.bullets import Bullets, BulletsSettings
from templates.blocks.json_answer import read_json_so_far
from templates.blocks.long_text import LongText, LongTextSettings
from templates.blocks.selection import Selection, SelectionSettings
from templates.blocks.table import Table
from templates.blocks.table.values import Column, TableSettings
from tests.templates.blocks.test_contract import AnyKind, is_beginning

COLUMNS = TableSettings(columns=[Column(name="Action"), Column(name="Cost", type="money")], max_rows=40)
ANSWERS = [
    ("table", COLUMNS, '{"rows": [{"Action": "Mend", "Cost": 12.50}, {"Action": null, "Cost": 1E5}]}'),
    ("table", COLUMNS, 'Here it is:\n```json\n{"rows": [["Mend", "1"], ["Paint", "2"]]}\n```\nMore?'),
    ("table", COLUMNS, '[{"No": 1, "Action": "**Mend** the \\"roof\\"\n now", "Cost": {"x": true, "y": 2}}]'),
    ("table", COLUMNS, '[{"action": ["a", "b", ""], "COST": "2**3 \\ud83d\\ude00 caf\\u00e9 \\\\"}]'),
    ("bullets", BulletsSettings(levels=2), '{"items":[{"text":"- **A** b","items":[{"text":"c"}]},"12",13]}'),
    ("bullets", BulletsSettings(), '["• One", "*  Two **", "Three"]'),
    (
        "long_text",
        LongTextSettings(),
        "The **committee** agreed, e.g. 3.5 of it.\n\n- *one*\n- a [link](http://x)",
    ),
    ("selection", SelectionSettings(options=["A", "B"]), '{"facts": ["B"], "chosen": "A"}'),
]


@pytest.mark.parametrize(("kind", "settings", "answer"), ANSWERS)
def test_what_was_shown_once_stays(kind: str, settings: object, answer: str) -> None:
    block_type: AnyKind = KINDS[kind]
    whole = block_type.pieces(block_type.read_answer(answer, settings))
    counts = []
    for end in range(len(answer) + 1):
        shown = block_type.read_partial(answer[:end], settings)
        pieces = block_type.pieces(shown) if shown else []
        assert is_beginning(pieces, whole), answer[:end]
        counts.append(sum(len(piece.text) for piece in pieces))
    assert counts == sorted(counts)
    assert pieces == whole


@given(st.sampled_from(list(KINDS)), st.text(st.sampled_from('{}[]",:\\u12d8*-` \nab'), max_size=60))
def test_nonsense_raises_nothing(kind: str, answer: str) -> None:
    block_type: AnyKind = KINDS[kind]
    shown = block_type.read_partial(answer, block_type.example().settings)
    assert shown is None or isinstance(shown, block_type.Value)


def test_a_row_is_shown_while_it_is_written() -> None:
    shown = Table().read_partial('{"rows": [{"Action": "Mend", "Cost": "€ 1"}, {"Action": "Pai', COLUMNS)
    assert shown
    assert shown.rows == [["Mend", "€ 1"], ["Pai", ""]]


def test_a_point_below_another_is_shown_while_it_is_written() -> None:
    shown = Bullets().read_partial('{"items": [{"text": "Roof", "items": [{"text": "It le', BulletsSettings())
    assert shown
    assert [item.text for item in shown.items[0].items] == ["It le"]


def test_a_number_is_shown_when_it_is_whole() -> None:
    assert read_json_so_far('[["Roof", 12.5') == [["Roof"]]
    assert read_json_so_far('[["Roof", 12.50,') == [["Roof", "12.50"]]


def test_a_choice_is_shown_when_it_is_made() -> None:
    settings = SelectionSettings(options=["Approved", "Approved later"])
    assert Selection().read_partial('{"facts": ["It was"], "chosen": "Approved', settings) is None


def test_signs_of_an_open_mark_are_not_shown() -> None:
    shown = LongText().read_partial("It was **agre", LongTextSettings())
    assert shown
    assert LongText().text(shown) == "It was"


def test_a_long_table_is_read_so_far_in_no_time() -> None:
    """It is read for every look at it: 30 rows of 4 cells within 3 ms."""
    settings = Table().example().settings
    row = {column.name: "Ask for a second quote of the roof" for column in settings.columns}
    answer = json.dumps({"rows": [row] * 30})[:-30]
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        shown = Table().read_partial(answer, settings)
        taken.append(time.perf_counter() - began)
    assert shown
    assert len(shown.rows) == 30
    assert min(taken) < 0.003
