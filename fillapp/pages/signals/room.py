"""The first room of a signal, which is its kind's own."""

from collections.abc import Callable

from django.http import HttpResponse

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_SEE, find_signal
from fillapp.pages.signals.settings.page import show_settings
from fillapp.pages.signals.teaching.page import show_teaching
from signals.models import Signal

# A line a kind: what shows the room, and answers what is sent to it.
ROOMS: dict[str, Callable[[SignedIn, Signal], HttpResponse]] = {
    "few_shot": show_teaching,
    "rule": show_settings,
    "judge": show_settings,
}


@needs(MAY_SEE)
def show_signal(request: SignedIn, name: str) -> HttpResponse:
    """Teaching for one that learns from examples, settings for the others."""
    signal = find_signal(request, name)
    return ROOMS[signal.kind](request, signal)
