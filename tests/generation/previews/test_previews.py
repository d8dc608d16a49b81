"""The preview of a draft: what is written again, what is only marked, and what is known already."""

import pytest

from generation.models import Candidate, Request
from generation.previews import (
    BlockStanding,
    Standing,
    costs,
    find_preview,
)
from tests.factories import OWN_PART
from tests.generation.previews.conftest import BLOCKS, USUAL, Studio
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
FRESH = {"summary": "fresh", "risks": "fresh", "end": "fresh"}


def test_a_new_preview_has_nothing_written_and_asks_nobody(studio: Studio, llm: SimulatedLLM) -> None:
    followed = studio.follow()

    assert {one.standing for one in followed.blocks.values()} == {Standing.MISSING}
    assert (followed.to_write, followed.cannot) == ([], "")
    assert llm.requests == []


def test_there_is_one_preview_of_an_example(studio: Studio) -> None:
    assert find_preview(studio.template, studio.case, None) == studio.preview


def test_refreshing_all_writes_each_block_once(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()

    assert studio.standings == FRESH
    assert len(llm.requests) == 3


def test_saving_one_block_causes_exactly_one_generation(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(USUAL)

    followed = studio.change("risks", instructions="Only the lease.")
    assert followed.to_write == ["risks"]
    studio.write(*followed.to_write)

    assert studio.standings == FRESH
    assert len(llm.requests) == 1


def test_going_back_asks_nobody(studio: Studio, llm: SimulatedLLM) -> None:
    first = studio.write()["risks"].chosen
    studio.write(*studio.change("risks", instructions="Only the lease.").to_write)
    llm.reset(USUAL)

    followed = studio.change("risks", instructions="")

    assert followed.blocks["risks"].standing == Standing.FRESH
    assert followed.blocks["risks"].from_cache
    again = studio.wait()["risks"].chosen
    assert first
    assert again
    assert again.value == first.value
    assert llm.requests == []
    assert not Request.objects.filter(attempt=again.attempt).exists()
    assert costs(studio.preview)["risks"].from_cache


def test_undoing_what_was_not_written_yet_makes_it_fresh(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    studio.change("risks", instructions="Only the lease.")

    assert studio.change("risks", instructions="").blocks["risks"].standing == Standing.FRESH
    assert Candidate.objects.count() == 3


def test_another_outline_marks_the_others_and_asks_nobody(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(USUAL)

    followed = studio.change("risks", title="Dangers")

    assert followed.to_write == ["risks"]
    assert studio.standings == {"summary": "stale", "risks": "outdated", "end": "stale"}
    assert studio.wait()["summary"].stale
    assert llm.requests == []


def test_another_tone_marks_all_and_going_back_unmarks_them(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(USUAL)

    assert set(studio.change(tone="warm").blocks.values()) == {BlockStanding(Standing.STALE)}
    studio.change(tone="neutral")

    assert studio.standings == FRESH
    assert not studio.preview.fills.filter(stale=True).exists()
    assert llm.requests == []


def test_another_order_after_all_was_refreshed_goes_back_without_a_call(
    studio: Studio, llm: SimulatedLLM
) -> None:
    studio.write()
    studio.change(blocks=[BLOCKS[2], BLOCKS[1], BLOCKS[3]])
    studio.write()
    asked = len(llm.requests)

    studio.change(blocks=BLOCKS)

    assert studio.standings == FRESH
    assert len(llm.requests) == asked


def test_what_reads_a_block_is_stale_once_that_says_something_else(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The roof leaks."}))

    studio.write(*studio.change("summary", instructions="Only the roof.").to_write)

    assert studio.standings == FRESH | {"end": "stale"}
    assert len(llm.requests) == 1
    studio.write("end")
    assert studio.standings == FRESH
    assert "The roof leaks." in llm.requests[-1].raw_body.decode()


def test_refreshing_all_writes_what_reads_a_block_after_it(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The roof leaks."}))
    studio.change("summary", instructions="Only the roof.")

    studio.write()

    assert studio.standings == FRESH
    assert [one.asked.part.split("”")[0] for one in llm.requests if one.asked] == [" “Summary", " “End"]


def test_what_reads_a_block_asks_nobody_when_that_says_the_same_again(
    studio: Studio, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The roof leaks."}))
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The roof leaks."}))
    studio.change("summary", instructions="Only the roof.")

    fills = studio.write()

    assert studio.standings == FRESH
    assert len(llm.requests) == 1
    assert fills["end"].chosen
    assert fills["end"].chosen.from_cache


def test_a_block_whose_readings_are_stale_still_runs_when_asked(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    studio.change("summary", instructions="Only the roof.")
    studio.change("end", instructions="One sentence.")
    llm.reset(USUAL)

    studio.write("end")

    assert studio.standings == {"summary": "outdated", "risks": "fresh", "end": "fresh"}
    assert len(llm.requests) == 1


def test_a_removed_block_comes_back_with_its_text(studio: Studio, llm: SimulatedLLM) -> None:
    before = studio.write()["risks"].current_value
    llm.reset(USUAL)

    studio.change(blocks=[BLOCKS[1], BLOCKS[3]])
    assert list(studio.standings) == ["summary", "end"]
    studio.change(blocks=BLOCKS)

    assert studio.wait()["risks"].current_value == before
    assert studio.standings == FRESH
    assert llm.requests == []


def test_a_new_block_is_to_be_written_once(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    more = {"block": "next", "kind": "long_text", "title": "Next"}

    assert studio.change(blocks=[*BLOCKS, more]).to_write == ["next"]
    assert studio.follow().to_write == []
    assert studio.standings["next"] == "missing"
