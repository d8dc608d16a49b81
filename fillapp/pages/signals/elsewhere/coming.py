"""A signal that comes in a file: looked at, named, and kept beside those that are there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_ADD
from fillapp.pages.signals.titles import LONGEST_TITLE, read_title
from signals.models import Signal
from signals.portable import LARGEST, BadFile, Given, keep_given, read_file

_NO_FILE = "Choose the file of a signal first: a .json file that was downloaded as one."


@require_http_methods(["GET", "POST"])
@needs(MAY_ADD)
def import_signal(request: SignedIn) -> HttpResponse:
    """The form; a POST keeps the signal, or says why not."""
    title, text, given, error = read_title(request), "", None, ""
    if request.method == "POST":
        try:
            text = _read(request)
            given = read_file(text)
        except BadFile as refusal:
            error = str(refusal)
    if given:
        clash = Signal.objects.filter(name=given.name).first() if given.name else None
        if not clash or (title and title != clash.title):
            return _keep(request, given, title or given.title)
        if "title" in request.POST and title:
            error = f"There is a signal called “{title}” already: give this one another title."
    context = {
        "title": title or (given.title if given else ""),
        "given": given,
        "text": text if given else "",
        "error": error,
        "longest": LONGEST_TITLE,
        "page": "signals",
    }
    status = 422 if error or given else 200
    return render(request, "signals/elsewhere/coming.html", context, status=status)


def _read(request: SignedIn) -> str:
    """The file's text; the second time, when another title was asked for, the page sends it along."""
    file = request.FILES.get("file")
    if file is None:
        kept = request.POST.get("text", "")
        if not kept:
            raise BadFile(_NO_FILE)
        return kept
    if (file.size or 0) > LARGEST:
        raise BadFile("This file is too large to be a signal: choose one that was downloaded here.")
    data: bytes = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("This file is not a signal: choose a .json file that was downloaded as one.") from error


def _keep(request: SignedIn, given: Given, title: str) -> HttpResponse:
    signal = keep_given(given, title, request.user)
    messages.success(request, f"“{signal.title}” is here. Guards name it {signal.name}.")
    if given.misfit:
        messages.warning(request, given.misfit)
    return redirect("signal", name=signal.name)
