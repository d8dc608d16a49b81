"""What is done with a signal as a whole: another title or question, into the archive, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE, find_signal
from fillapp.pages.signals.titles import LONGEST_QUESTION, LONGEST_TITLE, NO_TITLE, read_question, read_title
from fillapp.pages.ways import go_back, read_next
from signals.models import Signal


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def rename(request: SignedIn, name: str) -> HttpResponse:
    """Another title and question; the key stays, for guards name it. Of two people, the last is right."""
    signal = find_signal(request, name)
    is_sent = request.method == "POST"
    title = read_title(request) if is_sent else signal.title
    question = read_question(request) if is_sent else signal.question
    if is_sent and title:
        Signal.objects.filter(pk=signal.pk).update(title=title, question=question, changed=timezone.now())
        return go_back(request, "signal", name)
    context = {
        "signal": signal,
        "title": title,
        "question": question,
        "error": "" if title else NO_TITLE,
        "longest": LONGEST_TITLE,
        "longest_question": LONGEST_QUESTION,
        "next": read_next(request),
        "page": "signals",
    }
    return render(request, "signals/rename.html", context, status=200 if title else 422)


@require_POST
@needs(MAY_CHANGE)
def archive(request: SignedIn, name: str) -> HttpResponse:
    """It reads nothing new; what it said and was taught is kept."""
    signal = find_signal(request, name)
    Signal.objects.filter(pk=signal.pk).update(archived=timezone.now())
    messages.success(request, f"“{signal.title}” is in the archive: it reads nothing new.")
    return go_back(request, "signals")


@require_POST
@needs(MAY_CHANGE)
def bring_back(request: SignedIn, name: str) -> HttpResponse:
    """At work again."""
    signal = find_signal(request, name)
    Signal.objects.filter(pk=signal.pk).update(archived=None)
    messages.success(request, f"“{signal.title}” is back.")
    return go_back(request, "signals")
