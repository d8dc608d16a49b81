"""Teaching signals anew from their labels, when what they learnt from is not what there is now."""

from signals.handed import CannotEmbed
from signals.learning.features import FEATURES
from signals.models import Signal
from signals.teaching.background import count_texts
from signals.teaching.lesson import look_up, teach, weigh
from signals.vectors import current_embedder

# Of fewer texts nobody knows how rare a yes is.
_FEWEST = 50


def retrain_signals() -> None:
    """Every outdated signal learns anew; safe to do twice.

    One without enough labels, such as one that was uploaded, cannot: where its vectors are no longer made,
    it keeps saying that it reads nothing.
    """
    for signal in _to_retrain():
        try:
            weigh(teach(signal))
        except CannotEmbed:
            # The next sweep tries again.
            return


def any_to_retrain() -> bool:
    """Whether one is outdated, and has a yes and a no to learn from anew."""
    return bool(_to_retrain())


def _to_retrain() -> list[Signal]:
    return [signal for signal in _outdated() if look_up(signal).examples.can_teach]


def _outdated() -> list[Signal]:
    """Those that learnt from vectors that are no longer made, or beside less than half of today's texts."""
    taught = Signal.objects.filter(kind="few_shot", archived=None).exclude(learned=None)
    texts, now = count_texts(), (current_embedder().name, FEATURES)
    return [
        signal for signal in taught if _made_from(signal) != now or texts >= max(_FEWEST, 2 * signal.surveyed)
    ]


def _made_from(signal: Signal) -> tuple[object, object]:
    learned = signal.learned or {}
    return learned.get("embedder"), learned.get("features")
