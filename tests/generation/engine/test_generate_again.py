"""Writing a block again: what stood there stays until there is more, and every version is kept."""

import pytest
from django.contrib.auth.models import User

from generation.engine.schedule import CannotGenerate, cancel_report, generate_again
from generation.models import Fill
from generation.review import decide, save_edit, set_lock
from tests.generation.engine.conftest import MakeReport, fill_all, wait_until_finished
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")
MINE = {
    "doc": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "The lease is deferred."}]}],
    }
}


def now(fill: Fill) -> Fill:
    return Fill.objects.select_related("chosen", "edit").get(pk=fill.pk)


def test_a_new_version_stands_in_the_place_of_the_last_and_is_to_be_reviewed(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", "risks")
    fill = fill_all(report)["summary"]
    decide(fill, Fill.Review.ACCEPTED, by=None)
    ann = User.objects.create_user("ann")

    generate_again(fill, note="shorter", by=ann)
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert (chosen.number, chosen.note, chosen.asked_by) == (2, "shorter", ann)
    assert (now(fill).review, now(fill).revision, now(fill).note) == (Fill.Review.NOT_YET, 2, "")
    assert fill.candidates.count() == 2


def test_the_model_is_shown_the_text_and_what_the_reviewer_asks(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    save_edit(fill, MINE, author=None, revision=fill.revision)

    generate_again(fill, note="you missed the roof")
    wait_until_finished(report)

    last = llm.requests[-1].asked
    assert last
    assert "This part stands so far as:\n<part>\nThe lease is deferred.\n</part>" in last.part
    assert "The reviewer has read it and asks: you missed the roof\n" in last.part


def test_without_a_wish_the_model_does_not_see_the_text_it_would_copy(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]

    generate_again(fill)
    wait_until_finished(report)

    first, second = llm.requests
    assert first.asked
    assert second.asked
    assert first.asked.part == second.asked.part
    assert (first.body["temperature"], second.body["temperature"]) == (0, 0.8)


def test_an_edit_makes_room_for_the_new_version_and_is_kept(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    save_edit(fill, MINE, author=None, revision=fill.revision)

    generate_again(fill)
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert now(fill).current_value == chosen.value
    assert fill.edits.get().value == MINE


def test_three_versions_are_written_side_by_side_and_none_is_chosen(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    before = now(fill).current_value
    texts = iter(["The budget is agreed.", "The lease is deferred.", "The survey is missing."])
    llm.reset(Behaviour(part_after=OWN_PART, answers=lambda asked: next(texts), latency=0.3))

    generate_again(fill, versions=3)
    wait_until_finished(report)

    assert now(fill).current_value == before
    assert now(fill).offered == [2, 3, 4]
    assert now(fill).revision == fill.revision
    first, *others = llm.requests
    assert all(other.arrived_at - first.arrived_at < 0.3 for other in others)


def test_versions_that_say_the_same_are_offered_once(make_report: MakeReport, llm: SimulatedLLM) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    texts = iter(["The budget is agreed.", "The lease is deferred.", "The **budget**  is agreed."])
    llm.reset(Behaviour(part_after=OWN_PART, answers=lambda asked: next(texts)))

    generate_again(fill, versions=3)
    wait_until_finished(report)

    offered = now(fill).offered
    assert fill.candidates.count() == 4
    assert len(offered) == 2
    assert len({str(one.value) for one in fill.candidates.filter(number__in=offered)}) == 2


def test_a_version_that_says_what_stood_there_tells_the_reviewer_who_wished_for_more(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    save_edit(fill, MINE, author=None, revision=fill.revision)
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The **lease** is deferred."}))

    generate_again(fill, note="name the tenant")
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert chosen.problems == ["This version says the same as the one before."]
    assert len(llm.requests) == 1


def test_what_the_reviewer_asks_goes_before_the_length_the_template_asks_for(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", summary={"settings": {"min_words": 20, "max_words": 60}})
    fill = fill_all(report)["summary"]
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The lease is deferred."}))

    generate_again(fill, note="shorter")
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert chosen.problems == ["The text has 4 words; at least 20 were asked for."]
    assert len(llm.requests) == 1


def test_a_remark_on_the_wish_is_asked_to_be_left_out(make_report: MakeReport, llm: SimulatedLLM) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    texts = iter(["Here is a shorter version: The lease is deferred.", "The lease is deferred."])
    llm.reset(Behaviour(part_after=OWN_PART, answers=lambda asked: next(texts)))

    generate_again(fill, note="shorter")
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert (chosen.number, chosen.problems) == (3, [])
    assert "remark" in str(llm.requests[-1].body["messages"][-1])


def test_a_figure_that_only_the_reviewer_names_is_marked(make_report: MakeReport, llm: SimulatedLLM) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    llm.reset(Behaviour(part_after=OWN_PART, answers={"": "The rent was 900 euros."}))

    generate_again(fill, note="say that the rent was 900 euros")
    wait_until_finished(report)

    chosen = now(fill).chosen
    assert chosen
    assert "900" in chosen.problems[0]


def test_a_template_may_ask_for_several_at_once_and_the_best_is_chosen(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary", summary={"candidates": 3})

    fill = fill_all(report)["summary"]

    assert fill.candidates.count() == 3
    assert fill.chosen
    assert fill.offered == []


def test_a_version_that_cannot_be_written_leaves_what_stood_there(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    llm.reset(None, Fault("wrong_key", count=None))

    generate_again(fill)
    wait_until_finished(report)

    after = now(fill)
    assert (after.state, after.current_value, after.revision) == ("done", fill.current_value, fill.revision)
    assert "key" in after.error


def test_cancelling_a_new_version_leaves_what_stood_there(make_report: MakeReport, llm: SimulatedLLM) -> None:
    report = make_report("summary")
    fill = fill_all(report)["summary"]
    llm.reset(None, Fault("hang", count=None, seconds=30))

    generate_again(fill, versions=3)
    wait_until(lambda: len(llm.requests) == 3)
    cancel_report(report)

    assert (now(fill).state, now(fill).current_value) == ("done", fill.current_value)
    wait_until(lambda: all(one.disconnected_at for one in llm.requests))


def test_what_reads_a_block_is_stale_once_the_block_is_written_anew(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    report = make_report("risks", "conclusion", conclusion={"after": ["risks"]})
    fills = fill_all(report)

    generate_again(fills["risks"])
    wait_until_finished(report)

    assert now(fills["conclusion"]).stale


def test_a_locked_block_is_not_written_again(make_report: MakeReport, llm: SimulatedLLM) -> None:
    fill = fill_all(make_report("summary"))["summary"]
    set_lock(fill, True)

    with pytest.raises(CannotGenerate, match="Unlock"):
        generate_again(fill)


def test_a_block_that_is_being_written_is_not_written_twice(
    make_report: MakeReport, llm: SimulatedLLM
) -> None:
    fill = make_report("summary").fills.get()

    with pytest.raises(CannotGenerate, match="already"):
        generate_again(fill)


def test_the_offline_writer_looks_for_what_the_reviewer_asks(make_report: MakeReport) -> None:
    report = make_report("summary", summary={"settings": {"max_words": 8}})
    fill = fill_all(report)["summary"]

    generate_again(fill, note="the roof survey that is missing", versions=3)
    wait_until_finished(report)

    assert fill.candidates.count() == 2
    assert "roof survey" in str(fill.candidates.get(number=2).value)
