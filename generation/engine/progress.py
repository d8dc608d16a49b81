"""What is heard of an answer while it is written: the first token releases the rest of the report."""

import logging
import threading
import time

from django.db import DatabaseError, connections
from django.utils import timezone

from generation.engine.leases import Claim
from generation.engine.schedule import release_report
from generation.models import Fill, Report

log = logging.getLogger(__name__)
_LOOK_EVERY = 1.0
_WRITE_EVERY = 0.4


class _Watched:
    """Which reports someone is watching, asked once a second for all."""

    def __init__(self) -> None:
        self._asked = 0.0
        self._watched: frozenset[int] = frozenset()
        self._lock = threading.Lock()

    def add(self, report_id: int) -> None:
        """Known from elsewhere, until the next time it is asked."""
        with self._lock:
            self._watched |= {report_id}

    def has(self, report_id: int, now: float) -> bool:
        with self._lock:
            asks = now - self._asked >= _LOOK_EVERY
            if asks:
                # The others go by what was known while this thread asks.
                self._asked = now
        if asks:
            watched = Report.objects.filter(watched_until__gt=timezone.now()).order_by()
            self._watched = frozenset(watched.values_list("pk", flat=True))
            connections.close_all()
        return report_id in self._watched


_watched = _Watched()


class Progress:
    """Called with the text so far at each token; stores it only while someone watches the report.

    What is not to be shown before it is checked is not stored at all.
    """

    def __init__(self, claim: Claim, is_shown: bool = True) -> None:
        self._claim = claim
        self._is_shown = is_shown
        self._leads = claim.leads
        self._write_at = 0.0
        if claim.watched:
            _watched.add(claim.fill.report_id)

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if not self._leads and (now < self._write_at or not self._is_shown):
            return
        # What is shown of an answer must not end it.
        try:
            if self._leads:
                self._leads = False
                self._release()
            self._write_at = now + _WRITE_EVERY
            if self._is_shown and _watched.has(self._claim.fill.report_id, now):
                self._write(text)
        except DatabaseError:
            log.warning("the progress of fill %s could not be stored", self._claim.fill.pk, exc_info=True)

    def _release(self) -> None:
        """Let the others start, unless this fill was cancelled or taken away meanwhile."""
        if Fill.objects.filter(attempt=self._claim.attempt).exists():
            release_report(self._claim.fill.report_id)
        connections.close_all()

    def _write(self, text: str) -> None:
        Fill.objects.filter(attempt=self._claim.attempt, state=Fill.State.RUNNING).update(
            partial=text, changed=timezone.now()
        )
        connections.close_all()
