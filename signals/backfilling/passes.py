"""Passes: taken up by whoever comes first, held by a token, moved on only together with what was found."""

import uuid
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from signals.models import Pass

P = TypeVar("P", bound=Pass)
LEASE = timedelta(seconds=settings.FILL_LEASE_SECONDS)
# A batch that ended so many processes is not tried again.
MOST_ATTEMPTS = 10
_GIVEN_UP = "It stopped the program several times and was given up. Tell whoever runs Fill."


def waiting(rows: QuerySet[P]) -> QuerySet[P]:
    """Those under way that nobody holds: new ones, and those whose process is gone."""
    return rows.filter(Q(lease_until=None) | Q(lease_until__lt=Now()), state=Pass.State.RUNNING)


def take(rows: QuerySet[P], lease: timedelta = LEASE) -> list[P]:
    """Those of `rows` that wait, for this process alone; at once in one statement."""
    token = uuid.uuid4()
    free = waiting(rows)
    free.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=Pass.State.FAILED, error=_GIVEN_UP, finished=Now(), token=None
    )
    more: dict[str, Any] = {"token": token, "lease_until": Now() + lease, "attempts": F("attempts") + 1}
    return list(rows.filter(token=token)) if free.update(**more) else []


def move_on(rows: QuerySet[P], one: P, lease: timedelta = LEASE, **found: Any) -> bool:
    """Note that a batch of `one` is done, in the caller's transaction; False when it is no longer ours."""
    ours = rows.filter(pk=one.pk, token=one.token, state=Pass.State.RUNNING)
    return bool(ours.update(lease_until=Now() + lease, attempts=0, error="", **found))


def end(rows: QuerySet[P], state: Pass.State, error: str = "") -> int:
    """End those of `rows` that are under way; how many those were."""
    running = rows.filter(state=Pass.State.RUNNING)
    return running.update(state=state, error=error, finished=Now(), token=None, lease_until=None)


def give_connection_back() -> None:
    """Before waiting for a model: its answer may take minutes. Not in a caller's transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
