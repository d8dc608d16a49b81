"""Texts to teach on, a signal, and people who teach it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User

from signals.changing import save_signal
from signals.models import Sample, Signal
from signals.pieces import split_text
from signals.teaching import pool
from signals.texts import keep_text

YES = [
    "We guarantee you will win the case.",
    "You will certainly win.",
    "Success is assured.",
    "We promise you a full refund.",
    "It is guaranteed that the roof will hold.",
    "You can be sure of success.",
]
NO = [
    "The hearing is on Monday.",
    "Costs were £ 300.",
    "The tenant has moved out.",
    "Please send the form.",
    "The roof was inspected in March.",
    "Nobody can say what the court will decide.",
]


@pytest.fixture(autouse=True)
def no_pools() -> Iterator[None]:
    """Databases begin anew with each test, and their ids with them."""
    pool.forget_pools()
    yield
    pool.forget_pools()


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def ben(db: None) -> User:
    return User.objects.create_user("ben")


@pytest.fixture
def signal(ann: User) -> Signal:
    signal = Signal(name="promises", title="Promises", kind="few_shot", author=ann)
    save_signal(signal)
    return signal


def keep(said: str, scope: str = "report:1") -> Sample:
    """The first sample of a text of this scope."""
    return keep_text(f"{scope}/{said[:60]}", scope, said, split_text(said)).samples.order_by("number")[0]
