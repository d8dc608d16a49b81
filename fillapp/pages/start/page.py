"""The page where a report is started, which is the first page too."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.reports import find_cases, make_rows
from fillapp.pages.start.cards import Card, find_cards
from fillapp.pages.start.case import Case
from fillapp.pages.start.earlier import find_earlier
from fillapp.pages.start.form import read_case, sent
from fillapp.pages.start.upload import MAY_START
from generation.documents.read import SUFFIXES
from generation.documents.refusals import KINDS
from generation.engine.schedule import start_report
from generation.models import Report
from generation.profiles import UnknownProfile
from generation.reports import CannotStart, create_report

_LATEST = 5


@require_http_methods(["GET", "POST"])
@needs(MAY_START)
def start(request: SignedIn, slug: str = "") -> HttpResponse:
    """The form of a new case. What was uploaded stays with it, whatever goes wrong."""
    cards = find_cards(request.user)
    card = _choose(request, cards, slug)
    case = read_case(request, card)
    if request.POST.get("do") != "generate" or case.refused:
        return _show(request, cards, card, case)
    try:
        report = _create(request, card, case)
    except (CannotStart, UnknownProfile) as refusal:
        case.cannot_start = str(refusal)
        return _show(request, cards, card, case, status=422)
    start_report(report)
    return redirect("report", pk=report.pk)


def _choose(request: SignedIn, cards: list[Card], slug: str) -> Card | None:
    """The template of the form, else of the address, else the only one there is."""
    by_slug = {card.slug: card for card in cards}
    if slug and slug not in by_slug:
        raise Http404
    wanted = sent(request).get("template", slug)
    if not wanted and len(cards) == 1:
        return cards[0]
    return by_slug.get(wanted)


def _create(request: SignedIn, card: Card | None, case: Case) -> Report:
    if card is None:
        raise CannotStart("Choose a template: it says what the report holds.")
    return create_report(
        card.version.snapshot,
        [(entry.document, entry.slot) for entry in case.entries],
        title=case.title,
        owner=request.user,
        template=card.version.template,
        version=card.version,
    )


def _show(
    request: SignedIn, cards: list[Card], card: Card | None, case: Case, status: int = 200
) -> HttpResponse:
    query = sent(request).get("q", "").strip()
    # A report that is started again: its documents are at hand.
    again = request.GET.get("from", "")
    context = {
        "cards": [(one, one.fits(query) or one == card) for one in cards],
        "found": sum(one.fits(query) for one in cards),
        "query": query,
        "chosen": card,
        "address": reverse("start", args=[card.slug]) if card else reverse("gallery"),
        "case": case,
        "again": again,
        "earlier": find_earlier(request.user, {entry.document.sha256 for entry in case.entries}, first=again),
        "suffixes": SUFFIXES,
        "kinds": KINDS,
        "largest": settings.FILL_LARGEST_UPLOAD,
    }
    return _render(request, context, status)


def _render(request: SignedIn, context: dict[str, Any], status: int) -> HttpResponse:
    rows = make_rows(find_latest(request))
    return render(
        request, "generation/start.html", context | {"rows": rows, "page": "gallery"}, status=status
    )


def find_latest(request: SignedIn) -> list[Report]:
    """The reports worked on last, for whoever may read reports at all."""
    may_read = request.user.has_perm("generation.view_report")
    return list(find_cases(request.user)[:_LATEST]) if may_read else []
