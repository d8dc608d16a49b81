"""The first room of a signal, which is its kind's own."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_SEE, find_signal
from fillapp.pages.signals.teaching.page import show_teaching
from signals.models import Signal

# A line a kind: what shows the room, and answers what is sent to it.
ROOMS: dict[str, Callable[[SignedIn, Signal], HttpResponse]] = {"few_shot": show_teaching}


@needs(MAY_SEE)
def show_signal(request: SignedIn, name: str) -> HttpResponse:
    """Teaching for one that learns from examples, settings for the others."""
    signal = find_signal(request, name)
    show = ROOMS.get(signal.kind, _show_bare)
    return show(request, signal)


def _show_bare(request: SignedIn, signal: Signal) -> HttpResponse:
    context = {"signal": signal, "room": "first", "page": "signals"}
    return render(request, "signals/bare.html", context)
