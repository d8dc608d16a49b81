"""Leases: which fills this process is writing, and the right to write their results."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from generation.calls import cancel_calls
from generation.engine.statements import read_fill, take_fill
from generation.models import Fill
from generation.profiles import UnknownProfile, find_profile

LEASE = timedelta(seconds=settings.FILL_LEASE_SECONDS)
# Restarts in mid-report are nobody's fault; only a block that ends every process is given up.
MOST_ATTEMPTS = 10
_held: set[uuid.UUID] = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Claim:
    """The right to fill a block: valid as long as the row still carries this attempt token.

    `fill` has what filling needs, with its report. `leads`: the report's other blocks wait for this one.
    `watched`: someone has the report's page open.
    """

    fill: Fill
    attempt: uuid.UUID
    leads: bool
    watched: bool


def claim_fill(fill_id: int) -> Claim | None:
    """The fill, for this process; None when another has it, it is finished, or its model is unknown here."""
    inputs = None
    # Read once more when its report was moved to another template in between.
    while (read := read_fill(fill_id)) and read[0].inputs != inputs:
        fill, leads, watched = read
        inputs, attempt = fill.inputs, uuid.uuid4()
        if not _knows(fill.report.profile):
            return None
        if take_fill(fill, attempt):
            return Claim(fill, attempt, leads, watched)
    return None


def holds_any() -> bool:
    """Whether this process is writing anything."""
    with _lock:
        return bool(_held)


@contextmanager
def held(claim: Claim) -> Iterator[None]:
    """Keep the claim's lease renewed by this process's heartbeat."""
    with _lock:
        _held.add(claim.attempt)
    try:
        yield
    finally:
        with _lock:
            _held.discard(claim.attempt)


def renew_leases() -> None:
    """Renew all leases of this process in one statement, and end the calls of claims that were lost."""
    with _lock:
        mine = set(_held)
    if not mine:
        return
    Fill.objects.filter(attempt__in=mine, state=Fill.State.RUNNING).update(lease_until=Now() + LEASE)
    kept = Fill.objects.filter(attempt__in=mine, state=Fill.State.RUNNING).values_list("attempt", flat=True)
    for lost in mine - set(kept):
        cancel_calls(lost)


def _knows(profile: str) -> bool:
    try:
        find_profile(profile)
    except UnknownProfile:
        return False
    return True
