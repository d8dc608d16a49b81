"""What can be done with one block: typing, deciding, writing again, choosing – for scripts and for forms."""

from typing import Any

import orjson
import pytest
from django.contrib.auth.models import User
from django.test import Client

from generation.models import Decision, Fill, Report, ReportShare
from generation.review import save_edit
from templates.blocks.base import Json
from tests.fillapp.conftest import VALUES, fail, finish

pytestmark = pytest.mark.django_db
MINE = {"items": [{"text": "The tenant stays.", "items": []}]}


def address(report: Report, what: str, block: str = "risks") -> str:
    return f"/reports/{report.pk}/blocks/{block}/{what}"


def send(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, orjson.dumps(data), content_type="application/json")


def read(response: Any) -> Any:
    return orjson.loads(response.content)


def points(*texts: str) -> Json:
    """A list as its editor sends it."""
    items = [
        {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]}
        for text in texts
    ]
    return {"type": "doc", "content": [{"type": "bulletList", "content": items}]}


def risks(report: Report) -> Fill:
    return report.fills.select_related("chosen", "edit").get(block="risks")


def test_the_editor_is_given_the_value_as_the_page_shows_it(finished: Report, as_alice: Client) -> None:
    data = read(as_alice.get(address(finished, "document.json")))
    assert data == {"doc": points("The tenant may leave."), "revision": 0}


def test_what_is_typed_is_kept_and_answered_with_the_block_as_it_is_now(
    finished: Report, as_alice: Client, alice: User
) -> None:
    answer = read(
        send(
            as_alice,
            address(finished, "edit/"),
            doc=points("The tenant stays."),
            revision=0,
            window="w",
            seconds=12.5,
        )
    )

    assert risks(finished).current_value == MINE
    decision = Decision.objects.get()
    assert (decision.by, decision.seconds_in_view) == (alice, 12.5)
    (block,) = answer["blocks"]
    assert 'data-revision="1"' in block["html"]
    assert 'data-window="w"' in block["html"]
    assert "1 of 4 reviewed" in answer["summary"]["line"]


def test_a_save_on_an_old_text_is_answered_with_both(finished: Report, as_alice: Client, bob: User) -> None:
    save_edit(risks(finished), MINE, author=bob, revision=0)

    response = send(as_alice, address(finished, "edit/"), doc=points("The tenant left."), revision=0)

    assert response.status_code == 409
    answer = read(response)
    assert answer["theirs"] == points("The tenant stays.")
    assert (answer["revision"], answer["who"]) == (1, "bob")
    assert "<ins" in answer["differences"]
    assert risks(finished).current_value == MINE


def test_a_save_into_a_block_that_is_being_written_waits(finished: Report, as_alice: Client) -> None:
    finished.fills.update(state="running")

    response = send(as_alice, address(finished, "edit/"), doc=points("Mine."), revision=0)

    assert (response.status_code, read(response)["being_written"]) == (409, True)


@pytest.mark.parametrize("doc", [{}, {"type": "doc"}, {"type": "doc", "content": [{"type": "script"}]}])
def test_what_is_no_text_of_the_kind_is_refused_or_empty(
    doc: Json, finished: Report, as_alice: Client
) -> None:
    response = send(as_alice, address(finished, "edit/"), doc=doc, revision=0)
    assert response.status_code in (200, 422)
    assert "script" not in str(risks(finished).current_value)


@pytest.mark.parametrize("posted", [b"{", b"[]", b'{"doc": 5}', b'{"doc": {}, "revision": "x"}'])
def test_what_cannot_be_read_is_refused_with_a_sentence(
    posted: bytes, finished: Report, as_alice: Client
) -> None:
    response = as_alice.post(address(finished, "edit/"), posted, content_type="application/json")
    assert response.status_code == 422
    assert "Reload it" in read(response)["error"]


