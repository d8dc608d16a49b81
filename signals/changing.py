"""Changing a signal: what its readings are made by follows from what it is."""

from signals.kinds import KINDS
from signals.models import Signal


def save_signal(signal: Signal) -> None:
    """Store a signal that was made or changed; readings it made before are those of an earlier state."""
    kind = KINDS[signal.kind]
    made_by = kind.made_by(kind.Settings.model_validate(signal.settings), signal.learned)
    # What is flagged depends on where it begins, too.
    signal.made_by = made_by and f"{made_by} from {signal.threshold:.3g}"
    signal.save()
