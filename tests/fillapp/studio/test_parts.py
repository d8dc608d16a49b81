"""Saving one part of a draft as it is typed, and what is answered where it cannot be saved."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from templates.body import Block, read_body
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import BLOCKS
from tests.fillapp.studio.conftest import draft

PAGE = "/templates/minutes/"
ACTIONS = f"{PAGE}parts/block-actions/"
TABLE = {"block.actions.title": "Actions", "block.actions.kind": "table"}


def block(key: str) -> Block:
    return draft().block(key)


def columns(*names: str, start: int = 0) -> dict[str, Any]:
    """What a form with these columns posts; rows before `start` were removed from it."""
    at = "settings.actions.columns"
    numbers = [str(start + place) for place in range(len(names))]
    return {at: numbers} | {f"{at}.{number}.name": name for number, name in zip(numbers, names, strict=True)}


def parts(author: Client) -> dict[str, str]:
    """The stamp of each part by its name."""
    shown = author.get(f"{PAGE}draft/").json()["parts"]
    return {part["name"]: part["stamp"] for part in shown}


def name_of(author: Client, kind: str) -> str:
    return next(name for name in parts(author) if name.startswith(kind))


def test_a_block_is_saved_as_it_is_typed(author: Client) -> None:
    answer = author.post(ACTIONS, TABLE | columns("Action", "Owner") | {"stamp": ""})
    assert answer.status_code == 200
    assert [one["name"] for one in block("actions").settings["columns"]] == ["Action", "Owner"]
    assert answer.json()["change"] == ReportTemplate.objects.get().changes.get().pk


def test_what_is_unfit_is_said_by_the_name_of_its_field(author: Client) -> None:
    answer = author.post(ACTIONS, TABLE | columns("Action") | {"settings.actions.max_rows": "many"})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error == {"name": "settings.actions.max_rows", "words": "Enter a whole number."}
    assert "max_rows" not in block("actions").settings


def test_a_row_behind_a_removed_one_is_named_as_it_was_posted(author: Client) -> None:
    answer = author.post(
        ACTIONS, TABLE | columns("Action", "x" * 1000, start=3) | {"settings.actions.columns.4.type": "odd"}
    )
    assert answer.status_code == 422
    assert {one["name"].rsplit(".", 1)[0] for one in answer.json()["errors"]} == {
        "settings.actions.columns.4"
    }


def test_a_save_over_anothers_words_is_refused_with_who_and_what_to_base_the_next_on(author: Client) -> None:
    stamp = parts(author)["block-actions"]
    author.post(
        ACTIONS, TABLE | columns("Action") | {"block.actions.instructions": "Theirs.", "stamp": stamp}
    )
    mine = TABLE | columns("Action") | {"block.actions.instructions": "Mine."}
    answer = author.post(ACTIONS, mine | {"stamp": stamp})
    assert answer.status_code == 409
    theirs = answer.json()["theirs"]
    assert (theirs["who"], theirs["called"]) == ("You, in another window,", "Actions")
    assert block("actions").instructions == "Theirs."
    assert author.post(ACTIONS, mine | {"stamp": theirs["stamp"]}).status_code == 200
    assert block("actions").instructions == "Mine."


def test_a_save_whose_answer_was_lost_is_taken_again_in_its_sitting(author: Client) -> None:
    sent = TABLE | columns("Action") | {"stamp": parts(author)["block-actions"], "sitting": "one"}
    for words in ("First.", "First and second."):
        assert author.post(ACTIONS, sent | {"block.actions.instructions": words}).status_code == 200
    assert block("actions").instructions == "First and second."
    assert ReportTemplate.objects.get().changes.count() == 1
    other = {"block.actions.instructions": "Elsewhere.", "sitting": "two"}
    assert author.post(ACTIONS, sent | other).status_code == 409


def test_a_part_that_is_gone_is_said_to_be_gone(author: Client) -> None:
    author.post(f"{PAGE}parts/", {"do": "remove", "part": "block-actions"})
    answer = author.post(ACTIONS, TABLE | columns("Action"))
    assert (answer.status_code, answer.json()["gone"]) == (409, True)
    assert "block-actions" not in {part["name"] for part in answer.json()["parts"]}
    assert author.get(ACTIONS).status_code == 404


def test_a_heading_that_says_something_else_is_known_by_another_name(author: Client) -> None:
    name = name_of(author, "heading")
    answer = author.post(f"{PAGE}parts/{name}/", {"heading": "  Minutes of\nMay ", "level": "2"}).json()
    assert (answer["was"], answer["now"]) == (name, name_of(author, "heading"))
    assert answer["was"] != answer["now"]
    assert draft().blocks[0].model_dump() == {"heading": "Minutes of May", "level": 2}


@pytest.mark.parametrize(("heading", "level"), [(" ", "1"), ("Minutes", "9"), ("Minutes", "high")])
def test_a_heading_that_cannot_be_is_refused(heading: str, level: str, author: Client) -> None:
    name = name_of(author, "heading")
    answer = author.post(f"{PAGE}parts/{name}/", {"heading": heading, "level": level})
    assert answer.status_code == 422
    assert name_of(author, "heading") == name


def test_a_text_is_kept_with_its_lines(author: Client) -> None:
    name = name_of(author, "text")
    answer = author.post(f"{PAGE}parts/{name}/", {"text": "One.\r\nTwo."})
    assert answer.status_code == 200
    assert draft().blocks[1].model_dump()["text"].splitlines() == ["One.", "Two."]


def test_a_block_of_another_kind_begins_with_that_kinds_settings(author: Client) -> None:
    answer = author.post(ACTIONS, TABLE | columns("Action") | {"block.actions.kind": "bullets"})
    assert answer.status_code == 200
    assert (block("actions").kind, block("actions").settings) == ("bullets", {})
    [card] = [part["html"] for part in answer.json()["parts"] if part["name"] == "block-actions"] or [""]
    assert 'data-kind="bullets"' in card
    form = author.get(ACTIONS).content.decode()
    assert "settings.actions.columns" not in form
    assert re.search(r'name="settings.actions.max_items"', form)


@pytest.mark.parametrize("address", ["parts/block-actions/", "draft/", "parts/"])
def test_a_small_request_asks_the_database_as_often_for_sixty_blocks_as_for_six(
    address: str, author: Client
) -> None:
    post = TABLE | columns("Action")

    def count(words: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            if address == "draft/":
                author.get(PAGE + address)
            elif address == "parts/":
                author.post(PAGE + address, {"do": "move", "part": "block-actions"})
            else:
                author.post(PAGE + address, post | {"block.actions.instructions": words})
        return len(asked)

    few = count("One.")
    many = [
        {**one, "block": f"more-{number}-{place}"}
        for number in range(14)
        for place, one in enumerate(BLOCKS[2:])
    ]
    save_draft(read_body({"name": "Minutes", "blocks": [*BLOCKS, *many]}), slug="minutes")
    assert count("Two.") == few