def test_a_table_keeps_a_line_break_in_a_cell(finished: Report, as_alice: Client) -> None:
    path = address(finished, "document.json", "actions")
    doc = read(as_alice.get(path))["doc"]
    cell = doc["content"][0]["content"][1]["content"][0]["content"][0]
    cell["content"] = [
        {"type": "text", "text": "Mend"},
        {"type": "hardBreak"},
        {"type": "text", "text": "it"},
    ]

    send(as_alice, address(finished, "edit/", "actions"), doc=doc, revision=0)

    fill = finished.fills.select_related("edit", "chosen").get(block="actions")
    assert fill.current_value == {"columns": ["Action", "Cost"], "rows": [["Mend\nit", "€ 1,200"]]}


def test_a_failed_block_can_be_written_by_hand(report: Report, as_alice: Client) -> None:
    fail(report, "risks", "It was cut off.")

    send(as_alice, address(report, "edit/"), doc=points("The tenant stays."), revision=0)

    assert (risks(report).state, risks(report).current_value) == ("done", MINE)


@pytest.mark.parametrize("decision", ["accepted", "rejected", "not yet"])
def test_a_decision_is_kept(decision: str, finished: Report, as_alice: Client, alice: User) -> None:
    response = send(as_alice, address(finished, "decide/"), decision=decision, revision=0, seconds=3)

    assert response.status_code == 200
    assert risks(finished).review == decision
    kept = Decision.objects.get()
    assert (kept.by, kept.decision, kept.seconds_in_view) == (alice, decision, 3)


def test_a_decision_on_a_text_one_has_not_seen_is_refused(finished: Report, as_alice: Client) -> None:
    save_edit(risks(finished), MINE, author=None, revision=0)

    response = send(as_alice, address(finished, "decide/"), decision="accepted", revision=0)

    assert response.status_code == 409
    assert "Look once more" in read(response)["error"]


def test_without_script_a_form_decides_and_leads_back_to_the_block(
    finished: Report, as_alice: Client
) -> None:
    response = as_alice.post(address(finished, "decide/"), {"decision": "accepted"})

    assert response.headers["Location"] == f"/reports/{finished.pk}/#block-risks"
    assert risks(finished).review == "accepted"


def test_a_form_that_cannot_be_carried_out_says_why_on_the_page(finished: Report, as_alice: Client) -> None:
    finished.fills.update(locked=True)

    page = as_alice.post(address(finished, "decide/"), {"decision": "accepted"}, follow=True)

    assert "Unlock it to change it." in page.content.decode()


def test_a_locked_block_has_no_editor_until_it_is_unlocked(finished: Report, as_alice: Client) -> None:
    locked = read(send(as_alice, address(finished, "lock/"), locked=True))
    assert "data-editor" not in locked["blocks"][0]["html"]

    unlocked = read(send(as_alice, address(finished, "lock/"), locked=False))
    assert "data-editor" in unlocked["blocks"][0]["html"]


def test_all_without_a_flag_are_accepted_and_named(report: Report, as_alice: Client, alice: User) -> None:
    for block in VALUES:
        finish(report, block, problems=("Too long.",) if block == "risks" else ())

    answer = read(send(as_alice, f"/reports/{report.pk}/accept/", by_block={"summary": 4.5}))

    assert answer["accepted"] == ["summary", "actions", "outcome"]
    kept = Decision.objects.get(fill__block="summary")
    assert (kept.how, kept.seconds_in_view) == ("in bulk", 4.5)


def test_a_block_is_written_again_with_a_wish(finished: Report, as_alice: Client, alice: User) -> None:
    response = send(as_alice, address(finished, "generate/"), note=" you missed the\x00 lease ", versions=3)

    assert response.status_code == 200
    fill = risks(finished)
    assert fill.state in ("waiting", "queued")
    assert (fill.note, fill.wanted, fill.asked_by) == ("you missed the\ufffd lease", 3, alice)


@pytest.mark.parametrize("versions", [0, 2, 99, "x"])
def test_nobody_asks_for_any_number_of_versions(versions: object, finished: Report, as_alice: Client) -> None:
    assert send(as_alice, address(finished, "generate/"), versions=versions).status_code == 422


