"""A report that is moved while it is filled: what is written is what its template says now."""

import uuid

import pytest

from generation.engine.schedule import retry_report, start_report
from generation.engine.statements import read_fill, take_fill
from generation.models import Fill
from generation.moving import move_report
from templates.body import read_body
from templates.models import Snapshot, take_snapshot
from tests.generation.engine.conftest import MakeReport, fill_all, wait_until_finished
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")


def template_of(*keys: str, **instructions: str) -> Snapshot:
    """As `make_report` makes it, with other instructions for some blocks."""
    blocks = [
        {"block": key, "kind": "long_text", "title": key.title(), "settings": {"max_words": 60}}
        | ({"instructions": instructions[key]} if key in instructions else {})
        for key in keys
    ]
    return take_snapshot(read_body({"fill": 1, "name": "Test", "blocks": blocks}))


def test_a_block_being_written_for_the_old_template_is_written_for_the_new_one(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", "risks")
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The old way."}, latency=5))
    start_report(report)
    wait_until(lambda: len(llm.requests) == 2)
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The new way."}))

    move_report(report, template_of("summary", "risks", summary="Only the roof.", risks="None."))
    fills = wait_until_finished(report)

    assert all("The new way." in str(fill.current_value) for fill in fills.values())
    assert not any(fill.stale for fill in fills.values())
    assert len(llm.requests) == 2


def test_the_rest_is_written_though_the_block_it_waited_for_is_gone(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", "risks", "end")
    llm.reset(Behaviour(part_after=OWN_PART, prefill_speed=100))
    start_report(report)
    wait_until(lambda: report.fills.filter(state=Fill.State.RUNNING).exists())
    leader = report.fills.get(state=Fill.State.RUNNING).block
    llm.reset(Behaviour(part_after=OWN_PART, words=30))

    left = [key for key in ("summary", "risks", "end") if key != leader]
    move_report(report, template_of(*left))

    assert {key: fill.state for key, fill in wait_until_finished(report).items()} == dict.fromkeys(
        left, "done"
    )


def test_an_unchanged_block_of_a_moved_report_is_written_anew_without_being_stale(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", "risks")
    fill_all(report)
    move_report(report, template_of("summary", "risks", "end", summary="Only the roof."))

    retry_report(report)
    fills = wait_until_finished(report)

    assert {key: (fill.state, fill.stale) for key, fill in fills.items()} == {
        "summary": ("done", True),
        "risks": ("done", False),
        "end": ("done", False),
    }


def test_a_fill_is_not_taken_for_a_template_that_was_read_before_the_report_was_moved(
    make_report: MakeReport,
) -> None:
    report = make_report("summary")
    report.fills.update(state=Fill.State.QUEUED)
    read = read_fill(report.fills.get().pk)
    assert read

    move_report(report, template_of("summary", "risks"))

    assert not take_fill(read[0], uuid.uuid4())
