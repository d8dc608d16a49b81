"""What is heard of an answer while it is written: the first token releases the rest of the report."""

import time

from django.db import connections
from django.utils import timezone

from generation.engine.leases import Claim
from generation.engine.schedule import release_report
from generation.models import Fill, Report

_LOOK_EVERY = 1.0
_WRITE_EVERY = 0.4


class Progress:
    """Called with the text so far at each token; stores it only while someone watches the report."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._heard = False
        self._watched = False
        self._look_at = 0.0
        self._write_at = 0.0

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if not self._heard:
            self._heard = True
            release_report(self._claim.report_id)
            connections.close_all()
        if now >= self._look_at:
            self._look_at = now + _LOOK_EVERY
            self._watched = self._is_watched()
        if self._watched and now >= self._write_at:
            self._write_at = now + _WRITE_EVERY
            self._write(text)

    def _is_watched(self) -> bool:
        report = Report.objects.filter(pk=self._claim.report_id, watched_until__gt=timezone.now())
        watched = report.exists()
        connections.close_all()
        return watched

    def _write(self, text: str) -> None:
        Fill.objects.filter(attempt=self._claim.attempt, state=Fill.State.RUNNING).update(
            partial=text, changed=timezone.now()
        )
        connections.close_all()
