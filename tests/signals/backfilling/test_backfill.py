"""Backfills: everything read again by a signal that has changed, once, whatever happens meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from signals.backfilling import backfill as module
from signals.backfilling.backfill import (
    CannotBackfill,
    cancel_backfill,
    run_waiting,
    start_backfill,
    start_due,
)
from signals.backfilling.passes import MOST_ATTEMPTS, take
from signals.models import Backfill, Reading, Signal, Text
from signals.reading import make_readings
from tests.signals.texts import PLAIN, PROMISES, keep, rest, teach

pytestmark = pytest.mark.django_db
State = Backfill.State


@pytest.fixture
def signal() -> Signal:
    for number in range(20):
        keep(number, PROMISES[0] if number % 4 == 0 else f"{PLAIN[number % 4]} It was number {number}.")
    signal = teach()
    rest(signal)
    return signal


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 5)


def change(signal: Signal) -> None:
    """As somebody does who teaches it one more example."""
    Signal.objects.filter(pk=signal.pk).update(made_by="few_shot another")


def test_every_kept_text_is_read_once(signal: Signal) -> None:
    start_due()
    run_waiting()
    backfill = Backfill.objects.get()
    assert (backfill.state, backfill.done, backfill.total) == (State.DONE, Text.objects.count(), 28)
    assert Reading.objects.count() == 28
    assert backfill.flagged == Reading.objects.filter(flagged=True).count() >= 5
    assert set(Reading.objects.values_list("made_by", flat=True)) == {signal.made_by}


def test_a_signal_that_was_just_taught_is_left_to_rest(signal: Signal) -> None:
    Signal.objects.update(changed=timezone.now())
    start_due()
    assert not Backfill.objects.exists()


def test_nothing_is_read_again_when_nothing_has_changed(signal: Signal) -> None:
    for _ in range(2):
        start_due()
        run_waiting()
    assert Backfill.objects.count() == 1


def test_a_changed_signal_and_a_changed_bound_are_read_again(signal: Signal) -> None:
    start_due()
    run_waiting()
    Signal.objects.update(threshold=0.999)
    start_due()
    run_waiting()
    assert Backfill.objects.count() == 2
    assert not Reading.objects.filter(flagged=True, score__lt=0.999).exists()


def test_what_is_undone_is_read_again_by_what_it_was_before(signal: Signal) -> None:
    before = signal.made_by
    start_due()
    run_waiting()
    change(signal)
    start_due()
    Signal.objects.update(made_by=before)
    start_due()
    assert [one.state for one in Backfill.objects.all()] == [State.RUNNING, State.SUPERSEDED, State.DONE]


def test_a_backfill_goes_on_where_a_dead_process_stopped(
    signal: Signal, few_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_due()
    keep_batch, batches = module._keep, []

    def die_at_the_third(*args: Any) -> bool:
        batches.append(args)
        if len(batches) == 3:
            raise SystemExit
        return keep_batch(*args)

    monkeypatch.setattr(module, "_keep", die_at_the_third)
    with pytest.raises(SystemExit):
        run_waiting()
    assert Backfill.objects.get().done == 10
    assert Reading.objects.count() == 10
    run_waiting()
    assert Reading.objects.count() == 10, "its lease still runs"
    Backfill.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    run_waiting()
    backfill = Backfill.objects.get()
    assert (backfill.state, backfill.done) == (State.DONE, 28)
    assert backfill.flagged == Reading.objects.filter(flagged=True).count()


def test_a_signal_that_changes_meanwhile_ends_its_backfill(
    signal: Signal, few_at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_due()
    make = make_readings

    def change_after(signals: Any, texts: Any) -> Any:
        made = make(signals, texts)
        change(signal)
        return made

    monkeypatch.setattr(module, "make_readings", change_after)
    run_waiting()
    assert Backfill.objects.get().state == State.SUPERSEDED
    assert not Reading.objects.exists()


def test_a_cancelled_backfill_stays_cancelled(signal: Signal) -> None:
    start_due()
    assert cancel_backfill(signal)
    start_due()
    run_waiting()
    assert Backfill.objects.get().state == State.CANCELLED
    assert not Reading.objects.exists()


def test_two_processes_do_not_take_up_the_same_one(signal: Signal) -> None:
    start_due()
    assert len(take(Backfill.objects.all())) == 1
    assert take(Backfill.objects.all()) == []


def test_one_that_ends_every_process_is_given_up(signal: Signal) -> None:
    start_due()
    Backfill.objects.update(attempts=MOST_ATTEMPTS)
    assert take(Backfill.objects.all()) == []
    backfill = Backfill.objects.get()
    assert backfill.state == State.FAILED
    assert backfill.error


def test_two_signals_at_the_same_text_load_it_once(
    signal: Signal, django_assert_max_num_queries: Any
) -> None:
    other = teach("others", PLAIN, PROMISES)
    rest(other)
    start_due()
    with django_assert_max_num_queries(40):
        run_waiting()
    assert Reading.objects.count() == 2 * Text.objects.count()
    assert set(Backfill.objects.values_list("state", flat=True)) == {State.DONE}


def test_a_text_that_was_removed_meanwhile_is_left_out(
    signal: Signal, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_due()
    make = make_readings

    def remove_after(signals: Any, texts: Any) -> Any:
        made = make(signals, texts)
        Text.objects.filter(origin="candidate:3").delete()
        return made

    monkeypatch.setattr(module, "make_readings", remove_after)
    run_waiting()
    assert Reading.objects.count() == 27
    assert Backfill.objects.get().state == State.DONE


def test_a_signal_that_is_not_ready_says_so() -> None:
    with pytest.raises(CannotBackfill, match="not ready"):
        start_backfill(Signal.objects.create(name="new", title="New", kind="few_shot"), by=None)


def test_pressing_the_button_reads_everything_again(signal: Signal) -> None:
    start_due()
    run_waiting()
    start_backfill(signal, by=None)
    assert Backfill.objects.filter(state=State.RUNNING).count() == 1


def test_texts_of_thousands_of_pieces_are_read_few_at_once(
    signal: Signal, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(100, " ".join(f"This is sentence {number} of a long document." for number in range(40)))
    monkeypatch.setattr(module, "_PIECES_AT_ONCE", 10)
    batches = []

    def count(signals: Any, texts: Any) -> list[Reading]:
        batches.append(sum(text.samples.count() for text in texts))
        return make_readings(signals, texts)

    monkeypatch.setattr(module, "make_readings", count)
    start_due()
    run_waiting()
    assert Backfill.objects.get().done == Text.objects.count()
    assert sorted(batches)[-2] <= 10 < sorted(batches)[-1] == 41


def test_a_signal_that_fails_leaves_the_others_their_readings(signal: Signal) -> None:
    """As one whose settings were written by an earlier version of Fill."""
    broken = teach("broken")
    Signal.objects.filter(pk=broken.pk).update(settings={"unknown": 1})
    rest(broken)
    start_due()
    run_waiting()
    assert set(Backfill.objects.values_list("state", flat=True)) == {State.DONE}
    assert not signal.readings.filter(score=None).exists()
    assert set(broken.readings.values_list("score", flat=True)) == {None}
    assert broken.readings.exclude(error="").exists()
