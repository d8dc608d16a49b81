"""Saying yes or no, what counts when several people do, and undoing it."""

from django.contrib.auth.models import User

from signals.models import Label, Signal
from signals.teaching.opinions import examples_of, opinions_on
from signals.teaching.saying import last_said, say, undo
from tests.signals.teaching.conftest import keep


def counted(signal: Signal) -> dict[str, bool | None]:
    return {one.said: one.counts for one in opinions_on(signal)}


def test_the_majority_counts_and_a_tie_does_not(signal: Signal, ann: User, ben: User) -> None:
    one, other = keep("Success is assured."), keep("The roof was inspected.")
    say(signal, one, ann, True)
    say(signal, one, ben, False)
    say(signal, other, ann, False)
    assert counted(signal) == {"Success is assured.": None, "The roof was inspected.": False}
    say(signal, one, User.objects.create_user("cid"), True)
    assert counted(signal)["Success is assured."] is True
    assert [opinion.is_disputed for opinion in opinions_on(signal)] == [True, False]


def test_a_tie_is_no_example(signal: Signal, ann: User, ben: User) -> None:
    say(signal, keep("Success is assured."), ann, True)
    say(signal, keep("Success is assured."), ben, False)
    examples = examples_of(opinions_on(signal))
    assert (examples.yes, examples.no) == ({}, {})


def test_equal_texts_are_one_wherever_they_stand(signal: Signal, ann: User, ben: User) -> None:
    here, there = keep("Success is assured.", "report:1"), keep("Success is assured.", "report:2")
    say(signal, here, ann, True)
    say(signal, there, ben, True)
    (opinion,) = opinions_on(signal)
    assert len(opinion.labels) == 2


def test_somebody_who_says_something_else_of_the_same_words_changes_their_mind(
    signal: Signal, ann: User
) -> None:
    say(signal, keep("Success is assured.", "report:1"), ann, True)
    say(signal, keep("Success is assured.", "report:2"), ann, False)
    assert counted(signal) == {"Success is assured.": False}
    assert Label.objects.count() == 1


def test_nobody_overwrites_what_another_said(signal: Signal, ann: User, ben: User) -> None:
    sample = keep("Success is assured.")
    say(signal, sample, ann, True, "It says so.")
    say(signal, sample, ben, False)
    assert set(Label.objects.values_list("author__username", "says", "note")) == {
        ("ann", True, "It says so."),
        ("ben", False, ""),
    }


def test_a_note_stays_until_another_is_written(signal: Signal, ann: User) -> None:
    sample = keep("Success is assured.")
    say(signal, sample, ann, True, "Why")
    assert say(signal, sample, ann, False).note == "Why"
    assert say(signal, sample, ann, False, "").note == ""


def test_several_steps_are_undone_one_after_the_other(signal: Signal, ann: User) -> None:
    first, second = keep("Success is assured."), keep("The roof was inspected.")
    say(signal, first, ann, True)
    say(signal, second, ann, False)
    say(signal, first, ann, False)
    undo(signal, ann)
    assert counted(signal) == {"Success is assured.": True, "The roof was inspected.": False}
    undo(signal, ann)
    assert counted(signal) == {"Success is assured.": True}
    undo(signal, ann)
    assert counted(signal) == {}
    assert undo(signal, ann) is None


def test_saying_the_same_again_is_no_step(signal: Signal, ann: User) -> None:
    first, second = keep("Success is assured."), keep("The roof was inspected.")
    say(signal, first, ann, True)
    say(signal, second, ann, False)
    say(signal, first, ann, True)
    last = last_said(signal, ann)
    assert last is not None
    assert last.sample == second


def test_one_undoes_ones_own_only(signal: Signal, ann: User, ben: User) -> None:
    say(signal, keep("Success is assured."), ann, True)
    assert undo(signal, ben) is None
    assert Label.objects.count() == 1


def test_whoever_is_gone_has_still_a_voice(signal: Signal, ann: User, ben: User) -> None:
    say(signal, keep("Success is assured."), ann, True)
    say(signal, keep("Success is assured."), ben, True)
    ann.delete()
    ben.delete()
    (opinion,) = opinions_on(signal)
    assert len(opinion.labels) == 2
