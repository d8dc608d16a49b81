"""What is learnt at each word, and what it is worth."""

from collections.abc import Sequence

import numpy as np
import pytest
from django.contrib.auth.models import User
from numpy.typing import NDArray
from pydantic import ValidationError

from signals.handed import CannotEmbed, hands
from signals.learning.features import Vectors
from signals.learning.static import StaticEmbedder
from signals.models import Signal
from signals.teaching.lesson import look_up, set_up, settings_of, teach, weigh
from signals.teaching.saying import say, undo
from signals.teaching.typed import add_examples, split_typed
from tests.signals.teaching.conftest import NO, YES, keep


def teach_all(signal: Signal, author: User) -> None:
    add_examples(signal, YES, author, True)
    add_examples(signal, NO, author, False)


def test_it_learns_with_the_first_yes_and_the_first_no(signal: Signal, ann: User) -> None:
    say(signal, keep(YES[0]), ann, True)
    assert teach(signal).learned is None
    say(signal, keep(NO[0]), ann, False)
    assert teach(signal).learned is not None
    signal.refresh_from_db()
    assert Signal.objects.at_work().get() == signal
    assert signal.made_by


def test_undoing_the_only_no_unlearns_what_was_weighed(signal: Signal, ann: User) -> None:
    say(signal, keep(YES[0]), ann, True)
    say(signal, keep(NO[0]), ann, False)
    weigh(teach(signal))
    undo(signal, ann)
    assert teach(signal).learned is None
    assert not Signal.objects.at_work().exists()


def test_what_was_brought_along_stays_until_there_are_examples(signal: Signal, ann: User) -> None:
    other = Signal(name="other", title="Other", kind="few_shot")
    other.save()
    teach_all(other, ann)
    signal.learned, signal.made_by = teach(other).signal.learned, "brought"
    signal.save()
    say(signal, keep(YES[0]), ann, True)
    lesson = teach(signal)
    assert lesson.learned is not None
    yes, no = lesson.vectors()
    assert (yes.shape, no.shape) == ((1, lesson.learned.width), (0, lesson.learned.width))


def test_a_word_said_while_it_learns_is_learnt_too(
    signal: Signal, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach_all(signal, ann)
    late = keep("You are bound to win.")

    class Slow(StaticEmbedder):
        """Somebody speaks while it embeds."""

        name = "slow"

        def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
            say(signal, late, ben, True)
            return super().__call__(texts)

    monkeypatch.setattr(hands, "embed", Slow())
    lesson = teach(signal)
    assert late.sha256 in lesson.examples.yes
    assert lesson.learned is not None
    assert lesson.learned == teach(signal).learned


def test_learning_keeps_a_title_that_somebody_changed_meanwhile(signal: Signal, ann: User) -> None:
    teach_all(signal, ann)
    Signal.objects.update(title="Guarantees")
    teach(signal)
    signal.refresh_from_db()
    assert signal.title == "Guarantees"
    assert signal.learned


def test_figures_are_kept_with_the_signal_and_fit_it_alone(signal: Signal, ann: User) -> None:
    teach_all(signal, ann)
    lesson = teach(signal)
    assert lesson.worth is None
    weigh(lesson)
    signal.refresh_from_db()
    worth = look_up(signal).worth
    assert worth is not None
    assert worth.precision is not None
    assert worth.precision.low <= worth.precision.value <= worth.precision.high
    say(signal, keep("You are bound to win."), ann, True)
    assert teach(signal).worth is None


def test_too_few_examples_are_said_to_be_too_few(signal: Signal, ann: User) -> None:
    say(signal, keep(YES[0]), ann, True)
    say(signal, keep(NO[0]), ann, False)
    lesson = teach(signal)
    weigh(lesson)
    assert lesson.worth is not None
    assert (lesson.worth.obstacle, lesson.worth.precision) == ("too_few", None)


def test_the_precision_asked_for_moves_the_line(signal: Signal, ann: User) -> None:
    teach_all(signal, ann)
    usual = teach(signal).signal.threshold
    set_up(signal, precision=0.95)
    assert teach(signal).signal.threshold > usual
    assert settings_of(signal).precision == 0.95
    with pytest.raises(ValidationError):
        set_up(signal, precision=1.5)


def test_without_an_embedder_the_word_is_kept_and_the_reason_raised(
    signal: Signal, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        name = "broken"

        def __call__(self, texts: object) -> Vectors:
            raise CannotEmbed("The embedder does not answer.")

    say(signal, keep(YES[0]), ann, True)
    say(signal, keep(NO[0]), ann, False)
    monkeypatch.setattr(hands, "embed", Broken())
    with pytest.raises(CannotEmbed):
        teach(signal)
    assert signal.labels.count() == 2


def test_typed_examples_are_one_a_line_without_bullets() -> None:
    assert split_typed("- One\n\n • Two \r\nOne\n") == ["One", "Two"]


def test_a_typed_example_is_a_text_of_the_signals_own_scope(signal: Signal, ann: User) -> None:
    add_examples(signal, ["One. Two."], ann, True)
    add_examples(signal, ["One. Two."], ann, False)
    label = signal.labels.get()
    assert label.sample.text.scope == f"signal:{signal.pk}"
    assert (label.sample.said, label.says, label.was) == ("One. Two.", False, True)
