"""One poll of the database per process wakes the listeners of just those reports in which a fill changed."""

import asyncio
import contextvars
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from generation.models import Fill

log = logging.getLogger(__name__)
# Rows can be committed after later ones and by clocks that differ: look this far back each time.
_OVERLAP = timedelta(seconds=5)


class Hub:
    """Wakes listeners; what changed they read themselves, so that a missed wake loses nothing."""

    def __init__(self, every: float = 0.2) -> None:
        self._every = every
        self._listeners: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listen(self, report_id: int) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever a fill of the report changed."""
        wake = asyncio.Event()
        self._listeners[report_id].add(wake)
        if self._task is None or self._task.done():
            # In a context of its own: the one of the first request ends with that request.
            self._task = asyncio.create_task(self._poll(), context=contextvars.Context())
        try:
            yield wake
        finally:
            self._listeners[report_id].discard(wake)
            if not self._listeners[report_id]:
                del self._listeners[report_id]

    async def _poll(self) -> None:
        seen: dict[int, datetime] = {}
        while self._listeners:
            try:
                changes = await sync_to_async(_find_changes)(list(self._listeners))
            except DatabaseError:
                log.exception("looking for changed fills")
                changes = []
            for fill_id, report_id, changed in changes:
                if seen.get(fill_id) != changed:
                    self._wake(report_id)
            seen = {fill_id: changed for fill_id, _, changed in changes}
            await asyncio.sleep(self._every)

    def _wake(self, report_id: int) -> None:
        for wake in self._listeners.get(report_id, ()):
            wake.set()


def _find_changes(report_ids: Collection[int]) -> list[tuple[int, int, datetime]]:
    """(fill, report, when) of what changed lately in these reports."""
    try:
        since = timezone.now() - _OVERLAP
        fills = Fill.objects.filter(report__in=report_ids, changed__gt=since)
        return list(fills.values_list("pk", "report_id", "changed"))
    finally:
        close_old_connections()


hub = Hub()
