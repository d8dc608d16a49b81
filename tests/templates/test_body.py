"""The body of a template: what holds it together, and what is said when it does not."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.blocks import KINDS
from templates.body import Block, TemplateBody, read_body
from templates.mistakes import InvalidBody
from tests.templates.bodies import MINUTES, bodies, minutes


def mistakes(data: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidBody) as caught:
        read_body(data)
    return [(".".join(map(str, one.path)), one.message) for one in caught.value.mistakes]


def of_blocks(*blocks: dict[str, Any]) -> list[tuple[str, str]]:
    return mistakes({"name": "Minutes", "blocks": list(blocks)})


def text_block(key: str, **more: object) -> dict[str, Any]:
    return {"block": key, "kind": "long_text", **more}


def test_the_blocks_to_fill_stand_in_the_order_of_the_report() -> None:
    assert [block.block for block in minutes().fillable] == ["summary", "conclusion"]


def test_a_block_is_found_by_its_key() -> None:
    assert minutes().block("summary").reads == ["transcript"]
    with pytest.raises(KeyError):
        minutes().block("nothing")


def test_a_block_knows_its_kind_and_settings() -> None:
    block = Block(block="a", kind="bullets", settings={"levels": 2})
    assert block.type is KINDS["bullets"]
    assert block.parsed_settings.levels == 2


def test_the_dump_begins_with_the_format_and_leaves_out_what_is_default() -> None:
    dump = minutes().dump()
    assert next(iter(dump)) == "fill"
    assert dump == MINUTES


@given(bodies())
def test_what_is_dumped_is_read_back(body: TemplateBody) -> None:
    assert read_body(orjson.loads(orjson.dumps(body.dump()))) == body


def test_equal_settings_are_spelt_alike_whatever_order_they_came_in() -> None:
    first = minutes(guards=[], blocks=[text_block("a", settings={"max_words": 9, "min_words": 1})])
    second = minutes(guards=[], blocks=[text_block("a", settings={"min_words": 1, "max_words": "9"})])
    assert orjson.dumps(first.dump()) == orjson.dumps(second.dump())


def test_texts_are_cleaned_on_entry() -> None:
    assert minutes(description="a\r\nb\x00").description == "a\nb\ufffd"


def test_a_key_that_does_not_belong_is_a_mistake_where_it_stands() -> None:
    assert of_blocks(text_block("a", titel="A")) == [
        ("blocks.0.titel", "“titel” is not a key that belongs here")
    ]


def test_a_key_left_out_is_a_mistake() -> None:
    assert ("blocks.0.kind", "“kind” is missing") in of_blocks({"block": "a"})
    assert mistakes({}) == [("name", "“name” is missing")]


def test_an_unknown_kind_is_told_the_kinds_there_are() -> None:
    [(path, message)] = of_blocks({"block": "a", "kind": "chart"})
    assert path == "blocks.0.kind"
    assert message == f"“chart” is not a kind; the kinds are {', '.join(KINDS)}"


def test_a_mistake_in_the_settings_has_its_place_in_the_block() -> None:
    block = {"block": "a", "kind": "table", "settings": {"columns": [{"name": "A", "typ": "date"}]}}
    assert of_blocks(block) == [("blocks.0.settings.columns.0.typ", "“typ” is not a key that belongs here")]


def test_every_mistake_is_said_at_once() -> None:
    table = {"block": "t", "kind": "table"}
    assert [path for path, _ in of_blocks(text_block("a", after=["x"], reads=["y"]), table)] == [
        "blocks.0.after.0",
        "blocks.0.reads.0",
        "blocks.1.settings.columns",
    ]


def test_a_key_used_twice_is_a_mistake() -> None:
    assert of_blocks(text_block("a"), text_block("a")) == [("blocks.1.block", "the key “a” is used twice")]
    slots = [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]
    assert mistakes({"name": "M", "documents": slots}) == [("documents.1.key", "the key “a” is used twice")]


def test_a_block_cannot_wait_for_itself() -> None:
    assert of_blocks(text_block("a", after=["a"])) == [("blocks.0.after.0", "there is no other block “a”")]


def test_blocks_that_wait_for_each_other_are_mistakes_those_after_them_are_not() -> None:
    found = of_blocks(
        text_block("a", after=["c"]),
        text_block("b", after=["a"]),
        text_block("c", after=["b"]),
        text_block("d", after=["a"]),
    )
    assert found == [
        (f"blocks.{number}.after", f"“{key}” waits for itself, directly or not")
        for number, key in enumerate("abc")
    ]


def test_a_guard_watches_blocks_that_are_there() -> None:
    found = mistakes(MINUTES | {"guards": [{"signal": "refusal", "blocks": ["summary", "x"]}]})
    assert found == [("guards.0.blocks.1", "there is no block “x”")]


@pytest.mark.parametrize("part", ["a heading", 5, None, [], {}])
def test_what_is_no_part_of_a_template_is_a_mistake(part: Any) -> None:
    assert all(path.startswith("blocks.0") for path, _ in of_blocks(part))


def test_a_block_with_a_stray_text_is_still_a_block() -> None:
    assert of_blocks(text_block("a", text="stray")) == [
        ("blocks.0.text", "“text” is not a key that belongs here")
    ]


@pytest.mark.parametrize("key", ["A", "1a", "a b", "a.b", "", "a" * 61, "a\n"])
def test_a_key_is_a_short_plain_word(key: str) -> None:
    assert of_blocks(text_block(key))[0][0] == "blocks.0.block"


@pytest.mark.parametrize(
    "change",
    [{"fill": 2}, {"name": ""}, {"language": "english"}, {"context": "guess"}, {"blocks": {}}, {"word": 5}],
)
def test_a_value_that_cannot_stand_is_a_mistake_at_its_key(change: dict[str, object]) -> None:
    assert [path for path, _ in mistakes(MINUTES | change)] == list(change)


_keys = st.sampled_from([*MINUTES, "block", "kind", "heading", "key"])
_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(_keys, inside, max_size=4),
)


@given(_data)
def test_any_data_is_a_body_or_a_list_of_mistakes(data: object) -> None:
    try:
        read_body(data)
    except InvalidBody as error:
        found = error.mistakes
    else:
        found = []
    assert all(one.message for one in found)
