"""What the sweep of a worker does for signals: begin what is due, and have somebody take it up."""

import logging

from celery import current_app, shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from signals.alerting.check import check_alerts
from signals.alerting.telling import tell_untold, untold
from signals.backfilling.backfill import run_waiting, start_due
from signals.backfilling.embedding import run_waiting_embedding, start_due_embedding
from signals.backfilling.passes import waiting
from signals.backfilling.retraining import any_to_retrain
from signals.models import Backfill, EmbeddingPass

log = logging.getLogger(__name__)
CATCH_UP = "signals.catch_up"


@shared_task(name=CATCH_UP, ignore_result=True)
def catch_up() -> None:
    """Tell, embed, learn and read what waits for it; another process may do so at the same time."""
    tell_untold()
    run_waiting_embedding()
    run_waiting()


def sweep_signals() -> None:
    """Begin what is due, take up what a dead process left behind, and raise alerts."""
    start_due_embedding()
    start_due()
    check_alerts()
    if _is_anything_left():
        send_catch_up()


def _is_anything_left() -> bool:
    passes = waiting(Backfill.objects.all()).exists() or waiting(EmbeddingPass.objects.all()).exists()
    return passes or untold().exists() or any_to_retrain()


def send_catch_up() -> None:
    """One message; without a broker the next sweep sends it."""
    try:
        current_app.send_task(CATCH_UP, queue=settings.FILL_QUEUE, ignore_result=True)
    except OperationalError as error:
        log.warning("signals are to read again, but the broker cannot be reached: %s", error)
