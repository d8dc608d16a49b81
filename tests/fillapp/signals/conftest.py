"""Somebody who teaches signals, and a signal to teach."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import SUPER
from signals.changing import save_signal
from signals.models import Signal
from tests.fillapp.conftest import make_user


@pytest.fixture
def tess(db: None) -> User:
    """She teaches signals."""
    return make_user("tess", role=SUPER)


@pytest.fixture
def as_tess(tess: User) -> Client:
    client = Client()
    client.force_login(tess)
    return client


@pytest.fixture
def signal(tess: User) -> Signal:
    """A signal that learns from examples, and has not been taught."""
    signal = Signal(name="promises", title="Promises an outcome", kind="few_shot", author=tess)
    save_signal(signal)
    return signal
