"""Selection: options matched however they are spelt, and nothing chosen that was not offered."""

from collections.abc import Sequence

import orjson
import pytest

from templates.blocks.base import Find, UnreadableAnswer, WantedColumn
from templates.blocks.selection import Selection, SelectionSettings, SelectionValue
from templates.word import parts

SELECTION = Selection()
ONE = SelectionSettings(options=["Approved", "Not approved", "Deferred"], fallback="Not stated")
MANY = SelectionSettings(options=["Roof", "Walls", "Drains"], many=True, fallback="None")


class Nearness:
    """Documents in which the options stand this near."""

    def __init__(self, *scores: float) -> None:
        self._scores = list(scores)

    def sentences(
        self, about: str, limit: int, most_words: int = 60, in_all: int | None = None, near: bool = False
    ) -> list[str]:
        return []

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        return []

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        return self._scores


def chosen(answer: object, settings: SelectionSettings = ONE) -> list[str]:
    return SELECTION.read_answer(orjson.dumps(answer).decode(), settings).chosen


def weigh(**options: bool) -> object:
    """An answer that says of each option whether it applies."""
    return {
        "options": [{"option": name, "fact": "The survey.", "applies": yes} for name, yes in options.items()]
    }


@pytest.mark.parametrize(
    "answer",
    [
        {"facts": ["Five voted against."], "chosen": "Not approved"},
        {"chosen": ["not APPROVED"]},
        {"chosen": " Not  approved. "},
        {"chosen": "“Not approved”"},
        ["Not approved"],
        "Not approved",
    ],
)
def test_an_option_is_known_however_it_is_spelt(answer: object) -> None:
    assert chosen(answer) == ["Not approved"]


def test_several_options_stand_in_the_order_of_the_settings_each_once() -> None:
    assert chosen({"chosen": ["drains", "Roof", "roof"]}, MANY) == ["Roof", "Drains"]


def test_the_fallback_can_be_chosen() -> None:
    assert chosen({"chosen": "not stated"}) == ["Not stated"]


def test_choosing_nothing_is_choosing_the_fallback() -> None:
    assert chosen({"chosen": []}, MANY) == ["None"]


def test_choosing_nothing_without_a_fallback_is_unreadable() -> None:
    with pytest.raises(UnreadableAnswer, match="chooses none"):
        chosen({"chosen": []}, SelectionSettings(options=["a", "b"], many=True))


@pytest.mark.parametrize("answer", [{"chosen": "Perhaps"}, {"chosen": ["Approved", "Perhaps"]}])
def test_an_option_that_was_not_offered_is_unreadable_and_named(answer: object) -> None:
    with pytest.raises(UnreadableAnswer, match="“Perhaps” is not one of the options: Approved, Not approved"):
        chosen(answer)


@pytest.mark.parametrize("answer", [{}, {"chosen": None}, {"chosen": 5}, [], 5])
def test_an_answer_that_chooses_nothing_is_unreadable(answer: object) -> None:
    with pytest.raises(UnreadableAnswer):
        chosen(answer, SelectionSettings(options=["a"]))


@pytest.mark.parametrize(
    ("value", "settings", "problem"),
    [
        (["Perhaps"], ONE, "“Perhaps” is not one of the options."),
        ([], ONE, "Nothing is chosen."),
        (["Approved", "Deferred"], ONE, "2 options are chosen; one was asked for."),
        (["Roof", "None"], MANY, "“None” cannot stand beside another option."),
    ],
)
def test_a_choice_that_breaks_a_rule_is_a_problem(
    value: list[str], settings: SelectionSettings, problem: str
) -> None:
    assert SELECTION.problems(SelectionValue(chosen=value), settings) == [problem]


@pytest.mark.parametrize("options", [[], ["a", "A"], ["a", "a."], ["a", " "]])
def test_options_must_differ_and_say_something(options: list[str]) -> None:
    with pytest.raises(ValueError, match="options"):
        SelectionSettings(options=options)


def test_a_fallback_among_the_options_stands_once() -> None:
    assert SelectionSettings(options=["Yes", "Unclear"], fallback="Unclear").all_options() == [
        "Yes",
        "Unclear",
    ]


