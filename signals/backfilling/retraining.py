"""Teaching signals anew from their labels, when the vectors they learnt from are no longer made."""

from collections import Counter, defaultdict

import numpy as np

from signals.changing import save_signal
from signals.handed import CannotEmbed
from signals.kinds.few_shot import FewShotSettings
from signals.learning.features import FEATURES
from signals.learning.learn import Learned, learn
from signals.models import Label, Sample, Signal
from signals.vectors import current_embedder, vectors_of


def retrain_signals() -> None:
    """Every signal that learnt from another embedder's vectors learns anew; safe to do twice.

    One without labels, such as one that was uploaded, cannot, and keeps saying that it reads nothing.
    """
    for signal in _of_another():
        _retrain(signal)


def any_to_retrain() -> bool:
    """Whether one learnt from vectors that are no longer made, and has labels to learn from anew."""
    return Label.objects.filter(signal__in=_of_another()).exists()


def _of_another() -> list[Signal]:
    taught = Signal.objects.filter(kind="few_shot", archived=None).exclude(learned=None)
    return [signal for signal in taught if _is_of_another(signal)]


def _is_of_another(signal: Signal) -> bool:
    named = (signal.learned or {}).get("embedder"), (signal.learned or {}).get("features")
    return named != (current_embedder().name, FEATURES)


def _retrain(signal: Signal) -> None:
    says = _said_by_most(signal)
    try:
        learned = _learn(signal, says)
    except CannotEmbed:
        return
    # Somebody may have taught it meanwhile.
    fresh = Signal.objects.get(pk=signal.pk)
    if learned is not None and _is_of_another(fresh):
        fresh.learned, fresh.threshold = learned.to_json(), learned.threshold
        save_signal(fresh)


def _said_by_most(signal: Signal) -> dict[int, bool]:
    """What most people say of each sample, the latest where they are as many."""
    votes: dict[int, list[bool]] = defaultdict(list)
    for sample, says in Label.objects.filter(signal=signal).values_list("sample", "says"):
        votes[sample].append(says)
    return {sample: Counter(reversed(said)).most_common(1)[0][0] for sample, said in votes.items()}


def _learn(signal: Signal, says: dict[int, bool]) -> Learned | None:
    """None without a yes and a no. Raises `CannotEmbed`."""
    samples = list(Sample.objects.filter(pk__in=says).values_list("pk", "said"))
    if len({says[pk] for pk, _ in samples}) < 2:
        return None
    vectors = vectors_of([said for _, said in samples])
    is_yes = np.array([says[pk] for pk, _ in samples])
    precision = FewShotSettings.model_validate(signal.settings).precision
    name = current_embedder().name
    return learn(vectors[is_yes], vectors[~is_yes], precision=precision, embedder=name)
