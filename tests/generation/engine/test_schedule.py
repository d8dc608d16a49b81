"""The order of a report: leader first, then the rest, then what reads them; cancel and try again."""

import pytest

from generation.engine.schedule import cancel_report, promote_leader, retry_report, start_report
from generation.models import Fill, Report
from tests.generation.engine.conftest import (
    MakeReport,
    fill_all,
    wait_until,
    wait_until_finished,
)
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
OWN_PART = "Now write only the part"


def test_every_block_is_filled_and_the_report_is_finished(make_report: MakeReport) -> None:
    report = make_report("summary", "risks")
    fills = fill_all(report)
    assert {fill.state for fill in fills.values()} == {"done"}
    wait_until(lambda: Report.objects.get().finished is not None)


def test_the_longest_block_leads_and_the_rest_start_at_its_first_token(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(latency=0.4, chunks=8, prefill_speed=8_000, part_after=OWN_PART, words=30))
    report = make_report("short", "longest", "other", longest={"settings": {"max_words": 400}})
    fill_all(report)
    first, *others = llm.requests
    assert first.asked
    assert "“Longest”" in first.asked.part
    assert first.first_token_at is not None
    assert all(other.arrived_at > first.first_token_at for other in others)


def test_the_rest_starts_when_the_leader_fails(make_report: MakeReport, llm: SimulatedLLM) -> None:
    llm.reset(None, Fault("wrong_key", contains="“Longest”", count=None))
    report = make_report("short", "longest", longest={"settings": {"max_words": 400}})
    fills = fill_all(report)
    assert (fills["short"].state, fills["longest"].state) == ("done", "failed")


def test_a_late_leader_is_joined_by_another(make_report: MakeReport, llm: SimulatedLLM) -> None:
    llm.reset(None, Fault("hang", contains="“Longest”", count=None, seconds=30))
    report = make_report("short", "longest", longest={"settings": {"max_words": 400}})
    start_report(report)
    wait_until(lambda: len(llm.requests) == 1)
    Report.objects.update(leader_since="2026-01-01T00:00Z")
    promote_leader(report)
    wait_until(lambda: Fill.objects.get(block="short").state == "done")
    cancel_report(report)


def test_a_block_waits_for_those_it_reads_and_reads_their_text(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(part_after=OWN_PART, answers={"“Risks”": "Rain comes through the roof."}))
    report = make_report("conclusion", "risks", conclusion={"after": ["risks"]})
    fills = fill_all(report)
    assert fills["conclusion"].state == "done"
    parts = [one.asked.part for one in llm.requests if one.asked]
    asked = next(part for part in parts if part.strip().startswith("“Conclusion”"))
    assert "Rain comes through the roof." in asked


def test_a_block_is_written_without_one_that_failed_and_says_so(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.add_fault(Fault("wrong_key", contains="“Risks”", count=None))
    report = make_report("conclusion", "risks", conclusion={"after": ["risks"]})
    fill = fill_all(report)["conclusion"]
    assert fill.chosen
    assert fill.chosen.problems == ["Written without “Risks”, which could not be filled."]


def test_trying_again_fills_only_what_failed(make_report: MakeReport, llm: SimulatedLLM) -> None:
    llm.add_fault(Fault("wrong_key", contains="“Risks”"))
    report = make_report("summary", "risks")
    before = fill_all(report)
    assert before["risks"].state == "failed"
    assert retry_report(report) == 1
    after = wait_until_finished(report)
    assert after["risks"].state == "done"
    assert after["summary"].chosen_id == before["summary"].chosen_id


def test_cancel_closes_the_calls_and_keeps_what_is_done(make_report: MakeReport, llm: SimulatedLLM) -> None:
    llm.reset(None, Fault("silence", contains="“Slow”", count=None, seconds=30))
    report = make_report("quick", "slow")
    start_report(report)
    wait_until(lambda: Fill.objects.get(block="quick").state == "done" and llm.running == 1)
    assert cancel_report(report) == 1
    wait_until(lambda: llm.running == 0)
    assert Fill.objects.get(block="slow").state == "cancelled"
    assert Fill.objects.get(block="quick").state == "done"


def test_partial_text_is_stored_only_while_someone_watches(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(latency=3, chunks=60, part_after=OWN_PART, words=60))
    watched, alone = make_report("seen"), make_report("unseen")
    Report.objects.filter(pk=watched.pk).update(watched_until="2099-01-01T00:00Z")
    start_report(watched)
    start_report(alone)
    wait_until(lambda: Fill.objects.get(block="seen").partial != "")
    assert Fill.objects.get(block="unseen").partial == ""
    cancel_report(watched)
    cancel_report(alone)
