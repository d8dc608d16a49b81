"""The kinds of signals. To add one: a file, and its line here."""

from typing import Any

from signals.kinds.base import SignalKind, SignalSettings, TextToRead, Verdict
from signals.kinds.few_shot import FewShot

KINDS: dict[str, SignalKind[Any]] = {kind.name: kind for kind in (FewShot(),)}

__all__ = ["KINDS", "SignalKind", "SignalSettings", "TextToRead", "Verdict"]
