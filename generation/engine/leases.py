"""Leases: which fills this process is writing, and the right to write their results."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from generation.calls import cancel_call
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

    `fill` is the row as it stood just before, with its report.
    """

    fill: Fill
    attempt: uuid.UUID


def claim_fill(fill_id: int) -> Claim | None:
    """The fill, for this process; None when another has it, it is finished, or its model is unknown here."""
    fill = Fill.objects.select_related("report").filter(pk=fill_id).order_by("pk").first()
    if fill is None or not _knows(fill.report.profile):
        return None
    now, attempt = timezone.now(), uuid.uuid4()
    # By the clock of the database: one machine's that is ahead would take what others are writing.
    free = Q(state=Fill.State.QUEUED) | Q(state=Fill.State.RUNNING, lease_until__lt=Now())
    taken = Fill.objects.filter(free, pk=fill_id).update(
        state=Fill.State.RUNNING,
        attempt=attempt,
        attempts=F("attempts") + 1,
        lease_until=Now() + LEASE,
        started=now,
        changed=now,
        partial="",
    )
    return Claim(fill, attempt) if taken else None


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
        cancel_call(lost)


def _knows(profile: str) -> bool:
    try:
        find_profile(profile)
    except UnknownProfile:
        return False
    return True
