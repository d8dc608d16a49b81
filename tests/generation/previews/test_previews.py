"""The preview of a draft: what is written again, what is only marked, and what is known already."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from generation.engine.known import forget_unused
from generation.engine.schedule import cancel_report
from generation.examples import add_documents, add_example_case, remove_document
from generation.models import CachedAnswer, Candidate, Request
from generation.previews import (
    BlockStanding,
    Standing,
    add_up,
    costs,
    find_preview,
    follow_draft,
    refresh,
    refresh_all,
)
from generation.reports import CannotStart
from tests.factories import OWN_PART, make_document, make_report
from tests.generation.engine.conftest import fill_all
from tests.generation.engine.waiting import wait_until
from tests.generation.previews.conftest import BLOCKS, QUEUE, USUAL, Studio
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


def test_another_document_makes_all_outdated_and_going_back_fresh(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    (added,) = add_documents(studio.case, [make_document("The tenant may leave.", "letter.txt")])

    assert set(studio.standings.values()) == {"outdated"}
    remove_document(added)

    assert studio.standings == FRESH


def test_another_model_makes_all_stale(
    studio: Studio, llm: SimulatedLLM, settings: Settings, tmp_path: Path
) -> None:
    studio.write()

    settings.FILL_MODEL = "another"

    assert set(studio.standings.values()) == {"stale"}
    studio.write()
    assert studio.standings == FRESH
    settings.FILL_MODEL = ""
    assert studio.standings == FRESH


def test_a_preview_writes_one_version_however_many_the_template_wants(
    studio: Studio, llm: SimulatedLLM
) -> None:
    studio.change("risks", candidates=3)

    studio.write("risks")

    assert len(llm.requests) == 1
    assert llm.requests[0].body["temperature"] == 0


def test_writing_anew_asks_again_and_replaces_what_is_known(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "Another one."}))

    risks = studio.write("risks", anew=True)["risks"]

    assert "Another one." in str(risks.current_value)
    assert len(llm.requests) == 1
    studio.change("risks", title="Dangers")
    studio.change("risks", title="Risks")
    assert "Another one." in str(studio.wait()["risks"].current_value)


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


def test_without_documents_a_preview_is_shown_and_not_written(studio: Studio, llm: SimulatedLLM) -> None:
    case = add_example_case(studio.template, "Empty")
    preview = find_preview(studio.template, case, None)

    followed = follow_draft(preview)

    assert followed.cannot == "Add at least one document."
    assert set(followed.blocks) == set(FRESH)
    with pytest.raises(CannotStart, match="at least one document"):
        refresh_all(preview)


def test_the_offline_writer_writes_previews_too(studio: Studio) -> None:
    first = studio.write()["risks"].chosen
    studio.write(*studio.change("risks", instructions="Only the lease.").to_write)

    studio.change("risks", instructions="")

    again = studio.wait()["risks"].chosen
    assert first
    assert again
    assert (again.value, again.from_cache) == (first.value, True)
    assert studio.standings["risks"] == "fresh"


def test_the_costs_of_each_block_are_told_in_a_few_queries(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()

    with CaptureQueriesContext(connection) as queries:
        found = costs(studio.preview)
        whole = add_up(found.values())

    assert set(found) == set(FRESH)
    assert all(one.input_tokens and one.output_tokens and one.seconds for one in found.values())
    assert whole.input_tokens == sum(one.prompt_tokens for one in llm.requests)
    assert whole.cached_tokens == sum(one.cached_tokens for one in llm.requests)
    assert len(queries) < 9


def test_what_nobody_has_looked_at_for_a_month_is_forgotten(studio: Studio, llm: SimulatedLLM) -> None:
    studio.write()
    CachedAnswer.objects.filter(pk=CachedAnswer.objects.earliest("pk").pk).update(
        used=timezone.now() - timedelta(days=31)
    )

    assert forget_unused() == 1
    assert CachedAnswer.objects.count() == 2


def test_only_previews_are_remembered(studio: Studio, llm: SimulatedLLM) -> None:
    report = make_report(studio.template.draft, queue=QUEUE)

    fill_all(report)

    assert not CachedAnswer.objects.exists()
    assert not Candidate.objects.exclude(asked="").exists()
