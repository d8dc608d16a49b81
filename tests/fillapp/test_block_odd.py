"""What a page, a clock or an attacker may send that nobody expects: no words lost, no error page."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from generation.models import Decision, Fill, Report
from generation.review import BeingWritten, save_edit, set_lock
from generation.review.versions import restore_edit
from tests.fillapp.conftest import fail
from tests.fillapp.test_block import address, points, read, risks, send

pytestmark = pytest.mark.django_db


def item(text: str) -> dict[str, Any]:
    return {"items": [{"text": text, "items": []}]}


def test_half_an_emoji_is_no_reason_to_lose_the_text(finished: Report, as_alice: Client) -> None:
    node = '{"type":"text","text":"The tenant \\ud83d stays."}'
    doc = (
        '{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":'
        f'[{{"type":"paragraph","content":[{node}]}}]}}]}}]}}'
    )
    body = f'{{"doc":{doc},"revision":0}}'
    answer = as_alice.post(address(finished, "edit/"), body, content_type="application/json")
    assert answer.status_code == 200
    assert risks(finished).current_value == item("The tenant \ufffd stays.")


@pytest.mark.parametrize(
    "sent",
    [
        b"[" * 100_000,
        b'{"doc":' + b'{"content":[' * 5_000 + b"]}" * 5_000 + b',"revision":0}',
        b'{"doc":{"type":"doc"},"revision":1e999}',
        b"null",
        b"\xff\xfe",
        b'{"doc":{"type":"doc","content":[{"type":"script"}]},"revision":0}',
    ],
)
def test_nonsense_is_refused_with_a_sentence(sent: bytes, finished: Report, as_alice: Client) -> None:
    answer = as_alice.post(address(finished, "edit/"), sent, content_type="application/json")
    assert answer.status_code == 422
    assert read(answer)["error"].endswith(".")


@pytest.mark.parametrize("seconds", ["NaN", "1e999", "-1e999"])
def test_a_clock_that_says_nonsense_does_not_stop_a_decision(
    seconds: str, finished: Report, as_alice: Client
) -> None:
    body = f'{{"decision":"accepted","revision":0,"seconds":{seconds}}}'
    answer = as_alice.post(address(finished, "decide/"), body, content_type="application/json")
    assert answer.status_code == 200
    assert 0 <= Decision.objects.get().seconds_in_view <= 86_400
    body = f'{{"by_block":{{"summary":{seconds}}}}}'
    answer = as_alice.post(f"/reports/{finished.pk}/accept/", body, content_type="application/json")
    assert answer.status_code == 200
    assert all(0 <= one.seconds_in_view <= 86_400 for one in Decision.objects.all())


def test_a_window_with_a_nul_in_its_name_is_no_error(finished: Report, as_alice: Client) -> None:
    answer = send(as_alice, address(finished, "edit/"), doc=points("Mine."), revision=0, window="a\0b")
    assert answer.status_code == 200


def test_what_was_not_seen_is_not_accepted_with_the_others(finished: Report, as_alice: Client) -> None:
    Fill.objects.filter(report=finished, block="risks").update(revision=3)
    answer = send(as_alice, f"/reports/{finished.pk}/accept/", revisions={"risks": 2, "summary": 0})
    assert "summary" in read(answer)["accepted"]
    assert "risks" not in read(answer)["accepted"]
    assert risks(finished).review == Fill.Review.NOT_YET


def test_a_text_that_was_accepted_stays_a_version_of_its_own(
    finished: Report, as_alice: Client, alice: User
) -> None:
    send(as_alice, address(finished, "edit/"), doc=points("First."), revision=0, window="w")
    send(as_alice, address(finished, "decide/"), decision="accepted", revision=1)
    answer = send(as_alice, address(finished, "edit/"), doc=points("Second."), revision=1, window="w")
    assert answer.status_code == 200
    values = risks(finished).edits.order_by("number").values_list("value", flat=True)
    assert list(values) == [item("First."), item("Second.")]


def test_a_text_that_was_put_back_stays_a_version_of_its_own(finished: Report, alice: User) -> None:
    save_edit(risks(finished), item("First."), author=alice, revision=0, window="w")
    save_edit(risks(finished), item("Second."), author=alice, revision=1, window="v")
    restore_edit(risks(finished), 1, by=alice, revision=2)
    save_edit(risks(finished), item("Third."), author=alice, revision=3, window="w")
    values = risks(finished).edits.order_by("number").values_list("value", flat=True)
    assert list(values) == [item("First."), item("Second."), item("Third.")]


def test_what_is_not_there_is_not_accepted(report: Report, as_alice: Client) -> None:
    fail(report, "risks", "Too slow.")
    answer = send(as_alice, address(report, "decide/"), decision="accepted", revision=0)
    assert answer.status_code == 422
    assert (
        read(answer)["error"] == "There is no text here to decide on yet. Write it, or have it written again."
    )


def test_accepting_what_stands_ends_the_offer_and_the_sentence_of_a_failure(
    finished: Report, as_alice: Client
) -> None:
    fill = risks(finished)
    fill.candidates.create(number=2, value=item("Other."), profile="p", attempt=uuid.uuid4())
    Fill.objects.filter(pk=fill.pk).update(offered=[2], error="Too slow.", error_code="time-out")
    send(as_alice, address(finished, "decide/"), decision="accepted", revision=0)
    now = risks(finished)
    assert (now.offered, now.error, now.error_code) == ([], "", "")
    assert now.candidates.count() == 2


def test_a_part_that_is_being_written_is_not_locked_under_the_writers_hand(finished: Report) -> None:
    Fill.objects.filter(report=finished, block="risks").update(state=Fill.State.RUNNING)
    with pytest.raises(BeingWritten):
        set_lock(risks(finished), True)
    assert not risks(finished).locked


def test_a_decision_needs_the_token_of_the_page(finished: Report, alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    answer = send(client, address(finished, "decide/"), decision="accepted", revision=0)
    assert answer.status_code == 403
    assert not Decision.objects.exists()
