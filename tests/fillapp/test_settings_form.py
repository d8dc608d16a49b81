"""The generic form of settings: every kind goes through real HTML and comes back the same."""

from enum import Enum
from typing import Any, Literal

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from lxml import html
from pydantic import BaseModel, Field

from fillapp.settings_form import find_errors, make_fields, read_fields, summarise
from fillapp.settings_form.errors import Errors
from templates.blocks import KINDS
from templates.blocks.base import BlockType, Json


class Colour(Enum):
    RED = "red"
    LIGHT_BLUE = "light_blue"


class Limit(BaseModel):
    least: int = 0
    is_hard: bool = True


class Rule(BaseModel):
    """Said to programmers."""

    pattern: str = Field(min_length=1)
    weight: float = Field(1, gt=0, le=2)
    only: list[str] = []


class AnyRuleAtAll(BaseModel):
    """One field of every sort that a kind may think of."""

    whole: int = Field(3, ge=1, le=9, description="How often")
    share: float = Field(0.5, ge=0, le=1, multiple_of=0.25)
    is_on: bool = True
    is_known: bool | None = None
    words: str = "as it comes"
    note: str | None = None
    story: str = Field("", max_length=4000)
    way: Literal["up", "down"] = "up"
    size: Literal[1, 2, None] = None
    colour: Colour = Colour.RED
    names: list[str] = []
    numbers: list[int] = [1, 2]
    ways: list[Literal["up", "down"]] = []
    limit: Limit = Limit()
    rules: list[Rule] = []
    table: dict[str, int] = {}
    either: int | str = 1


EVERYTHING: Json = {
    "whole": 4,
    "share": 0.25,
    "is_on": False,
    "is_known": False,
    "words": "",
    "note": "Two\nlines & <more>",
    "story": "\nBegins with an empty line.",
    "way": "down",
    "size": 2,
    "colour": "light_blue",
    "names": ["Ann", "Ben"],
    "numbers": [3, 4, 5],
    "ways": ["down"],
    "limit": {"least": 2, "is_hard": False},
    "rules": [{"pattern": "a", "weight": 0.5, "only": ["x", "y"]}, {"pattern": "b"}],
    "table": {"a": 1},
    "either": "1",
}


def render(model: type[BaseModel], data: Json, errors: Errors | None = None) -> html.HtmlElement:
    fields = make_fields(model, data, errors)
    parts = [render_to_string(field.template, {"field": field}) for field in fields]
    return html.fromstring(f"<form>{''.join(parts)}</form>")


def send(form: html.HtmlElement) -> QueryDict:
    """What a browser would post of a form."""
    post = QueryDict(mutable=True)
    for control in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        for value in values_of(control):
            post.appendlist(control.get("name"), value)
    return post


def values_of(control: html.HtmlElement) -> list[str]:
    if control.tag == "select":
        chosen = control.xpath("./option[@selected]") or control.xpath("./option")[:1]
        return [option.get("value") for option in chosen]
    if control.tag == "textarea":
        text = (control.text or "").removeprefix("\n")
        return ["\r\n".join(text.split("\n"))]
    if control.get("type") == "checkbox":
        return [control.get("value", "on")] if control.get("checked") is not None else []
    value = control.get("value") or ""
    return [value if control.get("type") == "hidden" else value.replace("\n", "")]


def change(post: QueryDict, **values: Any) -> QueryDict:
    for name, value in values.items():
        post[f"settings.{name.replace('__', '.')}"] = value
    return post


@pytest.mark.parametrize("block_type", KINDS.values(), ids=KINDS)
def test_the_settings_of_a_kind_come_back_the_same(block_type: BlockType[Any, Any]) -> None:
    settings = block_type.example().settings
    data = settings.model_dump(mode="json", exclude_unset=True)
    read = read_fields(block_type.Settings, send(render(block_type.Settings, data)))
    assert block_type.Settings.model_validate(read) == settings


@pytest.mark.parametrize("model", [*(kind.Settings for kind in KINDS.values()), AnyRuleAtAll])
def test_every_input_has_a_label_of_its_own(model: type[BaseModel]) -> None:
    form = render(model, EVERYTHING if model is AnyRuleAtAll else {})
    ids = form.xpath(".//@id")
    assert len(ids) == len(set(ids))
    for control in form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea"):
        assert len(form.xpath(f".//label[@for='{control.get('id')}'][normalize-space()]")) == 1


def test_settings_of_a_kind_yet_unknown_come_back_the_same() -> None:
    assert read_fields(AnyRuleAtAll, send(render(AnyRuleAtAll, EVERYTHING))) == EVERYTHING


