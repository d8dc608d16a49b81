"""Editing a draft on its page by two people at once: nobody's words are written over in silence."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from templates.body import TemplateBody, read_body
from templates.models import ReportTemplate
from templates.publish import save_draft

BLOCKS = [
    {"heading": "Minutes"},
    {"block": "summary", "kind": "long_text", "title": "Summary", "instructions": "Sum up."},
    {"block": "risks", "kind": "long_text", "title": "Risks", "instructions": "Tell the risks."},
]
ABOUT = "/templates/minutes/about/"
SUMMARY = "/templates/minutes/parts/block-summary/"


@pytest.fixture
def author(alice: User, as_alice: Client) -> Client:
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    save_draft(read_body({"fill": 1, "name": "Minutes", "blocks": BLOCKS}), slug="minutes", owner=alice)
    return as_alice


def draft() -> TemplateBody:
    return ReportTemplate.objects.select_related("draft").get().draft.parsed


def stamp_at(author: Client, address: str) -> str:
    found = re.search(r'data-stamp="(\w+)"', author.get(address).content.decode())
    assert found
    return unescape(found[1])


def test_who_saves_the_template_itself_over_another_is_told_first(author: Client) -> None:
    stamp = stamp_at(author, ABOUT)
    theirs = {"about.name": "Minutes", "about.description": "For the board.", "stamp": stamp}
    assert author.post(ABOUT, theirs).status_code == 200

    answer = author.post(ABOUT, {"about.name": "Protocol", "about.description": "", "stamp": stamp})

    assert answer.status_code == 409
    assert answer.json()["theirs"]["called"] == "The template"
    assert (draft().name, draft().description) == ("Minutes", "For the board.")
    mine = {"about.name": "Protocol", "stamp": answer.json()["theirs"]["stamp"]}
    assert author.post(ABOUT, mine).status_code == 200
    assert draft().name == "Protocol"


def test_a_save_tells_what_the_next_save_is_based_on(author: Client) -> None:
    stamp = stamp_at(author, ABOUT)
    for name in ("M", "Mi", "Min"):
        answer = author.post(ABOUT, {"about.name": name, "stamp": stamp})
        assert answer.status_code == 200
        stamp = answer.json()["about"]
    assert draft().name == "Min"


def test_a_guard_that_another_gave_the_block_meanwhile_stays(author: Client) -> None:
    words = {
        "block.summary.title": "Summary",
        "block.summary.kind": "long_text",
        "block.summary.instructions": "Sum up.",
    }
    guard = {"more.summary.watched_by": "0", "more.summary.watched_by.0.signal": "refusal"}
    stamp = stamp_at(author, SUMMARY)
    assert author.post(SUMMARY, words | guard | {"stamp": stamp}).status_code == 200
    assert [one.signal for one in draft().guards] == ["refusal"]

    answer = author.post(SUMMARY, words | {"block.summary.instructions": "Be short.", "stamp": stamp})

    assert answer.status_code == 409
    assert [one.signal for one in draft().guards] == ["refusal"]


def test_a_change_of_one_block_is_no_matter_to_another(author: Client) -> None:
    stamp, about = stamp_at(author, SUMMARY), stamp_at(author, ABOUT)
    author.post("/templates/minutes/parts/", {"do": "remove", "part": "block-risks"})
    words = {"block.summary.title": "In short", "block.summary.kind": "long_text", "stamp": stamp}
    assert author.post(SUMMARY, words).status_code == 200
    assert author.post(ABOUT, {"about.name": "Protocol", "stamp": about}).status_code == 200
    assert (draft().name, draft().block("summary").title) == ("Protocol", "In short")


def test_a_kind_that_there_is_not_is_refused_where_it_is_chosen(author: Client) -> None:
    answer = author.post(SUMMARY, {"block.summary.title": "Summary", "block.summary.kind": "poem"})
    assert answer.status_code == 422
    assert [one["name"] for one in answer.json()["errors"]] == ["block.summary.kind"]
