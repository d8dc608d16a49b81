"""The library: every block of it is right by the product's own rules, and can be found."""

import pytest

from templates.blocks import KINDS
from templates.body import read_body
from templates.library import GROUPS, ReadyBlock, by_group, find_ready_block, load_library, search_library
from templates.lint import lint_body

LIBRARY = load_library()
every_block = pytest.mark.parametrize("ready", LIBRARY, ids=lambda ready: ready.key)


@every_block
def test_its_example_is_a_value_that_breaks_none_of_its_limits(ready: ReadyBlock) -> None:
    block = ready.make_block("mine")
    assert block.type.problems(ready.value, block.parsed_settings) == []
    assert block.type.pieces(ready.value)


@every_block
def test_its_instructions_get_no_advice(ready: ReadyBlock) -> None:
    block = ready.make_block("mine").model_dump(exclude_defaults=True)
    assert lint_body(read_body({"name": "One", "blocks": [block]})) == {}


@every_block
def test_it_says_in_few_words_what_it_is_good_for(ready: ReadyBlock) -> None:
    assert ready.title
    assert ready.good_for[:1].islower()
    assert len(ready.good_for.split()) <= 14


def test_all_together_no_two_ask_for_the_same() -> None:
    blocks = [one.make_block(one.key).model_dump(exclude_defaults=True) for one in LIBRARY]
    assert lint_body(read_body({"name": "All", "blocks": blocks})) == {}


def test_every_kind_and_every_group_has_one() -> None:
    assert {one.kind for one in LIBRARY} == set(KINDS)
    assert [group for group, _ in by_group(LIBRARY)] == list(GROUPS)


def test_a_search_finds_by_what_a_block_is_for_and_names_come_first() -> None:
    assert search_library("risk")[0].name.startswith("Risk")
    assert [one.key for one in search_library("what resolved")] == ["decisions"]
    assert search_library("zebra") == []
    assert len(search_library("")) == len(LIBRARY)


def test_a_block_is_found_by_its_name() -> None:
    assert find_ready_block("glossary").title == "Glossary"
    with pytest.raises(KeyError):
        find_ready_block("nothing")
