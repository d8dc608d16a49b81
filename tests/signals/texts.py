"""Texts to look at and signals to look with, made through the product's own functions."""

from collections.abc import Sequence
from datetime import datetime

from signals.changing import save_signal
from signals.learning.learn import learn
from signals.models import Label, Signal, Text
from signals.pieces import split_text
from signals.texts import keep_text
from signals.vectors import current_embedder, vectors_of

CASE = {
    "purpose": "case",
    "template": "1",
    "version": "1",
    "block": "summary",
    "kind": "long_text",
    "model": "m",
}
PROMISES = (
    "You will certainly win the appeal.",
    "We guarantee that the court decides for you.",
    "This claim is sure to succeed.",
    "You can be certain to be paid in full.",
)
PLAIN = (
    "The committee met on Tuesday.",
    "The tenant sent three letters in May.",
    "Ann asks for a second quote.",
    "The file holds no medical report.",
)


def keep(number: int, said: str, at: datetime | None = None, scope: str = "report:1", **tags: str) -> Text:
    """A kept text of a case."""
    return keep_text(f"candidate:{number}", scope, said, split_text(said), tags=CASE | tags, at=at)


def teach(name: str = "promises", yes: Sequence[str] = PROMISES, no: Sequence[str] = PLAIN) -> Signal:
    """A signal that has learnt from these examples, and is labelled with them."""
    learned = learn(vectors_of(yes), vectors_of(no), embedder=current_embedder().name)
    signal = Signal(
        name=name, title=name.title(), kind="few_shot", learned=learned.to_json(), threshold=learned.threshold
    )
    save_signal(signal)
    for says, examples in ((True, yes), (False, no)):
        for number, said in enumerate(examples):
            text = keep_text(f"example:{name}:{says}:{number}", signal.scope, said, split_text(said))
            Label.objects.create(signal=signal, sample=text.samples.get(), says=says)
    return signal


def rest(signal: Signal) -> None:
    """Let it lie for as long as nobody clicks."""
    Signal.objects.filter(pk=signal.pk).update(changed="2026-01-01T00:00:00Z")
