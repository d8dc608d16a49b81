"""Making a signal: its title, the question it answers, and its kind."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_ADD
from fillapp.pages.signals.titles import LONGEST_QUESTION, LONGEST_TITLE, NO_TITLE, read_question, read_title
from signals.changing import save_signal
from signals.kinds import KINDS
from signals.models import Signal
from signals.naming import make_name


@require_http_methods(["GET", "POST"])
@needs(MAY_ADD)
def make_signal(request: SignedIn) -> HttpResponse:
    """The form; a POST makes the signal and opens it."""
    title, question, kind = read_title(request), read_question(request), request.POST.get("kind", "")
    if request.method == "POST" and title and kind in KINDS:
        signal = Signal(
            name=make_name(title),
            title=title,
            question=question,
            kind=kind,
            settings=KINDS[kind].Settings().model_dump(mode="json"),
            author=request.user,
        )
        save_signal(signal)
        return redirect("signal", name=signal.name)
    context = {
        "kinds": list(KINDS.values()),
        "chosen": kind if kind in KINDS else next(iter(KINDS)),
        "title": title,
        "question": question,
        "error": NO_TITLE if request.method == "POST" and not title else "",
        "longest": LONGEST_TITLE,
        "longest_question": LONGEST_QUESTION,
        "page": "signals",
    }
    return render(request, "signals/new.html", context, status=422 if request.method == "POST" else 200)
