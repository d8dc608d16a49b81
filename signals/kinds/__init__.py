"""The kinds of signals. To add one: a file, and its line here."""

from typing import Any

from signals.kinds.base import SignalKind, SignalSettings, TextToRead, Verdict
from signals.kinds.few_shot import FewShot
from signals.kinds.judge import Judge
from signals.kinds.rule import Rule

KINDS: dict[str, SignalKind[Any]] = {kind.name: kind for kind in (FewShot(), Rule(), Judge())}

__all__ = ["KINDS", "SignalKind", "SignalSettings", "TextToRead", "Verdict"]