def test_what_is_left_as_the_kind_comes_is_not_written_down() -> None:
    assert read_fields(AnyRuleAtAll, send(render(AnyRuleAtAll, {}))) == {}


def test_a_number_knows_its_limits() -> None:
    number = render(AnyRuleAtAll, {}).get_element_by_id("settings-whole")
    assert [number.get(key) for key in ("type", "min", "max", "step", "value")] == [
        "number",
        "1",
        "9",
        "1",
        "3",
    ]
    assert number.get("required") is not None


def test_what_the_schema_says_stands_beside_its_input() -> None:
    form = render(AnyRuleAtAll, {})
    number = form.get_element_by_id("settings-whole")
    hint = form.get_element_by_id(number.get("aria-describedby"))
    assert hint.text_content() == "How often. 1 to 9."
    assert "Said to programmers" not in form.text_content()


def test_what_may_be_empty_says_so_and_is_empty() -> None:
    post = change(send(render(AnyRuleAtAll, {"note": "Yes"})), note="")
    assert read_fields(AnyRuleAtAll, post) == {}
    assert "May be empty." in render(AnyRuleAtAll, {}).text_content()


def test_a_number_that_is_none_is_kept_as_it_was_typed() -> None:
    data = read_fields(AnyRuleAtAll, change(send(render(AnyRuleAtAll, {})), whole="a few"))
    errors = find_errors(AnyRuleAtAll, data)
    assert errors == {("whole",): ["Enter a whole number."]}
    number = render(AnyRuleAtAll, data, errors).get_element_by_id("settings-whole")
    assert number.get("value") == "a few"
    assert number.get("aria-invalid") == "true"
    assert "settings-whole-error" in number.get("aria-describedby")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"whole": 10}, "Enter 9 or less."),
        ({"whole": ""}, "Enter a whole number."),
        ({"share": -1.0}, "Enter 0.0 or more."),
        ({"way": "left"}, "Choose one of 'up' or 'down'."),
        ({"rules": [{"pattern": ""}]}, "This cannot be empty."),
        ({"rules": [{"pattern": "a", "weight": 0.0}]}, "Enter more than 0.0."),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(data: Json, words: str) -> None:
    assert list(find_errors(AnyRuleAtAll, data).values()) == [[words]]


def test_a_mistake_in_a_line_names_the_line() -> None:
    data = {"numbers": [1, "two"]}
    form = render(AnyRuleAtAll, data, find_errors(AnyRuleAtAll, data))
    area = form.get_element_by_id("settings-numbers")
    assert area.text.strip() == "1\ntwo"
    assert "Line 2: Enter a whole number." in form.get_element_by_id("settings-numbers-error").text_content()


def test_a_mistake_in_a_row_stands_at_its_input() -> None:
    data = {"rules": [{"pattern": "a"}, {"pattern": "", "weight": 2.0}]}
    form = render(AnyRuleAtAll, data, find_errors(AnyRuleAtAll, data))
    assert form.xpath(".//*[@aria-invalid]/@name") == ["settings.rules.1.pattern"]


def test_the_empty_row_adds_one_when_it_is_written_in() -> None:
    post = change(send(render(AnyRuleAtAll, {"rules": [{"pattern": "a"}]})), rules__1__pattern="b")
    assert read_fields(AnyRuleAtAll, post) == {"rules": [{"pattern": "a"}, {"pattern": "b"}]}


def test_a_row_ticked_for_removal_is_gone() -> None:
    data = {"rules": [{"pattern": "a"}, {"pattern": "b"}]}
    post = send(render(AnyRuleAtAll, data))
    post["settings.rules.0.remove-row"] = "on"
    assert read_fields(AnyRuleAtAll, post) == {"rules": [{"pattern": "b"}]}


def test_rows_are_read_in_the_order_of_the_page() -> None:
    post = send(render(AnyRuleAtAll, {"rules": [{"pattern": "a"}, {"pattern": "b"}]}))
    post.setlist("settings.rules", ["1", "2", "0"])
    assert read_fields(AnyRuleAtAll, post) == {"rules": [{"pattern": "b"}, {"pattern": "a"}]}


def test_a_browser_does_not_stop_at_an_empty_row() -> None:
    form = render(AnyRuleAtAll, {})
    assert form.xpath(".//*[@data-row]//*[@required]") == []


def test_settings_are_summed_up_in_one_line() -> None:
    data = {"whole": 3, "is_on": False, "names": ["Ann", "Ben"], "rules": [{"pattern": "a"}]}
    assert summarise(AnyRuleAtAll, data) == "Is on: no · Names: Ann, Ben · Rules: a"
