"""Imported sets: every row kept once, texts counted, read in steps, and removed without a trace."""

import pytest
from django.contrib.auth.models import User

from signals.changing import save_signal
from signals.models import Label, Reading, Sample, SampleSet, Signal, Text
from signals.sets import delete_set, labels_in, read_some, take_rows

pytestmark = pytest.mark.django_db
ROWS = [("One. Two.", "1"), ("  ", "1"), ("Three", "0"), ("x" * 30_000, "")]


@pytest.fixture
def sample_set() -> SampleSet:
    return SampleSet.objects.create(name="Ours", total=4, text_column=0, label_column=1)


@pytest.fixture
def signal() -> Signal:
    options = {"rule": "phrases", "options": {"phrases": ["two"]}}
    signal = Signal(name="two", title="Two", kind="rule", settings=options)
    save_signal(signal)
    return signal


def test_rows_become_texts_with_pieces_and_labels(sample_set: SampleSet) -> None:
    assert take_rows(sample_set, 0, ROWS) == 4
    sample_set.refresh_from_db()
    assert (sample_set.texts, sample_set.empty, sample_set.cut) == (3, 1, 1)
    assert sample_set.is_complete
    first = Text.objects.get(origin=f"set:{sample_set.pk}:0")
    assert list(first.samples.values_list("said", flat=True)) == ["One.", "Two.", "One. Two."]
    assert labels_in(sample_set) == [("0", 1), ("1", 1)]


def test_a_row_that_another_window_took_is_not_taken_twice(sample_set: SampleSet) -> None:
    take_rows(sample_set, 0, ROWS[:2])
    assert take_rows(sample_set, 0, ROWS[:2]) == 2
    assert take_rows(sample_set, 2, ROWS[2:]) == 4
    assert Text.objects.count() == 3


def test_a_set_is_read_in_steps_and_once(sample_set: SampleSet, signal: Signal) -> None:
    take_rows(sample_set, 0, ROWS)
    assert read_some(signal, sample_set.scope, 0, most=1) == 2
    assert read_some(signal, sample_set.scope, 60) == 0
    assert Reading.objects.filter(flagged=True).count() == 1
    assert Reading.objects.count() == 3


def test_what_changed_is_read_again(sample_set: SampleSet, signal: Signal) -> None:
    take_rows(sample_set, 0, ROWS)
    read_some(signal, sample_set.scope, 60)
    signal.settings = {"rule": "phrases", "options": {"phrases": ["three"]}}
    save_signal(signal)
    assert read_some(signal, sample_set.scope, 0, most=1) == 2


def test_a_deleted_set_leaves_nothing(sample_set: SampleSet, signal: Signal) -> None:
    take_rows(sample_set, 0, ROWS)
    read_some(signal, sample_set.scope, 60)
    sample = Sample.objects.first()
    assert sample
    Label.objects.create(signal=signal, sample=sample, author=User.objects.create_user("ann"), says=True)
    delete_set(sample_set)
    for model in (Text, Sample, Reading, Label, SampleSet):
        assert not model.objects.exists()
