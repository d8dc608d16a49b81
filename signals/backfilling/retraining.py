"""Teaching signals anew from their labels, when the vectors they learnt from are no longer made."""

from signals.handed import CannotEmbed
from signals.learning.features import FEATURES
from signals.models import Label, Signal
from signals.teaching.lesson import look_up, teach
from signals.vectors import current_embedder


def retrain_signals() -> None:
    """Every signal that learnt from another embedder's vectors learns anew; safe to do twice.

    One without enough labels, such as one that was uploaded, cannot, and keeps saying that it reads nothing.
    """
    for signal in _of_another():
        if not look_up(signal).examples.can_teach:
            continue
        try:
            teach(signal)
        except CannotEmbed:
            # The next sweep tries again.
            return


def any_to_retrain() -> bool:
    """Whether one learnt from vectors that are no longer made, and has labels to learn from anew."""
    return Label.objects.filter(signal__in=_of_another()).exists()


def _of_another() -> list[Signal]:
    taught = Signal.objects.filter(kind="few_shot", archived=None).exclude(learned=None)
    return [signal for signal in taught if _is_of_another(signal)]


def _is_of_another(signal: Signal) -> bool:
    learned = signal.learned or {}
    return (learned.get("embedder"), learned.get("features")) != (current_embedder().name, FEATURES)
