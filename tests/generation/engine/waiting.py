"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable

OWN_PART = "Now write only the part"
"""Where the part of a prompt begins that is the block's own."""


def wait_until(holds: Callable[[], bool], seconds: float = 10, every: float = 0.02) -> None:
    """Look again and again until it holds; fail loudly when it never does."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(every)
