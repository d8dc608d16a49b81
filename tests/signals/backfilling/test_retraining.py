"""A signal learns anew as there is more to learn from: how rare a yes is shows only among many texts."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from signals.backfilling.embedding import run_waiting_embedding, start_due_embedding
from signals.backfilling.retraining import any_to_retrain
from signals.models import Label, Signal
from tests.signals.texts import PLAIN, keep, teach

pytestmark = pytest.mark.django_db


@pytest.fixture
def signal() -> Signal:
    return teach()


def add_texts(first: int, count: int) -> None:
    for number in range(first, first + count):
        keep(number, f"{PLAIN[number % 4]} It was number {number}.")
    start_due_embedding()
    run_waiting_embedding()


def test_a_signal_taught_among_few_texts_learns_anew_among_many(signal: Signal) -> None:
    assert signal.surveyed == 0
    add_texts(0, 60)
    fresh = Signal.objects.get()
    assert fresh.surveyed >= 50
    assert fresh.made_by != signal.made_by
    assert fresh.worth


def test_a_few_more_texts_change_nothing(signal: Signal) -> None:
    add_texts(0, 60)
    learnt = Signal.objects.get()
    add_texts(60, 10)
    assert Signal.objects.get().made_by == learnt.made_by
    assert not any_to_retrain()


def test_a_signal_with_a_yes_alone_is_left_in_peace(signal: Signal) -> None:
    """As one that came in a file, to which somebody said a first word."""
    signal.labels.filter(says=False).delete()
    add_texts(0, 60)
    assert not any_to_retrain()


def test_texts_that_have_no_vectors_yet_do_not_make_it_learn_anew(signal: Signal) -> None:
    """As those of an imported set that is too small to be embedded by itself."""
    add_texts(0, 60)
    learnt = Signal.objects.get()
    for number in range(60, 160):
        keep(number, f"{PLAIN[number % 4]} It was number {number}.")
    assert not any_to_retrain()
    add_texts(160, 0)
    assert Signal.objects.get().changed == learnt.changed


def test_an_archived_signal_is_left_in_peace(signal: Signal) -> None:
    Signal.objects.update(archived=timezone.now())
    add_texts(0, 60)
    assert not any_to_retrain()


def test_one_whose_labels_contradict_each_other_learns_anew_once(signal: Signal) -> None:
    for label in signal.labels.all():
        Label.objects.create(
            signal=signal,
            sample=label.sample,
            says=not label.says,
            author=User.objects.create(username=label.pk),
        )
    add_texts(0, 60)
    assert not any_to_retrain()
