"""Text reaches those who watch while it is written: soon after its first token, or after a page opened."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from fillapp.hub import Hub
from generation.engine.schedule import cancel_report, start_report
from generation.models import Fill, Report
from tests.fillapp.conftest import make_user
from tests.fillapp.live import Event, Window, make_watcher
from tests.generation.engine.conftest import MakeReport
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")


def play(scene: Callable[[], Awaitable[Any]]) -> Any:
    """What comes of a scene."""

    async def run() -> Any:
        return await scene()

    return async_to_sync(run)()


def stop(report: Report, llm: SimulatedLLM) -> None:
    """End what is being written, before the database goes."""
    cancel_report(report)
    wait_until(lambda: llm.running == 0)


def shows_text(event: Event) -> bool:
    return event[0] == "block" and "block-value" in event[1]["html"]


@pytest.fixture
def report(make_report: MakeReport, llm: SimulatedLLM) -> Report:
    """A report of Alice's whose blocks take their time."""
    llm.reset(Behaviour(latency=6, chunks=60, part_after=OWN_PART, words=60))
    report = make_report("summary", "risks")
    report.owner = make_user("alice")
    report.save()
    return report


def test_a_page_opened_before_the_start_shows_text_half_a_second_after_its_first_token(
    report: Report, llm: SimulatedLLM
) -> None:
    assert report.owner
    watcher = make_watcher(report, report.owner)

    async def scene() -> float:
        window = Window(Hub().listen(watcher, ""))
        await window.until(lambda event: event[0] == "summary")
        await sync_to_async(wait_until)(lambda: Report.objects.get().watched_until is not None)
        await sync_to_async(start_report)(report)
        await window.until(shows_text)
        return time.monotonic()

    shown_at = play(scene)
    first_token_at = llm.requests[0].first_token_at
    stop(report, llm)
    assert first_token_at
    # Half a second, and as much again for a machine with other things to do.
    assert shown_at - first_token_at < 1


def test_a_page_opened_in_the_middle_shows_text_within_two_seconds(report: Report, llm: SimulatedLLM) -> None:
    assert report.owner
    watcher = make_watcher(report, report.owner)
    start_report(report)
    wait_until(lambda: any(one.first_token_at for one in llm.requests))
    assert not Fill.objects.exclude(partial="").exists()

    async def scene() -> float:
        opened_at = time.monotonic()
        await Window(Hub().listen(watcher, "")).until(shows_text)
        return time.monotonic() - opened_at

    took = play(scene)
    stop(report, llm)
    assert took < 2
