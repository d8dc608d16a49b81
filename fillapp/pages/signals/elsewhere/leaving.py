"""A signal as one JSON file, and the lines of Python that run it without Fill."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_SEE, find_signal
from fillapp.pages.signals.sets.found import find_sets
from signals.learning.portable import SNIPPET
from signals.portable import NotReady, write_file


@require_GET
@needs(MAY_SEE)
def show_elsewhere(request: SignedIn, name: str) -> HttpResponse:
    """What can be taken along, and the sets that it can be tried on."""
    signal = find_signal(request, name)
    context = {
        "signal": signal,
        "why_not": _why_not(name, request),
        "snippet": SNIPPET.read_text("utf-8") if signal.kind == "few_shot" else "",
        "sets": [one for one in find_sets(request.user) if one.is_complete],
        "room": "elsewhere",
        "page": "signals",
    }
    return render(request, "signals/elsewhere/leaving.html", context)


@require_GET
@needs(MAY_SEE)
def download(request: SignedIn, name: str) -> HttpResponse:
    """The file."""
    signal = find_signal(request, name)
    try:
        text = write_file(signal)
    except NotReady as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    return _attach(text, f"{signal.name}.signal.json", "application/json")


@require_GET
@needs(MAY_SEE)
def download_snippet(request: SignedIn, name: str) -> HttpResponse:
    """The lines of Python; the same for every signal that learnt."""
    find_signal(request, name)
    return _attach(SNIPPET.read_text("utf-8"), "score_signal.py", "text/x-python; charset=utf-8")


def _why_not(name: str, request: SignedIn) -> str:
    try:
        write_file(find_signal(request, name))
    except NotReady as error:
        return str(error)
    return ""


def _attach(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
