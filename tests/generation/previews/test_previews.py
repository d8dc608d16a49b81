"""The preview of a draft: what is written again, what is only marked, and what is known already."""

import pytest

from generation.models import Candidate, Request
from generation.previews import Standing, costs, find_preview
from tests.generation.previews.conftest import USUAL, Studio
from tests.simulated_llm import SimulatedLLM

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
