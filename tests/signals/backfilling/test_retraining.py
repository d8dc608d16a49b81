"""A signal learns anew as there is more to learn from: how rare a yes is shows only among many texts."""

import pytest

from signals.backfilling.embedding import run_waiting_embedding, start_due_embedding
from signals.backfilling.retraining import any_to_retrain
from signals.models import Signal
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
