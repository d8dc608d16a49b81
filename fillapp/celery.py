"""The Celery app, and a worker that runs inside this process."""

import os
import threading
from typing import Any

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")

# The memory transport: messages never leave the process.
IN_PROCESS = "memory://localhost/"

# What each transport is told. No message has to survive: the sweep sends again whatever a broker lost.
_OPTIONS: dict[str, dict[str, Any]] = {
    # How often it looks for a message, in seconds; real brokers push.
    "memory": {"polling_interval": 0.02},
    # Without the hash in which the transport keeps what is fetched and not acknowledged: it cost a fifth
    # of a busy worker's CPU to keep what the rows say already. A dead network is noticed.
    "redis": {"ack_emulation": False, "health_check_interval": 25, "socket_keepalive": True},
    # A message counts as sent when the broker says so; else it might be lost with the connection.
    "amqp": {"confirm_publish": True},
}


def transport_options(broker: str) -> dict[str, Any]:
    """The options for the transport that the broker's address names: redis://, rediss://, amqps:// …"""
    return next((options for name, options in _OPTIONS.items() if broker.startswith(name)), {})


app = Celery("fill")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=transport_options(settings.CELERY_BROKER_URL),
    broker_connection_retry_on_startup=True,
    # A worker waits for its broker for as long as it takes, and comes back by itself.
    broker_connection_max_retries=None,
    # RabbitMQ only: a connection that died silently is noticed within two of these seconds.
    broker_heartbeat=20,
    # Early: a message says "look at this row", and the row has a lease. Held until the end, messages of
    # long calls would run into the brokers' own time-outs and be delivered twice.
    task_acks_late=False,
    # Nobody waits long for a broker that is away: the row is queued, and the sweep sends it again.
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.2},
    task_default_queue=settings.FILL_QUEUE,
    task_ignore_result=True,
    # As many messages as there are threads: no worker sits on what another could begin.
    worker_prefetch_multiplier=1,
    # After a broker's restart Celery would fetch one message at a time and, on RabbitMQ, stand still.
    worker_enable_prefetch_count_reduction=False,
    # Nobody reads them, and each costs a message to every worker.
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    include=[
        "generation.engine.run",
        "generation.document_checks",
        "generation.looking",
        "generation.proving.run",
        "generation.suggesting.run",
        "signals.backfilling.sweep",
    ],
)
# By name: the models it needs are not loaded yet when Celery imports this file.
app.steps["worker"].add("generation.engine.housekeeper:HousekeeperStep")


def start_worker(queue: str = settings.FILL_QUEUE, *, broker: str = "") -> threading.Thread:
    """A worker for `queue` in a thread of this process, on `broker` or the one of the settings."""
    if broker:
        # Celery looks there before its own settings.
        os.environ.pop("CELERY_BROKER_URL", None)
        app.conf.update(broker_url=broker, broker_transport_options=transport_options(broker))
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
