"""A preview that is changed, stopped or fails while it is being written."""

import pytest

from generation.engine.schedule import cancel_report
from generation.previews import (
    BlockStanding,
    Standing,
    refresh,
)
from tests.factories import OWN_PART
from tests.generation.engine.waiting import wait_until
from tests.generation.previews.conftest import USUAL, Studio
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
FRESH = {"summary": "fresh", "risks": "fresh", "end": "fresh"}


def test_a_result_for_older_settings_is_never_shown(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The old way."}, latency=5))
    refresh(studio.preview, studio.change("risks", instructions="The old way.").to_write)
    wait_until(lambda: bool(llm.requests))

    followed = studio.change("risks", instructions="The new way.")
    assert followed.to_write == ["risks"]
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The new one."}))
    risks = studio.write("risks")["risks"]

    assert "The new one." in str(risks.current_value)
    assert studio.standings == FRESH


def test_a_block_being_written_for_an_older_outline_is_written_anew_when_asked(
    studio: Studio, llm: SimulatedLLM
) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The old way."}, latency=5))
    refresh(studio.preview, studio.change("risks", instructions="Anew.").to_write)
    wait_until(lambda: bool(llm.requests))
    followed = studio.change(tone="warm")
    assert followed.blocks["risks"] == BlockStanding(Standing.STALE, writing=True)
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The new one."}))

    risks = studio.write("risks")["risks"]

    assert "The new one." in str(risks.current_value)
    assert studio.standings["risks"] == "fresh"


def test_what_is_being_written_already_is_not_asked_for_twice(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, latency=0.3))
    followed = studio.change("risks", instructions="Anew.")

    refresh(studio.preview, followed.to_write)
    wait_until(lambda: bool(llm.requests))
    studio.write("risks")

    assert len(llm.requests) == 1


def test_the_others_are_written_though_the_one_they_waited_for_was_changed(
    studio: Studio, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(part_after=OWN_PART, latency=0, prefill_speed=200))
    refresh(studio.preview, ["summary", "risks"])
    wait_until(lambda: bool(llm.requests))
    first = llm.requests[0].asked
    leader, other = ("summary", "risks") if first and "Summary" in first.part else ("risks", "summary")

    studio.change(leader, instructions="Something else.")
    llm.reset(USUAL)
    fills = studio.wait()

    assert fills[other].state == "done"


def test_a_block_that_failed_is_missing_and_can_be_written_later(studio: Studio, llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": " "}))
    assert studio.write("risks")["risks"].state == "failed"
    assert studio.standings["risks"] == "missing"
    llm.reset(USUAL)

    studio.write("risks")

    assert studio.standings["risks"] == "fresh"


def test_what_failed_is_not_written_by_itself_again_until_it_is_changed(
    studio: Studio, llm: SimulatedLLM
) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": " "}))
    fill = studio.write(*studio.change("risks", instructions="Anew.").to_write)["risks"]
    assert (fill.state, fill.error_code, fill.stale) == ("done", "empty", True)

    followed = studio.follow()

    assert followed.blocks["risks"] == BlockStanding(Standing.OUTDATED, tried=True)
    assert followed.to_write == []
    assert studio.change("risks", instructions="Otherwise.").to_write == ["risks"]


def test_what_was_stopped_is_not_written_by_itself_again(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, latency=5))
    refresh(studio.preview, studio.change("risks", instructions="Anew.").to_write)

    cancel_report(studio.preview)

    assert studio.wait()["risks"].state == "done"
    assert studio.follow().to_write == []
    assert studio.standings["risks"] == "outdated"
