"""The page of everything people said for a signal: found again, changed, settled, noted."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE, MAY_SEE, find_taught
from fillapp.pages.signals.teaching.opinions import ShownOpinion, show_opinions
from fillapp.pages.ways import go_back, keep_query
from fillapp.scopes import readable_texts
from signals.clean import clean_text
from signals.handed import CannotEmbed
from signals.models import Label, Text
from signals.teaching.lesson import look_up, teach
from signals.teaching.saying import LONGEST_NOTE

_A_PAGE = 40
_FILTERS: dict[str, tuple[str, Callable[[ShownOpinion], bool]]] = {
    "": ("All", lambda one: True),
    "yes": ("Yes", lambda one: one.counts is True),
    "no": ("No", lambda one: one.counts is False),
    "disputed": ("Disagreement", lambda one: one.is_disputed),
    "noted": ("With a note", lambda one: any(label.note for label in one.labels)),
}


@require_GET
@needs(MAY_SEE)
def show_labels(request: SignedIn, name: str) -> HttpResponse:
    """Those on texts the person may read; the others are counted."""
    signal = find_taught(request, name)
    opinions = look_up(signal).opinions
    shown = show_opinions(request.user, readable_texts(request.user), opinions)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in _FILTERS else ""
    words = clean_text(request.GET.get("q", "")).casefold().split()
    found = [one for one in shown if _FILTERS[chosen][1](one) and _fits(one, words)]
    context = {
        "signal": signal,
        "found": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "filters": [(key, label, sum(map(fits, shown))) for key, (label, fits) in _FILTERS.items()],
        "chosen": chosen,
        "q": request.GET.get("q", ""),
        "has_any": bool(opinions),
        "hidden": len(opinions) - len(shown),
        "query": keep_query(request, "page"),
        "room": "labels",
        "page": "signals",
    }
    return render(request, "signals/teaching/labels.html", context)


@require_POST
@needs(MAY_CHANGE)
def change_label(request: SignedIn, name: str, pk: int) -> HttpResponse:
    """Remove a word of one's own, or note something beside it."""
    signal = find_taught(request, name)
    readable = Text.objects.within(readable_texts(request.user))
    own = Label.objects.filter(signal=signal, author=request.user, sample__text__in=readable)
    label = get_object_or_404(own, pk=pk)
    if request.POST.get("do") == "remove":
        label.delete()
        try:
            teach(signal)
            messages.success(request, "It is no example any more.")
        except CannotEmbed as error:
            messages.warning(request, f"It is no example any more, but nothing was learnt from that: {error}")
    else:
        Label.objects.filter(pk=label.pk).update(
            note=clean_text(request.POST.get("note", "")).strip()[:LONGEST_NOTE]
        )
        messages.success(request, "The note is kept.")
    return go_back(request, "signal_labels", name)


def _fits(one: ShownOpinion, words: list[str]) -> bool:
    text = " ".join([one.sample.said, *(label.note for label in one.labels)]).casefold()
    return all(word in text for word in words)
