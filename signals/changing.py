"""Changing a signal: what its readings are made by follows from what it is."""

from signals.kinds import KINDS
from signals.models import Signal


def save_signal(signal: Signal) -> None:
    """Store a signal that was made or changed; readings it made before are those of an earlier state."""
    kind = KINDS[signal.kind]
    signal.made_by = kind.made_by(kind.Settings.model_validate(signal.settings), signal.learned)
    signal.save()
