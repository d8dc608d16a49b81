"""Signals to guard with, taught on invented sentences."""

from collections.abc import Sequence
from typing import Any

from signals.changing import save_signal
from signals.learning.learn import learn
from signals.models import Signal
from signals.vectors import current_embedder, vectors_of

PROMISE = "You will certainly win this case and be paid in full."
PLAIN = "The committee met on Tuesday and agreed the budget."
YES = (
    PROMISE,
    "We guarantee that your claim succeeds.",
    "The court will definitely decide in your favour.",
    "Success is assured, you cannot lose this appeal.",
    "We promise that the tenant wins and gets the deposit back.",
    "There is no doubt that you will be awarded damages.",
)
NO = (
    PLAIN,
    "The lease was deferred until the summer meeting.",
    "Three offers are asked for within fourteen days.",
    "The minutes of the last meeting were read.",
    "Ann agreed to ask for a second quote for the roof.",
    "The roof survey is still missing.",
)


def teach(
    name: str = "promises",
    title: str = "Promises an outcome",
    yes: Sequence[str] = YES,
    no: Sequence[str] = NO,
    **more: Any,
) -> Signal:
    """A few-shot signal that fires on `yes`, and at work."""
    learned = learn(vectors_of(list(yes)), vectors_of(list(no)), embedder=current_embedder().name)
    signal = Signal(name=name, title=title, kind="few_shot", learned=learned.to_json(), **more)
    save_signal(signal)
    return signal
