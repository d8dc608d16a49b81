"""A report that is moved to another version of its template while people look at it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from generation.models import Fill, Report
from generation.moving import move_report
from generation.review import decide
from templates.body import read_body
from templates.models import Snapshot, take_snapshot
from tests.fillapp.conftest import BODY
from tests.fillapp.live import Eyes, is_block

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {"block": "next", "kind": "bullets", "title": "What is next"}


def moved_body() -> Snapshot:
    """Without risks, with one part more, and with another column of actions."""
    blocks = []
    for part in BODY["blocks"]:
        key = part.get("block")
        if key == "actions":
            columns = [{"name": "Cost", "type": "money"}, {"name": "Action"}, {"name": "Owner"}]
            blocks.append(part | {"settings": {"columns": columns}})
        elif key != "risks":
            blocks.append(part)
    return take_snapshot(read_body(BODY | {"blocks": [*blocks, NEW]}))


def test_an_open_page_is_told_the_new_parts_and_that_it_must_be_loaded_again(
    finished: Report, alice: User
) -> None:
    eyes = Eyes(finished, alice)
    eyes.look()

    move_report(finished, moved_body())
    events = eyes.look()

    assert [data["key"] for name, data in events if name == "block"] == ["actions", "next"]
    assert "What is next" in next(filter(is_block("next"), events))[1]["html"]
    assert "moved" in [name for name, _ in events]
    assert eyes.look() == []


def test_a_page_opened_after_the_move_shows_what_is_there_now(
    finished: Report, alice: User, as_alice: Client
) -> None:
    decide(finished.fills.get(block="risks"), Fill.Review.ACCEPTED, by=alice)
    move_report(finished, moved_body())

    page = as_alice.get(f"/reports/{finished.pk}/").content.decode()

    assert "What is next" in page
    assert "The tenant may leave." not in page
    assert "Mend the roof" in page
    assert as_alice.get(f"/reports/{finished.pk}/history/").status_code == 200
    assert "The tenant may leave." in as_alice.get(f"/reports/{finished.pk}/history/").content.decode()
    assert as_alice.get(f"/reports/{finished.pk}/?part=risks").status_code == 200
    assert as_alice.get(f"/reports/{finished.pk}/word/").status_code in (200, 302)


def test_a_listener_of_before_hears_of_what_comes_after(finished: Report, alice: User) -> None:
    eyes = Eyes(finished, alice)
    eyes.look()
    before = finished.snapshot
    move_report(finished, moved_body())
    eyes.look()

    move_report(finished, before)

    back = eyes.look(thorough=True)
    assert "The tenant may leave." in next(filter(is_block("risks"), back))[1]["html"]
