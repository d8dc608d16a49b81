"""The one loop with guards: what they say goes along with each draft, and what they find is written anew."""

from typing import Any

from generation.fill_block import Outcome, fill_block
from generation.guards.said import GuardReading, rank
from tests.generation.test_fill_block import Queue


def read(value: str, action: str = "resample", max_tries: int = 2, error: str = "") -> list[GuardReading]:
    """A guard that fires on every “?”, the more of them the surer."""
    count = value.count("?")
    reading = GuardReading(
        "doubt",
        "Doubts",
        None if error else min(count / 4, 1),
        flagged=bool(error) or count > 0,
        piece="sentence 1",
        action=action,
        error=error,
        reason="It asks.",
        words=value,
        max_tries=max_tries,
    )
    return [reading]


def fill(*ends: str | Exception | None, **more: Any) -> tuple[Outcome, Queue]:
    writer = Queue(list(ends))
    outcome = fill_block(
        writer,
        lambda value: ["A problem."] * value.count("!"),
        read_signals=lambda value: read(value, **more),
    )
    return outcome, writer


def test_every_draft_carries_what_the_guards_say_of_it() -> None:
    outcome, _ = fill("why?", "because")
    assert [draft.readings[0].flagged for draft in outcome.drafts] == [True, False]
    assert outcome.chosen == 1


def test_the_model_is_told_the_words_the_check_and_why() -> None:
    _, writer = fill("why?", "because")
    said = (
        "Say nothing like “why?”. The check “Doubts” refuses it, whatever the instructions ask for. "
        "Why: It asks."
    )
    assert writer.told == [[said]]


def test_it_is_written_anew_as_often_as_the_guard_says() -> None:
    outcome, writer = fill("a??", "b???", "c?", "d", max_tries=2)
    assert [draft.value for draft in outcome.drafts] == ["a??", "b???", "c?"]
    assert writer.ends == ["d"]
    assert outcome.chosen == 2


def test_problems_go_along_and_do_not_make_for_more_tries() -> None:
    outcome, writer = fill("a!?", "b!", "c")
    assert [len(said) for said in writer.told] == [2]
    assert [draft.value for draft in outcome.drafts] == ["a!?", "b!"]


def test_fewest_problems_come_before_fewest_guards() -> None:
    outcome, _ = fill("a?", "b!", max_tries=1)
    assert outcome.chosen == 0


def test_what_only_flags_or_withholds_is_written_once() -> None:
    for action in ("flag", "withhold"):
        outcome, writer = fill("why?", action=action)
        assert (len(outcome.drafts), writer.told) == (1, [])


def test_a_check_that_did_not_run_has_nothing_written_anew() -> None:
    outcome, writer = fill("fine", error="The model is away.")
    assert writer.told == []
    assert outcome.drafts[0].readings[0].flagged


def test_a_writer_that_cannot_write_anew_keeps_what_there_is() -> None:
    outcome, _ = fill("why?", None)
    assert outcome.chosen == 0


def test_the_lower_score_wins_among_those_that_fire() -> None:
    assert rank([], read("a?")) < rank([], read("a???"))
