"""The Celery app, and a worker that runs inside this process."""

import os
import threading

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")

# The memory transport: messages never leave the process.
IN_PROCESS = "memory://localhost/"

app = Celery("fill")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    # How often the memory transport looks for a message, in seconds; real brokers push.
    broker_transport_options={"polling_interval": 0.01},
    broker_connection_retry_on_startup=True,
    task_default_queue=settings.FILL_QUEUE,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    include=["generation.engine.run"],
)
# By name: the models it needs are not loaded yet when Celery imports this file.
app.steps["worker"].add("generation.engine.housekeeper:HousekeeperStep")


def start_worker(queue: str = settings.FILL_QUEUE, *, broker: str = "") -> threading.Thread:
    """A worker for `queue` in a thread of this process, on `broker` or the one of the settings."""
    if broker:
        # Celery looks there before its own settings.
        os.environ.pop("CELERY_BROKER_URL", None)
        app.conf.broker_url = broker
    # Without this, tasks are received and silently never run.
    app.set_default()
    app.finalize()
    worker = app.WorkController(
        pool="threads",
        concurrency=settings.FILL_CONCURRENCY,
        queues=[queue],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    thread = threading.Thread(target=worker.start, name="fill-worker", daemon=True)
    thread.start()
    return thread
