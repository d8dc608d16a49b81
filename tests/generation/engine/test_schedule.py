"""The order of a report: leader first, then the rest, then what reads them; cancel and try again."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from generation.engine.schedule import cancel_report, promote_leader, retry_report, start_report
from generation.engine.sweep import sweep
from generation.models import Fill, Report
from generation.profiles import _profiles_in
from tests.generation.engine.conftest import (
    QUEUE,
    MakeReport,
    fill_all,
    wait_until_finished,
)
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")


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


def test_a_report_whose_model_is_gone_fails_with_a_sentence_and_can_be_tried_again(
    make_report: MakeReport,
) -> None:
    report, healthy = make_report("summary"), make_report("summary")
    Report.objects.filter(pk=report.pk).update(profile="gone", started=timezone.now())
    Report.objects.filter(pk=healthy.pk).update(started=timezone.now())
    sweep([QUEUE], alone=True)
    assert wait_until_finished(healthy)["summary"].state == "done"
    failed = report.fills.get()
    assert (failed.state, failed.error_code) == ("failed", "unknown_profile")
    assert "Try again" in failed.error
    retry_report(report)
    assert wait_until_finished(report)["summary"].state == "done"


def test_a_cancelled_block_that_ends_late_does_not_release_the_next_run(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.reset(Behaviour(latency=1, chunks=4, prefill_speed=4_000, part_after=OWN_PART, words=30))
    report = make_report("one", "two", "three")
    start_report(report)
    wait_until(lambda: llm.running == 1)
    cancel_report(report)
    retry_report(report)
    wait_until_finished(report)
    again = [one for one in llm.requests if one.disconnected_at is None]
    first, *others = again
    assert first.first_token_at is not None
    assert all(other.arrived_at > first.first_token_at for other in others)


def test_a_block_written_before_what_it_reads_was_filled_again_is_stale(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    llm.add_fault(Fault("wrong_key", contains="“Risks”"))
    report = make_report("conclusion", "risks", conclusion={"after": ["risks"]})
    fill_all(report)
    retry_report(report)
    fills = wait_until_finished(report)
    assert (fills["risks"].state, fills["conclusion"].stale) == ("done", True)


def test_a_candidate_written_before_cancel_is_kept_and_billed(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    long = Behaviour(part_after=OWN_PART, answers=lambda asked: "The roof leaks. " * 40)
    llm.reset(long, Fault("silence", after=1, count=None, seconds=30))
    report = make_report("summary")
    start_report(report)
    wait_until(lambda: len(llm.requests) == 2 and llm.running == 1)
    cancel_report(report)
    fill = report.fills.get()
    wait_until(lambda: fill.candidates.count() == 1)
    assert fill.requests.count() == 2
    assert Fill.objects.get(pk=fill.pk).state == "cancelled"


def test_a_prompt_over_the_window_fails_with_the_figures_before_the_call(
    make_report: MakeReport, llm: SimulatedLLM, tmp_path: Path, settings: Settings
) -> None:
    settings.FILL_MODELS = tmp_path / "llm.toml"
    settings.FILL_MODELS.write_text('[[profile]]\nname = "small"\nmodel = "small"\nwindow = 1500\n')
    settings.FILL_MODEL = "small"
    llm.reset(Behaviour(part_after=OWN_PART, answers={"“Risks”": "The roof leaks badly. " * 12}))
    report = make_report("conclusion", "risks", conclusion={"after": ["risks"]})
    settings.FILL_MODELS.write_text('[[profile]]\nname = "small"\nmodel = "small"\nwindow = 900\n')
    _profiles_in.cache_clear()
    fills = fill_all(report)
    assert {fill.error_code for fill in fills.values()} == {"over_window"}
    assert "can read 900" in fills["risks"].error
    assert not llm.requests
