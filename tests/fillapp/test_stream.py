"""What a report's page is told: all it has not seen yet, then each change, and when it is finished."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fillapp.pages.look import Looker
from fillapp.pages.shown.report import show_report
from generation.engine.schedule import cancel_report
from generation.models import Fill, Report
from generation.review import decide, save_edit
from tests.fillapp.conftest import fail, finish
from tests.fillapp.live import (
    Event,
    Eyes,
    is_block,
    is_finished,
    make_watcher,
    read_events,
    rendered_templates,
)

pytestmark = pytest.mark.django_db(transaction=True)
BLOCKS = ["summary", "actions", "risks", "outcome"]


def blocks_in(events: list[Event]) -> list[str]:
    return [data["key"] for name, data in events if name == "block"]


def only(events: list[Event], name: str) -> Event:
    """The one event of this name."""
    (event,) = [event for event in events if event[0] == name]
    return event


def test_the_first_look_shows_every_block(report: Report, alice: User) -> None:
    events = Eyes(report, alice).look()
    assert blocks_in(events) == BLOCKS
    assert events[-1][1]["line"] == "0 of 4 ready"


def test_a_second_look_shows_only_what_changed(report: Report, alice: User) -> None:
    eyes = Eyes(report, alice)
    eyes.look()
    assert eyes.look() == []
    finish(report, "risks")
    (block, shown), (summary, said) = eyes.look()
    assert (block, shown["key"], summary) == ("block", "risks", "summary")
    assert "The tenant may leave." in shown["html"]
    assert said["line"] == "1 of 4 ready"
    assert eyes.look() == []


def test_a_block_comes_as_the_page_itself_shows_it(report: Report, alice: User, as_alice: Client) -> None:
    finish(report, "risks")
    _, shown = next(filter(is_block("risks"), Eyes(report, alice).look()))
    page = as_alice.get(f"/reports/{report.pk}/").content.decode()
    assert shown["html"].strip() in page
    assert shown["outline"].strip() in page


def test_what_the_page_shows_already_is_not_sent_again(finished: Report, alice: User) -> None:
    seen = show_report(finished, can_edit=True).seen
    assert blocks_in(Eyes(finished, alice, seen=seen).look()) == []
    finish(finished, "risks", {"items": [{"text": "The roof leaks."}]})
    assert blocks_in(Eyes(finished, alice, seen=seen).look()) == ["risks"]


def test_a_page_asks_only_for_what_it_does_not_show(report: Report, alice: User, as_alice: Client) -> None:
    finish(report, "summary")
    page = as_alice.get(f"/reports/{report.pk}/").content.decode()
    found = re.search(rf'data-stream="/reports/{report.pk}/stream/\?seen=([^"]+)"', page)
    assert found
    assert blocks_in(Eyes(report, alice, seen=found[1]).look()) == []


def test_nothing_is_rendered_for_a_page_that_shows_all(finished: Report, alice: User) -> None:
    seen = show_report(finished, can_edit=True).seen
    with rendered_templates() as names:
        Eyes(finished, alice, seen=seen).look()
    assert "generation/block.html" not in names


def test_a_page_that_may_edit_by_now_is_sent_all_again(finished: Report, alice: User) -> None:
    seen = show_report(finished, can_edit=False).seen
    assert blocks_in(Eyes(finished, alice, seen=seen).look()) == BLOCKS


@pytest.mark.parametrize("seen", ["x", "a" * 4000, "é" * 9, "====" * 4])
def test_nonsense_from_a_browser_means_it_has_seen_nothing(finished: Report, alice: User, seen: str) -> None:
    assert blocks_in(Eyes(finished, alice, seen=seen).look()) == BLOCKS


def test_it_is_said_once_that_the_report_is_finished(report: Report, alice: User) -> None:
    finish(report, "summary")
    eyes = Eyes(report, alice)
    assert not any(map(is_finished, eyes.look()))
    cancel_report(report)
    assert eyes.look()[-1] == ("finished", {})
    decide(report.fills.get(block="summary"), Fill.Review.REJECTED, by=alice)
    events = eyes.look()
    assert events
    assert not any(map(is_finished, events))


def test_whoever_comes_to_a_finished_report_is_told_so(finished: Report, alice: User) -> None:
    assert Eyes(finished, alice).look()[-1] == ("finished", {})


def test_an_edit_is_shown_after_the_report_is_finished(finished: Report, alice: User) -> None:
    eyes = Eyes(finished, alice)
    eyes.look()
    fill = finished.fills.get(block="risks")
    save_edit(fill, {"items": [{"text": "The roof leaks."}]}, author=alice, revision=fill.revision)
    assert "The roof leaks." in only(eyes.look(), "block")[1]["html"]


def test_a_decision_is_shown_after_the_report_is_finished(finished: Report, alice: User) -> None:
    finish(finished, "risks", problems=("It is too short.",))
    eyes = Eyes(finished, alice)
    eyes.look()
    decide(finished.fills.get(block="risks"), Fill.Review.ACCEPTED, by=alice)
    events = eyes.look()
    assert "It is too short." not in only(events, "block")[1]["html"]
    assert "1 of 4 reviewed" in only(events, "summary")[1]["line"]


def test_a_report_written_again_is_finished_again(finished: Report, alice: User) -> None:
    eyes = Eyes(finished, alice)
    eyes.look()
    finished.fills.filter(block="risks").update(state="running", changed=timezone.now())
    events = eyes.look()
    assert only(events, "summary")[1]["done"] == 3
    assert not any(map(is_finished, events))
    finish(finished, "risks")
    assert eyes.look()[-1] == ("finished", {})


def test_what_was_committed_late_is_shown_by_the_next_look(report: Report, alice: User) -> None:
    eyes = Eyes(report, alice)
    eyes.look()
    finish(report, "risks")
    eyes.look()
    finish(report, "summary")
    report.fills.filter(block="summary").update(changed=timezone.now() - timedelta(seconds=4))
    assert blocks_in(eyes.look()) == ["summary"]


def test_what_was_committed_very_late_is_shown_by_a_thorough_look(report: Report, alice: User) -> None:
    eyes = Eyes(report, alice)
    eyes.look()
    finish(report, "summary")
    report.fills.filter(block="summary").update(changed=timezone.now() - timedelta(hours=1))
    assert eyes.look() == []
    assert blocks_in(eyes.look(thorough=True)) == ["summary"]


def test_a_clock_that_is_slow_or_fast_hides_nothing(report: Report, alice: User) -> None:
    eyes = Eyes(report, alice)
    eyes.look()
    for hours in (3, -3):
        finish(report, "summary")
        report.fills.filter(block="summary").update(changed=timezone.now() + timedelta(hours=hours))
        assert blocks_in(eyes.look(thorough=True)) == ["summary"]


def test_a_withheld_value_is_not_in_the_stream(finished: Report, alice: User) -> None:
    finished.fills.filter(block="summary").update(withheld=True)
    assert "All went well." not in str(Eyes(finished, alice).look())


def test_a_value_that_is_withheld_while_somebody_watches_is_taken_away(finished: Report, alice: User) -> None:
    eyes = Eyes(finished, alice)
    eyes.look()
    finished.fills.filter(block="summary").update(withheld=True, changed=timezone.now())
    _, shown = only(eyes.look(), "block")
    assert "All went well." not in shown["html"]


@pytest.mark.parametrize(
    ("block", "partial", "shown"),
    [
        ("summary", "It was agreed", "It was agreed"),
        ("actions", '{"rows": [{"Action": "Mend the ro', "Mend the ro"),
        ("risks", '{"items": ["One tenant', "One tenant"),
    ],
)
def test_what_is_being_written_is_in_the_stream(
    report: Report, alice: User, block: str, partial: str, shown: str
) -> None:
    eyes = Eyes(report, alice)
    eyes.look()
    report.fills.filter(block=block).update(state="running", partial=partial, changed=timezone.now())
    assert shown in only(eyes.look(), "block")[1]["html"]


def test_only_who_may_change_the_report_is_offered_another_try(report: Report, alice: User) -> None:
    fail(report, "risks", "It broke.")
    assert "Try again" in str(Eyes(report, alice).look())
    assert "Try again" not in str(Eyes(report, alice, can_edit=False).look())


def test_each_is_told_what_they_may_see(report: Report, alice: User, bob: User) -> None:
    looker = Looker()
    editor, reader = make_watcher(report, alice), make_watcher(report, bob, can_edit=False)
    audiences = [editor.audience, reader.audience]
    looker.look(audiences, {editor: "", reader: ""})
    fail(report, "risks", "It broke.")
    events = looker.look(audiences, {}).events
    said = [str(read_events(b"\n".join(events[audience].values()))) for audience in audiences]
    assert ["Try again" in one for one in said] == [True, False]


def test_a_report_that_cannot_be_shown_does_not_silence_the_others(
    report: Report, finished: Report, alice: User, make_more: Callable[[], Report]
) -> None:
    looker, other = Looker(), make_more()
    audiences = [(report.pk, True), (other.pk, True)]
    finish(report, "risks", {"nothing": "of its kind"})
    finish(other, "risks")
    watchers = {make_watcher(one, alice): "" for one in (report, other)}
    news = looker.look(audiences, watchers)
    assert news.failed == {(report.pk, True)}
    assert [watcher.report_id for watcher in news.first] == [other.pk]


@pytest.mark.parametrize("count", [1, 6])
def test_a_look_takes_as_many_queries_however_much_is_watched(
    alice: User, make_more: Callable[[], Report], count: int
) -> None:
    reports = [make_more() for _ in range(count)]
    looker = Looker()
    audiences = [(report.pk, can_edit) for report in reports for can_edit in (True, False)]
    newcomers = {make_watcher(report, alice): "" for report in reports}
    with CaptureQueriesContext(connection) as first:
        looker.look(audiences, newcomers)
    with CaptureQueriesContext(connection) as idle:
        looker.look(audiences, {})
    for report in reports:
        finish(report, "risks")
        finish(report, "summary")
    with CaptureQueriesContext(connection) as busy:
        looker.look(audiences, {})
    # Once for each that is being written: how long its like took.
    assert [len(first) - count, len(idle), len(busy)] == [2, 1, 3]
