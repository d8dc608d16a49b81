"""Review: no edit loses another's words, and every decision keeps what was decided on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from generation.engine.schedule import cancel_report
from generation.models import Candidate, Decision, Edit, Fill
from generation.review import (
    BeingWritten,
    CannotChange,
    EditConflict,
    accept_unflagged,
    choose_candidate,
    decide,
    keep_current,
    may_export,
    restore_edit,
    save_edit,
    set_lock,
)
from templates.blocks.base import UnreadableAnswer
from tests.factories import BLOCKS, VALUES, finish, finish_all, make_report, make_snapshot

pytestmark = pytest.mark.django_db
FIRST = VALUES["risks"]
MINE = {"items": [{"text": "The tenant will leave.", "items": []}]}
THEIRS = {"items": [{"text": "The tenant stays.", "items": []}]}


@pytest.fixture
def fill() -> Fill:
    return finish(make_report(), "risks")


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


def now(fill: Fill) -> Fill:
    return Fill.objects.get(pk=fill.pk)


def test_an_edit_becomes_the_current_value_and_the_candidate_stays(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0)

    edit = fill.edits.get()
    assert (edit.number, edit.author, edit.value) == (1, ann, MINE)
    assert now(fill).current_value == MINE
    assert fill.candidates.get().value == FIRST
    assert (now(fill).revision, now(fill).review) == (1, Fill.Review.EDITED)


def test_an_edit_is_based_on_the_candidate_and_the_next_on_the_edit(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0)
    save_edit(fill, THEIRS, author=None, revision=1)

    first, second = fill.edits.all()
    assert (first.based_on_candidate, first.based_on_edit) == (fill.chosen, None)
    assert (second.based_on_candidate, second.based_on_edit) == (None, first)


def test_a_save_with_an_old_revision_is_refused_with_both_texts(fill: Fill) -> None:
    save_edit(fill, THEIRS, author=None, revision=0)

    with pytest.raises(EditConflict) as caught:
        save_edit(fill, MINE, author=None, revision=0)

    assert (caught.value.theirs, caught.value.yours, caught.value.revision) == (THEIRS, MINE, 1)
    assert now(fill).current_value == THEIRS
    assert Edit.objects.count() == 1


def test_after_a_conflict_the_save_goes_on_from_the_new_revision(fill: Fill) -> None:
    save_edit(fill, THEIRS, author=None, revision=0)

    save_edit(fill, MINE, author=None, revision=1)

    assert now(fill).current_value == MINE
    assert now(fill).revision == 2


def test_a_revision_from_the_future_is_a_conflict_too(fill: Fill) -> None:
    with pytest.raises(EditConflict):
        save_edit(fill, MINE, author=None, revision=5)


@pytest.mark.parametrize("value", [{}, {"items": "x"}, {"chosen": ["Yes"]}, MINE | {"extra": 1}, [], None])
def test_a_value_of_another_shape_is_refused(fill: Fill, value: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        save_edit(fill, value, author=None, revision=0)

    assert not Edit.objects.exists()


def test_an_edit_is_cleaned_on_entry(fill: Fill) -> None:
    value = {"items": [{"text": "a\x00b\r\nc\ud800", "items": [{"text": "\x0bd", "items": []}]}]}

    save_edit(fill, value, author=None, revision=0)

    assert fill.edits.get().value == {
        "items": [{"text": "a\ufffdb\nc\ufffd", "items": [{"text": " d", "items": []}]}]
    }


def test_an_edit_is_noted_as_a_decision_with_both_values(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0)

    decision = Decision.objects.get()
    assert (decision.by, decision.decision, decision.how) == (ann, Fill.Review.EDITED, Decision.How.ONE)
    assert (decision.value_before, decision.value_after) == (FIRST, MINE)


def test_a_value_written_by_a_person_alone_had_none_before() -> None:
    report = make_report()
    cancel_report(report)
    fill = report.fills.get(block="risks")

    save_edit(fill, MINE, author=None, revision=0)

    assert (now(fill).state, now(fill).error) == (Fill.State.DONE, "")
    decision = Decision.objects.get()
    assert (decision.value_before, decision.value_after) == (None, MINE)


def test_accepting_keeps_the_value_that_was_accepted(fill: Fill, ann: User) -> None:
    decision = decide(fill, Fill.Review.ACCEPTED, by=ann, seconds_in_view=4.5)

    assert (decision.value_before, decision.value_after) == (FIRST, FIRST)
    assert decision.seconds_in_view == 4.5
    assert now(fill).review == fill.review == Fill.Review.ACCEPTED


def test_how_a_decision_was_made_is_kept(fill: Fill, ann: User) -> None:
    assert decide(fill, Fill.Review.ACCEPTED, by=ann, how=Decision.How.BULK).how == "in bulk"


def test_every_decision_stays_and_the_last_one_counts(fill: Fill, ann: User) -> None:
    decide(fill, Fill.Review.REJECTED, by=ann)
    decide(fill, Fill.Review.ACCEPTED, by=None)

    assert [one.decision for one in fill.decisions.all()] == [Fill.Review.REJECTED, Fill.Review.ACCEPTED]
    assert now(fill).review == Fill.Review.ACCEPTED


def test_a_decision_after_an_edit_is_on_the_edit(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0)

    assert decide(now(fill), Fill.Review.ACCEPTED, by=None).value_after == MINE


def test_an_edit_and_its_decision_are_saved_together(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0)

    assert connection.in_atomic_block
    assert Edit.objects.count() == Decision.objects.count() == 1


def test_saves_from_one_window_are_one_edit_and_one_decision(fill: Fill, ann: User) -> None:
    save_edit(fill, THEIRS, author=ann, revision=0, window="a", seconds_in_view=2)
    save_edit(fill, MINE, author=ann, revision=1, window="a", seconds_in_view=3)

    assert fill.edits.get().value == MINE
    decision = fill.decisions.get()
    assert (decision.value_before, decision.value_after, decision.seconds_in_view) == (FIRST, MINE, 5)
    assert now(fill).revision == 2


def test_a_save_whose_answer_was_lost_may_be_sent_again(fill: Fill, ann: User) -> None:
    save_edit(fill, THEIRS, author=ann, revision=0, window="a")

    save_edit(fill, MINE, author=ann, revision=0, window="a")

    assert now(fill).current_value == MINE


def test_another_window_of_the_same_person_must_have_seen_the_newest(fill: Fill, ann: User) -> None:
    save_edit(fill, THEIRS, author=ann, revision=0, window="a")

    with pytest.raises(EditConflict):
        save_edit(fill, MINE, author=ann, revision=0, window="b")


def test_a_window_after_somebody_elses_edit_must_have_seen_it(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0, window="a")
    save_edit(fill, THEIRS, author=None, revision=1, window="b")

    with pytest.raises(EditConflict):
        save_edit(fill, FIRST, author=ann, revision=1, window="a")


def test_a_save_of_what_stands_there_changes_nothing(fill: Fill) -> None:
    save_edit(fill, FIRST, author=None, revision=0)

    assert (now(fill).revision, now(fill).review) == (0, Fill.Review.NOT_YET)
    assert not Edit.objects.exists()


def test_taking_back_all_that_was_typed_leaves_what_the_model_wrote(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0, window="a")
    save_edit(fill, FIRST, author=None, revision=1, window="a")

    assert (now(fill).edit, now(fill).review) == (None, Fill.Review.NOT_YET)
    assert now(fill).current_value == FIRST


@pytest.mark.parametrize("state", [Fill.State.WAITING, Fill.State.QUEUED, Fill.State.RUNNING])
def test_a_block_that_is_being_written_cannot_be_edited(state: str, fill: Fill) -> None:
    Fill.objects.update(state=state)

    with pytest.raises(BeingWritten, match="is being written"):
        save_edit(fill, MINE, author=None, revision=0)


def test_a_locked_block_is_neither_edited_nor_decided_on(fill: Fill) -> None:
    set_lock(fill, True)

    with pytest.raises(CannotChange, match="Unlock"):
        save_edit(fill, MINE, author=None, revision=0)
    with pytest.raises(CannotChange, match="Unlock"):
        decide(fill, Fill.Review.REJECTED, by=None)

    set_lock(fill, False)
    save_edit(fill, MINE, author=None, revision=0)
    assert now(fill).current_value == MINE


def test_a_withheld_block_cannot_be_edited(fill: Fill) -> None:
    Fill.objects.update(withheld=True)

    with pytest.raises(CannotChange, match="withheld"):
        save_edit(fill, MINE, author=None, revision=0)


def test_a_decision_on_what_one_has_not_seen_is_refused(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0)

    with pytest.raises(EditConflict):
        decide(fill, Fill.Review.ACCEPTED, by=None, revision=0)


def test_an_earlier_candidate_can_stand_again_and_no_version_is_lost(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0)

    choose_candidate(fill, 1, by=ann, revision=1)

    assert now(fill).current_value == FIRST
    assert (now(fill).revision, now(fill).review) == (2, Fill.Review.NOT_YET)
    assert fill.edits.get().value == MINE
    last = fill.decisions.last()
    assert last
    assert (last.by, last.value_before, last.value_after) == (ann, MINE, FIRST)


def test_an_earlier_edit_can_stand_again(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0)
    choose_candidate(fill, 1, by=ann, revision=1)

    restore_edit(fill, 1, by=ann, revision=2)

    assert now(fill).current_value == MINE
    assert now(fill).review == Fill.Review.EDITED


def test_a_version_chosen_on_an_old_page_is_a_conflict(fill: Fill) -> None:
    save_edit(fill, MINE, author=None, revision=0)

    with pytest.raises(EditConflict):
        choose_candidate(fill, 1, by=None, revision=0)


def test_a_version_that_never_was_cannot_be_chosen(fill: Fill) -> None:
    with pytest.raises(Candidate.DoesNotExist):
        choose_candidate(fill, 7, by=None, revision=0)


def test_keeping_what_stands_ends_an_offer(fill: Fill) -> None:
    Fill.objects.update(offered=[1, 2])

    keep_current(fill)

    assert now(fill).offered == []
    assert now(fill).current_value == FIRST


def test_all_that_carry_no_flag_are_accepted_at_once(ann: User) -> None:
    report = make_report()
    finish_all(report)
    finish(report, "risks", problems=("Too long.",))
    report.fills.filter(block="outcome").update(stale=True)

    assert accept_unflagged(report, by=ann, seconds_in_view={"summary": 3}) == ["summary", "actions"]

    decision = Decision.objects.get(fill__block="summary")
    assert (decision.by, decision.how, decision.seconds_in_view) == (ann, Decision.How.BULK, 3)
    assert decision.value_after == VALUES["summary"]
    assert set(report.fills.filter(review=Fill.Review.NOT_YET).values_list("block", flat=True)) == {
        "risks",
        "outcome",
    }


def test_what_reads_an_edited_block_is_stale_until_somebody_accepts_it() -> None:
    blocks = [*BLOCKS, {"block": "end", "kind": "long_text", "after": ["risks"]}]
    report = make_report(make_snapshot(blocks))
    fills = finish_all(report)
    end = finish(report, "end", VALUES["summary"])

    save_edit(fills["risks"], MINE, author=None, revision=0)

    assert now(end).stale
    assert not now(fills["summary"]).stale
    decide(end, Fill.Review.ACCEPTED, by=None)
    assert not now(end).stale


def test_a_template_may_require_that_all_is_reviewed_before_export() -> None:
    report = make_report(make_snapshot(require={"review": True}))
    fills = finish_all(report)
    assert not may_export(report)

    accept_unflagged(report, by=None)
    assert may_export(report)

    decide(fills["risks"], Fill.Review.REJECTED, by=None)
    assert not may_export(report)


def test_other_templates_are_exported_as_they_stand() -> None:
    assert may_export(make_report())
