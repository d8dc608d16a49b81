"""What each kind of expectation takes for met, on values of every kind of block."""

from typing import Any

import pytest
from pydantic import ValidationError

from fillapp.settings_form import make_fields
from generation.proving.expectations import EXPECTATIONS, Verdict, find_fitting
from templates.blocks import KINDS
from templates.body import Block
from tests.factories import VALUES, make_body

BODY = make_body()


def check(kind: str, block: str, settings: dict[str, Any], value: dict[str, Any] | None = None) -> Verdict:
    expectation, of = EXPECTATIONS[kind], BODY.block(block)
    return expectation.check(
        of, of.type.load_value(value or VALUES[block]), expectation.Settings.model_validate(settings)
    )


@pytest.mark.parametrize("kind", EXPECTATIONS)
def test_every_kind_has_an_example_that_says_what_it_expects(kind: str) -> None:
    expectation = EXPECTATIONS[kind]
    assert expectation.say(expectation.example())
    assert expectation.name
    assert expectation.about.endswith(".")


@pytest.mark.parametrize("kind", EXPECTATIONS)
def test_every_kind_has_a_form(kind: str) -> None:
    expectation = EXPECTATIONS[kind]
    fields = make_fields(expectation.Settings, expectation.example().model_dump())
    assert fields
    assert all(field.shape.input != "json" for field in fields)


@pytest.mark.parametrize("kind", KINDS)
def test_something_can_be_expected_of_every_kind_of_block(kind: str) -> None:
    block_type = KINDS[kind]
    example = block_type.example()
    block = Block(block="one", kind=kind, settings=example.settings.model_dump(mode="json"))
    for expectation in find_fitting(block):
        assert expectation.check(block, example.value, expectation.example()).reason.endswith(".")


def test_choices_are_expected_of_selections_and_counts_of_tables_and_lists() -> None:
    def kinds(block: str) -> set[str]:
        return {one.kind for one in find_fitting(BODY.block(block))} & {"choose", "count"}

    assert kinds("outcome") == {"choose"}
    assert kinds("actions") == {"count"}
    assert kinds("risks") == {"count"}
    assert kinds("summary") == set()


def test_any_spelling_of_what_must_be_mentioned_will_do() -> None:
    assert check("mention", "actions", {"words": "attic | roof"}) == Verdict(True, "It mentions “roof”.")
    assert check("mention", "actions", {"words": "1200"}).passed
    failed = check("mention", "actions", {"words": "attic | cellar"})
    assert failed == Verdict(False, "It does not mention “attic” or “cellar”.")


def test_any_spelling_of_what_must_not_be_mentioned_is_one_too_many() -> None:
    assert check("no_mention", "actions", {"words": "attic | ROOF"}) == Verdict(False, "It mentions “ROOF”.")
    assert check("no_mention", "actions", {"words": "attic"}).passed


def test_parts_of_words_are_no_mention() -> None:
    assert check("no_mention", "risks", {"words": "leav | tenants"}).passed


@pytest.mark.parametrize("words", ["", " ", "roof |", "–", "roof | …"])
def test_a_spelling_without_letters_is_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        EXPECTATIONS["mention"].Settings.model_validate({"words": words})


def test_a_choice_is_met_by_these_options_and_no_others() -> None:
    both = {"chosen": ["Approved", "Deferred"]}
    assert check("choose", "outcome", {"options": ["deferred "]}).passed
    assert not check("choose", "outcome", {"options": ["Approved"]}).passed
    assert check("choose", "outcome", {"options": ["Deferred"]}, both) == Verdict(
        False, "It chooses “Approved”, “Deferred”."
    )
    assert check("choose", "outcome", {"options": ["Deferred"], "exactly": False}, both).passed
    assert check("choose", "outcome", {"options": ["Deferred", "Approved"]}, both).passed


def test_an_option_that_the_block_does_not_have_is_a_mistake() -> None:
    choose, outcome = EXPECTATIONS["choose"], BODY.block("outcome")
    settings = choose.Settings.model_validate({"options": ["Rejected"]})
    assert choose.find_mistake(outcome, settings) == (
        "“Rejected” is none of the options of this block. "
        "The options of this block: “Approved”, “Deferred”, “Not stated”."
    )
    assert not choose.find_mistake(outcome, choose.Settings.model_validate({"options": ["not stated"]}))


def test_rows_and_points_are_counted_without_the_head_and_without_points_below() -> None:
    assert check("count", "actions", {"least": 1, "most": 1}) == Verdict(True, "It has 1 row.")
    points = {"items": [{"text": "A", "items": [{"text": "B"}]}, {"text": "C", "items": []}]}
    assert check("count", "risks", {"most": 2}, points) == Verdict(True, "It has 2 points.")
    assert check("count", "risks", {"least": 3}, points).passed is False
    assert check("count", "risks", {"most": 1}, points).passed is False


@pytest.mark.parametrize("settings", [{}, {"least": 3, "most": 2}, {"least": -1}])
def test_a_count_says_the_least_or_the_most(settings: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        EXPECTATIONS["count"].Settings.model_validate(settings)


def test_a_reference_is_met_at_its_likeness_and_above() -> None:
    close = check("reference", "summary", {"text": "All went very well.", "likeness": 85})
    assert close == Verdict(True, "It is 85.7 % like the text.")
    assert check("reference", "summary", {"text": "All went very well.", "likeness": 86}).passed is False


def test_a_rubric_is_left_to_the_judge() -> None:
    rubric = EXPECTATIONS["rubric"]
    assert rubric.question(rubric.Settings.model_validate({"rubric": "It is polite."})) == "It is polite."
    assert check("rubric", "summary", {"rubric": "It is polite."}).passed is None
    assert not any(one.question(one.example()) for kind, one in EXPECTATIONS.items() if kind != "rubric")