def test_options_with_space_around_them_can_be_chosen() -> None:
    assert chosen({"chosen": "Yes"}, SelectionSettings(options=[" Yes ", "No"])) == [" Yes "]


def test_the_facts_are_asked_for_before_the_choice() -> None:
    schema = SELECTION.ask(ONE).schema
    assert schema
    assert list(schema["properties"]) == ["facts", "chosen"]
    assert schema["properties"]["chosen"]["enum"] == ["Approved", "Not approved", "Deferred", "Not stated"]


def test_where_several_may_be_chosen_each_is_weighed() -> None:
    schema = SELECTION.ask(MANY).schema
    assert schema
    weighed = schema["properties"]["options"]
    assert list(weighed["items"]["properties"]) == ["option", "fact", "applies"]
    assert weighed["items"]["properties"]["option"]["enum"] == ["Roof", "Walls", "Drains"]
    assert weighed["minItems"] == weighed["maxItems"] == 3


def test_what_applies_is_chosen() -> None:
    assert chosen(weigh(Roof=True, Walls=False, Drains=True), MANY) == ["Roof", "Drains"]


def test_where_nothing_applies_the_fallback_is_chosen() -> None:
    assert chosen(weigh(Roof=False, Walls=False), MANY) == ["None"]


def test_of_very_many_options_those_that_apply_are_listed() -> None:
    options = [f"Street {number}" for number in range(30)]
    schema = SELECTION.ask(SelectionSettings(options=options, many=True)).schema
    assert schema
    assert schema["properties"]["chosen"]["items"]["enum"] == options


@pytest.mark.parametrize(
    ("scores", "option"), [((0.1, 0.7, 0.2), "Not approved"), ((0.0, 0.01, 0.0), "Not stated")]
)
def test_without_a_model_the_nearest_option_is_chosen_or_the_fallback(
    scores: tuple[float, ...], option: str
) -> None:
    find: Find = Nearness(*scores)
    assert SELECTION.draft_offline("the vote", ONE, find).chosen == [option]


def test_without_a_model_or_a_fallback_silent_documents_choose_nothing() -> None:
    with pytest.raises(UnreadableAnswer):
        SELECTION.draft_offline("the vote", SelectionSettings(options=["a", "b"]), Nearness(0, 0))


def test_an_editor_can_choose_nothing() -> None:
    doc = SELECTION.to_editor(SelectionValue(chosen=[]), ONE)
    assert SELECTION.from_editor(doc, ONE).chosen == []


def test_a_drop_down_in_word_proposes_its_options() -> None:
    proposed = SELECTION.propose_from_word([parts.Choice(("Yes", "No"), ("Yes",))])
    assert proposed
    assert proposed.settings == SelectionSettings(options=["Yes", "No"], fallback="Not stated")
    assert proposed.value.chosen == ["Yes"]


def test_what_was_typed_into_a_combination_box_is_an_option_and_no_option_stands_twice() -> None:
    proposed = SELECTION.propose_from_word([parts.Choice(("Yes", "yes ", "", "No"), ("Later",))])
    assert proposed
    assert proposed.settings.options == ["Yes", "No", "Later"]
    assert proposed.value.chosen == ["Later"]


def test_without_a_model_all_options_half_as_near_as_the_nearest_are_chosen_where_several_may_be() -> None:
    several = SelectionSettings(options=["Age", "Storm", "Theft"], many=True, fallback="Not stated")

    assert SELECTION.draft_offline("why", several, Nearness(0.4, 0.3, 0.1)).chosen == ["Age", "Storm"]


def test_the_fallback_beside_another_option_says_nothing() -> None:
    several = SelectionSettings(options=["Age", "Storm"], many=True, fallback="Not stated")

    assert chosen({"chosen": ["Not stated", "Storm"]}, several) == ["Storm"]
    assert chosen({"chosen": ["Not stated"]}, several) == ["Not stated"]


def test_several_options_come_back_from_the_editor() -> None:
    several = SelectionSettings(options=["Age", "Storm"], many=True)
    value = SelectionValue(chosen=["Age", "Storm"])

    assert SELECTION.from_editor(SELECTION.to_editor(value, several), several) == value
