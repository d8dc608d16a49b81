"""Bullets: points as texts or objects, on one level or several."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.blocks.base import UnreadableAnswer
from templates.blocks.bullets import Bullets, BulletsSettings, BulletsValue, Item
from templates.word.body import Body
from templates.word.parts import ListItem

BULLETS = Bullets()
FLAT = BulletsSettings(max_items=3, max_words=5)
DEEP = BulletsSettings(levels=2)


def read(answer: Any) -> list[Item]:
    return BULLETS.read_answer(orjson.dumps(answer).decode(), DEEP).items


def problems(*items: Item, settings: BulletsSettings = FLAT) -> list[str]:
    return BULLETS.problems(BulletsValue(items=list(items)), settings)


@pytest.mark.parametrize(
    "answer",
    [
        {"items": ["It leaks.", "It rains."]},
        ["It leaks.", "It rains."],
        [{"text": "It leaks."}, {"text": "It rains.", "items": None}],
        ["- It leaks.", {"text": "• It rains."}],
        ["**It** leaks.", "", {"text": " It rains. ", "items": []}, {"text": ""}],
    ],
)
def test_points_may_be_texts_or_objects(answer: Any) -> None:
    assert read(answer) == [Item(text="It leaks."), Item(text="It rains.")]


def test_points_may_have_points_below_them() -> None:
    assert read([{"text": "a", "items": ["b", {"text": "c"}]}]) == [
        Item(text="a", items=[Item(text="b"), Item(text="c")])
    ]


def test_no_points_is_an_answer() -> None:
    assert read({"items": []}) == []


@pytest.mark.parametrize("answer", [{}, {"items": "a"}, {"items": [{"point": "a"}]}, {"items": [["a"]]}, "a"])
def test_an_answer_without_points_is_unreadable(answer: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        read(answer)


def test_points_nested_out_of_reason_are_unreadable() -> None:
    answer: dict[str, Any] = {"text": "a"}
    for _ in range(50):
        answer = {"text": "a", "items": [answer]}
    with pytest.raises(UnreadableAnswer, match="too deep"):
        read([answer])


def test_a_point_too_long_is_a_problem_with_its_place() -> None:
    long = Item(text="one two three four five six")
    assert problems(long) == ["Point 1 has 6 words; at most 5 were asked for."]


def test_too_many_and_too_few_points_are_problems() -> None:
    many, none = [Item(text=word) for word in "abcd"], BulletsSettings(min_items=1)
    assert problems(*many) == ["There are 4 points; at most 3 were asked for."]
    assert problems(settings=none) == ["There are 0 points; at least 1 were asked for."]


def test_a_point_that_stands_twice_is_a_problem() -> None:
    assert problems(Item(text="It leaks."), Item(text="it leaks.")) == ["Point 2 stands in the list already."]


def test_a_level_too_deep_is_a_problem_once() -> None:
    three = Item(text="a", items=[Item(text="b", items=[Item(text="c")])])
    assert problems(three) == ["Point 1.1 is below the 1 levels asked for."]
    assert problems(three, settings=DEEP) == ["Point 1.1.1 is below the 2 levels asked for."]


def test_limits_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="at least than at most"):
        BulletsSettings(min_items=5, max_items=2)


@pytest.mark.parametrize("levels", [1, 2, 3, 4])
def test_the_answers_schema_is_as_deep_as_the_levels(levels: int) -> None:
    schema = BULLETS.ask(BulletsSettings(levels=levels)).schema
    assert schema
    deep, inside = 0, schema["properties"]["items"]["items"]
    while inside:
        deep, inside = deep + 1, inside.get("properties", {}).get("items", {}).get("items")
    assert deep == levels


def test_addresses_count_along_the_levels() -> None:
    value = BulletsValue(items=[Item(text="a", items=[Item(text="b")]), Item(text="c")])
    assert [piece.address for piece in BULLETS.pieces(value)] == ["point 1", "point 1.1", "point 2"]
    assert BULLETS.text(value) == "- a\n  - b\n- c"


def test_loose_paragraphs_of_an_editor_are_points_too() -> None:
    doc = {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "loose"}]},
            {"type": "orderedList", "content": [{"type": "listItem", "content": [{"type": "paragraph"}]}]},
        ],
    }
    assert BULLETS.from_editor(doc, FLAT).items == [Item(text="loose")]


def test_an_empty_list_leaves_the_editor_a_place_to_write() -> None:
    doc = BULLETS.to_editor(BulletsValue(items=[]), FLAT)
    assert doc["content"][0]["content"][0]["type"] == "listItem"
    assert BULLETS.from_editor(doc, FLAT).items == []


def test_word_gets_native_bullets_on_their_levels() -> None:
    body = Body()
    BULLETS.write_word(BulletsValue(items=[Item(text="a", items=[Item(text="b")])]), DEEP, body)
    assert '<w:ilvl w:val="0"/>' in body.xml
    assert '<w:ilvl w:val="1"/>' in body.xml


texts = st.text(alphabet="ab \n", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
items = st.recursive(
    st.builds(Item, text=texts),
    lambda below: st.builds(Item, text=texts, items=st.lists(below, max_size=2)),
    max_leaves=5,
)


@given(st.lists(items, max_size=3))
def test_every_list_goes_through_the_editor_unchanged(points: list[Item]) -> None:
    value = BulletsValue(items=points)
    assert BULLETS.from_editor(BULLETS.to_editor(value, DEEP), DEEP) == value


def test_a_point_said_again_is_read_once() -> None:
    assert [item.text for item in read(["It leaks.", "It rains.", "it leaks.", "It snows."])] == [
        "It leaks.",
        "It rains.",
        "It snows.",
    ]


def test_a_list_in_word_proposes_its_points_on_their_levels() -> None:
    proposed = BULLETS.propose_from_word([ListItem("a", 1), ListItem("b", 0), ListItem("c", 2)])
    assert proposed
    assert proposed.value.items == [Item(text="a"), Item(text="b", items=[Item(text="c")])]
    assert proposed.settings.levels == 2


def test_a_list_of_whole_paragraphs_is_no_list_of_points() -> None:
    assert BULLETS.propose_from_word([ListItem("word " * 60)]) is None
