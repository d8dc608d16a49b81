"""Review: no edit loses another's words, and every decision keeps what was decided on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from generation.models import Decision, Edit, Fill
from generation.review import EditConflict, decide, save_edit
from templates.blocks.base import UnreadableAnswer
from tests.factories import VALUES, finish, make_report

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
    edit = save_edit(fill, MINE, author=ann, revision=0)

    assert (edit.number, edit.author, edit.value) == (1, ann, MINE)
    assert now(fill).current_value == MINE
    assert fill.candidates.get().value == FIRST
    assert (now(fill).revision, now(fill).review) == (1, Fill.Review.EDITED)


def test_an_edit_is_based_on_the_candidate_and_the_next_on_the_edit(fill: Fill) -> None:
    first = save_edit(fill, MINE, author=None, revision=0)
    second = save_edit(fill, THEIRS, author=None, revision=1)

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

    edit = save_edit(fill, value, author=None, revision=0)

    assert edit.value == {"items": [{"text": "a\ufffdb\nc\ufffd", "items": [{"text": " d", "items": []}]}]}


def test_an_edit_is_noted_as_a_decision_with_both_values(fill: Fill, ann: User) -> None:
    save_edit(fill, MINE, author=ann, revision=0)

    decision = Decision.objects.get()
    assert (decision.by, decision.decision, decision.how) == (ann, Fill.Review.EDITED, Decision.How.ONE)
    assert (decision.value_before, decision.value_after) == (FIRST, MINE)


def test_a_value_written_by_a_person_alone_had_none_before() -> None:
    fill = make_report().fills.get(block="risks")

    save_edit(fill, MINE, author=None, revision=0)

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
