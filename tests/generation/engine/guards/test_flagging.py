"""Guards that flag what they read, and have it written anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation.engine.work import load_work
from generation.flags import shown_checks, shown_flags
from generation.models import Fill
from generation.review import accept_unflagged, decide, save_edit
from tests.generation.engine.conftest import fill_all
from tests.generation.engine.guards.conftest import MakeGuarded, now, readings
from tests.taught import PLAIN, PROMISE, teach

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")


def edited(*sentences: str) -> dict[str, object]:
    text = {"type": "text", "text": " ".join(sentences)}
    return {"doc": {"type": "doc", "content": [{"type": "paragraph", "content": [text]}]}}


def test_a_flag_says_which_check_and_which_words(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "blocks": ["summary"]})
    fill_all(report)

    fill = now(report)
    [flag] = shown_flags(fill)
    assert (flag.name, flag.piece, flag.words) == ("Promises an outcome", "sentence 2", PROMISE)
    assert flag.score is not None
    assert flag.score >= 0.5
    assert shown_checks(fill) == [f"Promises an outcome: “{PROMISE}” (sentence 2)"]
    assert readings(report, "note") == []


def test_a_flagged_part_is_not_accepted_in_bulk_and_accepting_it_answers_the_flag(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises"})
    fill_all(report)

    assert accept_unflagged(report, by=None) == ["conclusion", "note"]
    decide(now(report), Fill.Review.ACCEPTED, by=None)
    assert shown_flags(now(report)) == []


def test_after_an_edit_a_flag_stays_while_its_words_do(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises"})
    fill_all(report)

    save_edit(now(report), edited("It met.", PROMISE), author=None, revision=now(report).revision)
    assert [flag.words for flag in shown_flags(now(report))] == [PROMISE]
    save_edit(now(report), edited("It met."), author=None, revision=now(report).revision)
    assert shown_flags(now(report)) == []


def test_the_threshold_of_the_guard_decides(make_guarded: MakeGuarded, says: dict[str, list[str]]) -> None:
    teach()
    report = make_guarded({"signal": "promises", "threshold": 1})
    fill_all(report)
    [reading] = readings(report)
    assert reading.score is not None
    assert not reading.flagged


def test_a_block_is_written_anew_with_the_words_in_the_prompt(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    says["Summary"] = [f"{PLAIN} {PROMISE}", PLAIN]
    report = make_guarded({"signal": "promises", "action": "resample"})
    fill_all(report)

    fill = now(report)
    assert fill.chosen
    assert fill.chosen.number == 2
    assert shown_flags(fill) == []
    assert [one.guard_readings[0].flagged for one in fill.candidates.order_by("number")] == [True, False]
    assert fill.requests.count() == 2


def test_what_fires_to_the_end_is_flagged_with_how_often_it_was_tried(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    teach()
    report = make_guarded({"signal": "promises", "action": "resample", "max_tries": 3})
    fill_all(report)

    assert now(report).candidates.count() == 4
    [flag] = shown_flags(now(report))
    assert flag.why == "Written 4 times to be rid of it."


def test_without_a_guard_there_is_no_query_and_with_one_there_is_one(
    make_guarded: MakeGuarded, says: dict[str, list[str]]
) -> None:
    def count(*guards: dict[str, object]) -> int:
        fill = now(make_guarded(*guards), "note")
        load_work(fill)
        with CaptureQueriesContext(connection) as queries:
            load_work(fill)
        return len(queries)

    teach()
    teach("second")
    bare = count()
    assert count({"signal": "promises", "blocks": ["summary"]}) == bare
    assert count({"signal": "promises"}, {"signal": "second", "action": "withhold"}) == bare + 1
