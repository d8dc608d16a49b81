"""The signals that ship: one file each, loaded once; whatever people made of them since is left alone."""

from pathlib import Path

import yaml
from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from signals.changing import save_signal
from signals.handed import CannotEmbed
from signals.models import Signal
from signals.teaching.given import give_examples
from signals.teaching.lesson import teach

FOLDER = Path(__file__).parent


class StarterSignal(BaseModel):
    """One of the files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    question: str
    kind: str
    settings: dict[str, object] = {}
    threshold: float = 0.5
    reads_documents: bool = False
    yes: list[str] = Field([], max_length=200)
    no: list[str] = Field([], max_length=200)

    @property
    def examples(self) -> list[tuple[str, bool]]:
        """What it is taught by."""
        return [*((text, True) for text in self.yes), *((text, False) for text in self.no)]


def find_starters() -> dict[str, StarterSignal]:
    """Every signal that ships, by its key."""
    paths = sorted(FOLDER.glob("*.yaml"))
    return {
        path.stem: StarterSignal.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths
    }


def load_starters() -> list[Signal]:
    """Those that there is no signal of this name for, archived or not; which ones that were."""
    known = set(Signal.objects.values_list("name", flat=True))
    return [_load(name, one) for name, one in find_starters().items() if name not in known]


def _load(name: str, starter: StarterSignal) -> Signal:
    signal = Signal(
        name=name,
        title=starter.title,
        question=starter.question,
        kind=starter.kind,
        settings=starter.settings,
        threshold=starter.threshold,
        reads_documents=starter.reads_documents,
    )
    with transaction.atomic():
        save_signal(signal)
        if starter.examples:
            give_examples(signal, starter.examples)
    if starter.examples:
        try:
            return teach(signal).signal
        except CannotEmbed:
            # Its embedder cannot be reached now: it is taught anew when one can, as after a change of it.
            pass
    return signal