def test_stopping_leaves_what_stood_there(finished: Report, as_alice: Client) -> None:
    send(as_alice, address(finished, "generate/"))

    send(as_alice, address(finished, "stop/"))

    assert (risks(finished).state, risks(finished).current_value) == ("done", VALUES["risks"])


def test_an_earlier_version_is_put_back(finished: Report, as_alice: Client) -> None:
    save_edit(risks(finished), MINE, author=None, revision=0)

    answer = read(send(as_alice, address(finished, "choose/"), candidate=1, revision=1))

    assert risks(finished).current_value == VALUES["risks"]
    assert 'data-stands="candidate-1"' in answer["blocks"][0]["html"]


def test_a_version_that_is_not_there_is_refused(finished: Report, as_alice: Client) -> None:
    assert send(as_alice, address(finished, "choose/"), candidate=9, revision=0).status_code == 422
    assert send(as_alice, address(finished, "choose/"), edit=9, revision=0).status_code == 422


def test_keeping_what_stands_ends_the_offer(finished: Report, as_alice: Client) -> None:
    finished.fills.filter(block="risks").update(offered=[1])

    send(as_alice, address(finished, "choose/"), revision=0)

    assert risks(finished).offered == []


def test_the_panel_says_what_was_asked_and_what_came_of_it(finished: Report, as_alice: Client) -> None:
    save_edit(risks(finished), MINE, author=None, revision=0)

    html = as_alice.get(address(finished, "about/")).content.decode()

    assert "Version 1, by the offline writer" in html
    assert "Edit 1, by someone who is gone" in html
    assert "Write it again" in html
    assert "Three to choose from" not in html


def test_a_version_is_shown_against_what_stands(finished: Report, as_alice: Client) -> None:
    save_edit(risks(finished), MINE, author=None, revision=0)

    html = as_alice.get(address(finished, "versions/candidate/1/")).content.decode()

    assert "<del" in html
    assert "may leave" in html
    assert "Put this version back" in html


def test_versions_on_offer_stand_side_by_side(finished: Report, as_alice: Client) -> None:
    finish(finished, "risks", MINE)
    finished.fills.filter(block="risks").update(offered=[1, 2])

    html = as_alice.get(address(finished, "offered/")).content.decode()

    assert html.count('class="offered"') == 2
    assert "Keep the text that stands" in html


def test_what_is_withheld_is_in_no_answer(finished: Report, as_alice: Client) -> None:
    finished.fills.filter(block="risks").update(withheld=True, offered=[1])

    for what in ("document.json", "about/", "versions/candidate/1/", "offered/"):
        assert "tenant" not in as_alice.get(address(finished, what)).content.decode()
    assert send(as_alice, address(finished, "edit/"), doc=points("x"), revision=0).status_code == 422


def test_whoever_may_only_look_is_offered_nothing_to_change(
    finished: Report, as_bob: Client, bob: User
) -> None:
    ReportShare.objects.create(report=finished, user=bob)

    page = as_bob.get(f"/reports/{finished.pk}/").content.decode()
    assert "data-editor" not in page
    assert "data-do=" not in page
    assert as_bob.get(address(finished, "about/")).status_code == 200
    for what in ("edit/", "decide/", "lock/", "generate/", "stop/", "choose/"):
        assert send(as_bob, address(finished, what)).status_code == 404


def test_a_block_that_never_was_is_not_there(finished: Report, as_alice: Client) -> None:
    assert as_alice.get(address(finished, "about/", "nothing")).status_code == 404


def test_a_page_left_open_changes_nothing_in_the_name_of_whoever_signed_in_since(
    finished: Report, as_alice: Client, alice: User, bob: User
) -> None:
    mine = {"doc": points("The tenant stays."), "revision": 0}

    refused = send(as_alice, address(finished, "edit/"), **mine, person=bob.pk)

    assert (refused.status_code, "Someone else has signed in" in read(refused)["error"]) == (422, True)
    assert risks(finished).current_value == VALUES["risks"]
    assert send(as_alice, address(finished, "edit/"), **mine, person=alice.pk).status_code == 200
