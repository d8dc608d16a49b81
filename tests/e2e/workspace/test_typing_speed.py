"""Typing stays quick while twenty other blocks of a long report are written."""

import pytest

from tests.bench.typing_speed import TABLE, TEXT, WATCH_KEYS, time_keys, wait_until_written
from tests.e2e.workspace.conftest import PART, Person
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")


def test_half_of_all_keys_take_less_than_50_ms_while_twenty_blocks_are_written(
    demo: Person, cases: dict[str, int], model: SimulatedLLM
) -> None:
    model.reset(Behaviour(part_after=PART, words=600, latency=60, chunks=600, keep_bodies=False))
    page = demo.open(cases["long"]).page
    page.get_by_role("button", name="Try 20 parts again").click()
    wait_until_written(page, 18)
    demo.open(cases["long"])
    page.evaluate(WATCH_KEYS)
    try:
        for block in (TEXT, TABLE):
            keys = time_keys(page, block, 40)
            assert keys.median < 50, f"{block}: {keys}"
        wait_until_written(page, 18)
    finally:
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Try 20 parts again").wait_for()
