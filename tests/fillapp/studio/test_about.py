"""What a template says of itself: its name, the documents it expects, and what follows when they change."""

import pytest
from django.test import Client

from templates.body import read_body
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import BLOCKS, make_body
from tests.fillapp.studio.conftest import draft

ABOUT = "/templates/minutes/about/"
NAME = {"about.name": "Minutes"}


@pytest.fixture
def reading(author: Client) -> Client:
    """The summary reads both documents, the actions the agenda; one guard watches all, one the risks."""
    reads = {"summary": ["transcript", "agenda"], "actions": ["agenda"]}
    parts = [
        part | {"reads": reads.get(str(part.get("block")), [])} if "block" in part else part
        for part in BLOCKS
    ]
    guards = [{"signal": "refusal"}, {"signal": "promises", "blocks": ["risks"]}]
    save_draft(make_body(parts, guards=guards), slug="minutes")
    return author


def documents(*rows: tuple[str, str], start: int = 0) -> dict[str, object]:
    """What a form with these documents posts, each its key and name."""
    at = "about.documents"
    posted: dict[str, object] = {at: [str(start + place) for place in range(len(rows))]}
    for place, (key, name) in enumerate(rows, start):
        posted |= {f"{at}.{place}.key": key, f"{at}.{place}.name": name}
    return posted


def reads(key: str) -> list[str]:
    return list(draft().block(key).reads)


def test_a_new_document_gets_a_key_of_its_name(reading: Client) -> None:
    rows = (("transcript", "Transcript"), ("agenda", "Agenda"), ("", "Budget 2026"), ("", "Transcript"))
    assert reading.post(ABOUT, NAME | documents(*rows)).status_code == 200
    assert [slot.key for slot in draft().documents] == ["transcript", "agenda", "budget-2026", "transcript-2"]
    assert reads("summary") == ["transcript", "agenda"]


def test_blocks_go_on_reading_a_document_whose_key_is_changed(reading: Client) -> None:
    reading.post(ABOUT, NAME | documents(("recording", "Recording"), ("agenda", "Agenda")))
    assert (reads("summary"), reads("actions")) == (["recording", "agenda"], ["agenda"])


def test_blocks_read_a_removed_document_no_more(reading: Client) -> None:
    reading.post(ABOUT, NAME | documents(("transcript", "Transcript")))
    assert (reads("summary"), reads("actions")) == (["transcript"], [])


def test_what_is_wrong_in_a_row_behind_a_removed_one_is_named_as_it_was_posted(reading: Client) -> None:
    answer = reading.post(ABOUT, NAME | documents(("a", "Agenda"), ("No key!", "Budget"), start=2))
    assert answer.status_code == 422
    assert [one["name"] for one in answer.json()["errors"]] == ["about.documents.3.key"]


def test_a_template_needs_a_name(reading: Client) -> None:
    answer = reading.post(ABOUT, {"about.name": "  "})
    assert answer.json()["errors"] == [{"name": "about.name", "words": "This cannot be empty."}]


def test_a_guard_of_one_block_stays_when_those_of_all_are_removed(reading: Client) -> None:
    assert "promises" not in reading.get(ABOUT).content.decode()
    assert reading.post(ABOUT, NAME | documents(("transcript", "T"), ("agenda", "A"))).status_code == 200
    assert [(guard.signal, guard.blocks) for guard in draft().guards] == [("promises", ["risks"])]


def test_what_the_form_does_not_show_stays(reading: Client) -> None:
    body = draft().dump() | {"word": {"toc": True}}
    save_draft(read_body(body), slug="minutes")
    reading.post(ABOUT, NAME | documents(("transcript", "T"), ("agenda", "A")))
    assert draft().word.toc
    assert len(draft().blocks) == len(BLOCKS)
    assert ReportTemplate.objects.get().changes.first() is not None
