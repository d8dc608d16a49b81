"""How far a signal is with reading everything again, and what one may do about it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE, find_signal
from fillapp.pages.ways import go_back
from signals.backfilling.backfill import (
    MOST_SLOW,
    CannotBackfill,
    cancel_backfill,
    is_current,
    start_backfill,
)
from signals.backfilling.embedding import current_pass
from signals.backfilling.sweep import send_catch_up
from signals.kinds import KINDS
from signals.models import Backfill, EmbeddingPass, Signal

MAY_LOOK = "signals.view_reading"
_USUAL_SLOW = 50


@dataclass(frozen=True)
class ShownBackfill:
    """A signal's last backfill; `embedding` while its vectors are still to be made.

    `is_slow`: each text costs a call of a model. `is_behind`: it was changed since, and will be read again.
    """

    signal: Signal
    backfill: Backfill | None
    embedding: EmbeddingPass | None
    is_slow: bool
    is_behind: bool
    most_slow: int = MOST_SLOW
    usual_slow: int = _USUAL_SLOW

    @property
    def is_moving(self) -> bool:
        """Whether it will look different in a moment."""
        return bool(self.embedding or (self.backfill and self.backfill.is_running) or self.is_behind)


def show_backfill(signal: Signal, backfill: Backfill | None = None) -> ShownBackfill:
    """For the template `signals/backfill.html`."""
    last = backfill or signal.backfills.select_related("by").first()
    is_slow = KINDS[signal.kind].is_slow
    reads = bool(signal.made_by) and signal.archived is None and not is_slow
    embedding = current_pass() if signal.kind == "few_shot" else None
    return ShownBackfill(
        signal=signal,
        backfill=last,
        embedding=embedding if embedding and embedding.is_running and embedding.total else None,
        is_slow=is_slow,
        is_behind=reads and not (last and is_current(last, signal)),
    )


@require_GET
@needs(MAY_LOOK)
def follow_backfill(request: SignedIn, name: str) -> HttpResponse:
    """The piece of page that says how far it is, for the script that looks again."""
    return render(request, "signals/backfill.html", {"shown": show_backfill(find_signal(request, name))})


@require_POST
@needs(MAY_CHANGE)
def change_backfill(request: SignedIn, name: str) -> HttpResponse:
    """Read everything again, or stop."""
    signal = find_signal(request, name)
    if request.POST.get("do") == "cancel":
        if cancel_backfill(signal):
            messages.success(request, f"“{signal.title}” reads no further. What it has read already stays.")
        return go_back(request, "signal", name)
    asked = request.POST.get("most", "")
    try:
        start_backfill(signal, request.user, int(asked) if asked.isdecimal() and len(asked) < 7 else None)
    except CannotBackfill as refusal:
        messages.error(request, str(refusal))
    else:
        send_catch_up()
    return go_back(request, "signal", name)
