"""The page of all signals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.entries import list_signals
from fillapp.pages.signals.found import MAY_SEE
from signals.models import Signal


@require_GET
@needs(MAY_SEE)
def show_signals(request: SignedIn) -> HttpResponse:
    """Every signal, what is archived apart."""
    entries = list_signals(list(Signal.objects.all()))
    context = {
        "entries": [entry for entry in entries if entry.signal.archived is None],
        "archived": [entry for entry in entries if entry.signal.archived],
        "page": "signals",
    }
    return render(request, "signals/list.html", context)
