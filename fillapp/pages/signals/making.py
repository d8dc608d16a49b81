"""Making a signal: its title, the question it answers, and its kind."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_ADD
from fillapp.pages.signals.titles import LONGEST_QUESTION, LONGEST_TITLE, NO_TITLE, read_question, read_title
from fillapp.scopes import texts_open_to
from signals.changing import save_signal
from signals.kinds import KINDS
from signals.kinds.few_shot import FewShot
from signals.models import Sample, Signal, Text
from signals.naming import make_name
from signals.teaching.lesson import set_up

_MOST_START, _LONGEST_PHRASE = 50, 300


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
        if kind == FewShot.name and (phrase := _read_start(request)):
            set_up(signal, phrase=phrase)
        return redirect("signal", name=signal.name)
    context = {
        "kinds": list(KINDS.values()),
        "chosen": kind if kind in KINDS else next(iter(KINDS)),
        "title": title,
        "question": question,
        "start": _asked_start(request),
        "error": NO_TITLE if request.method == "POST" and not title else "",
        "longest": LONGEST_TITLE,
        "longest_question": LONGEST_QUESTION,
        "page": "signals",
    }
    return render(request, "signals/new.html", context, status=422 if request.method == "POST" else 200)


def _asked_start(request: SignedIn) -> str:
    """The samples to start from, the most typical first, as the page of what stands out names them."""
    return request.POST.get("start", request.GET.get("start", ""))


def _read_start(request: SignedIn) -> str:
    """What the first of them says that this person may read: texts like it are likely ones."""
    pks = [
        int(pk) for pk in _asked_start(request).split(",")[:_MOST_START] if pk.isdecimal() and len(pk) < 18
    ]
    texts = Text.objects.within(texts_open_to(request)).order_by()
    said = dict(Sample.objects.filter(pk__in=pks, text__in=texts).values_list("pk", "said"))
    return next((" ".join(said[pk].split())[:_LONGEST_PHRASE] for pk in pks if pk in said), "")
