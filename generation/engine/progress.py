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
    """Which reports someone is watching, asked at most once a second per report and process."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, bool]] = {}
        self._lock = threading.Lock()

    def is_watched(self, report_id: int, now: float) -> bool:
        with self._lock:
            asked, watched = self._known.get(report_id, (0.0, False))
            if now - asked < _LOOK_EVERY:
                return watched
            self._known = {key: value for key, value in self._known.items() if now - value[0] < 60}
            # The others go by what was known while this thread asks.
            self._known[report_id] = (now, watched)
        report = Report.objects.filter(pk=report_id, watched_until__gt=timezone.now())
        watched = report.exists()
        connections.close_all()
        with self._lock:
            self._known[report_id] = (now, watched)
        return watched


_watched = _Watched()


class Progress:
    """Called with the text so far at each token; stores it only while someone watches the report."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._leads = claim.fill.report.released is None
        self._write_at = 0.0

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if not self._leads and now < self._write_at:
            return
        # What is shown of an answer must not end it.
        try:
            if self._leads:
                self._leads = False
                self._release()
            self._write_at = now + _WRITE_EVERY
            if _watched.is_watched(self._claim.fill.report_id, now):
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
