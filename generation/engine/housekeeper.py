"""One thread per worker process: renews its leases, sweeps its queues."""

import logging
import threading
from collections.abc import Callable, Collection
from typing import Any

from celery import bootsteps
from django.db import connections

from generation.engine.leases import renew_leases
from generation.engine.sweep import sweep
from generation.llm import warm_up
from generation.profiles import default_profile

log = logging.getLogger(__name__)
BEAT = 5.0
_BEATS_A_SWEEP = 6


class Housekeeper:
    """Beats every 5 s and sweeps at the start and every 30 s, or sooner after a lease has run out."""

    def __init__(self, queues: Collection[str], *, broker_forgets: bool) -> None:
        self._queues = queues
        self._broker_forgets = broker_forgets
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fill-housekeeper", daemon=True)

    def start(self) -> None:
        """Begin in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End soon."""
        self._stop.set()

    def _run(self) -> None:
        self._do(lambda: sweep(self._queues, at_start=self._broker_forgets))
        beats = 0
        while not self._stop.wait(BEAT):
            beats += 1
            self._do(renew_leases)
            if beats % _BEATS_A_SWEEP == 0 or beats <= _BEATS_A_SWEEP:
                # Right after a start, what the process before this one left behind runs out beat by beat.
                self._do(lambda: sweep(self._queues))

    def _do(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception:
            log.exception("housekeeping")
        finally:
            connections.close_all()


class HousekeeperStep(bootsteps.StartStopStep):  # type: ignore[misc]
    """Makes the housekeeper a part of every Celery worker that serves fills."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, worker: Any, **kwargs: Any) -> None:
        super().__init__(worker, **kwargs)
        self._housekeeper: Housekeeper | None = None

    def start(self, worker: Any) -> None:
        warm_up(default_profile())
        queues = list(worker.app.amqp.queues.consume_from)
        forgets = worker.app.connection_for_read().transport_cls == "memory"
        self._housekeeper = Housekeeper(queues, broker_forgets=forgets)
        self._housekeeper.start()

    def stop(self, worker: Any) -> None:
        if self._housekeeper:
            self._housekeeper.stop()
