"""The housekeeping of a worker process: renews its leases, sweeps its queues."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import Any

from celery import bootsteps
from django.db import connections

from generation.engine.leases import LEASE, holds_any, renew_leases
from generation.engine.sweep import sweep
from generation.engine.tuning import tune_for_threads
from generation.llm import warm_up
from generation.profiles import UnknownProfile, default_profile

log = logging.getLogger(__name__)
BEAT = LEASE.total_seconds() / 4
_BEATS_A_SWEEP = 6


class Housekeeper:
    """Two threads: one renews the leases four times a lease, one sweeps at the start and every
    six beats (5 s and 30 s, unless FILL_LEASE_SECONDS says otherwise).

    Apart, for a broker that does not answer must not cost this process its leases.
    """

    def __init__(self, queues: Collection[str], *, alone: bool) -> None:
        self._queues = queues
        self._alone = alone
        self._stop = threading.Event()

    def start(self) -> None:
        """Begin in the background."""
        for run in (self._beat, self._sweep):
            threading.Thread(target=run, name="fill-housekeeper", daemon=True).start()

    def stop(self) -> None:
        """Sweep no more. Leases are renewed until the last answer under way is written."""
        self._stop.set()

    def _beat(self) -> None:
        while not self._stop.is_set() or holds_any():
            time.sleep(BEAT)
            _do(renew_leases)

    def _sweep(self) -> None:
        _do(lambda: sweep(self._queues, alone=self._alone, at_start=True))
        beats = 0
        while not self._stop.wait(BEAT):
            beats += 1
            # Right after a start, what the process before this one left behind runs out beat by beat.
            if beats % _BEATS_A_SWEEP == 0 or beats <= _BEATS_A_SWEEP:
                _do(lambda: sweep(self._queues, alone=self._alone))


def _do(task: Callable[[], None]) -> None:
    try:
        task()
    except Exception:
        log.exception("housekeeping")
    finally:
        connections.close_all()


class HousekeeperStep(bootsteps.StartStopStep):
    """Makes the housekeeper a part of every Celery worker that serves fills."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **kwargs: Any) -> None:
        super().__init__(worker, **kwargs)
        self._housekeeper: Housekeeper | None = None

    def start(self, worker: Any) -> None:
        try:
            warm_up(default_profile())
        except UnknownProfile as error:
            log.warning("%s Reports that name another profile are filled.", error)
        queues = list(worker.app.amqp.queues.consume_from)
        alone = worker.app.connection_for_read().transport_cls == "memory"
        self._housekeeper = Housekeeper(queues, alone=alone)
        self._housekeeper.start()
        # Where the worker shares its process, with a web server, the process is not ours to tune.
        if not alone:
            tune_for_threads()

    def stop(self, worker: Any) -> None:
        if self._housekeeper:
            self._housekeeper.stop()
