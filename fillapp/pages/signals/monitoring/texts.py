"""The texts a signal flagged: counted for all, shown to those who may open what they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.backfills import MAY_LOOK
from fillapp.pages.signals.monitoring.filters import read_filters
from fillapp.pages.signals.tag_names import TagNames
from fillapp.pages.ways import keep_query
from fillapp.scopes import texts_open_to
from signals.models import Reading, Sample, Signal, Text
from signals.pieces import WHOLE

_ON_A_PAGE = 20
_LONGEST = 600


@dataclass(frozen=True)
class Shown:
    """A flagged text: the piece that drove it, and where it stands."""

    reading: Reading
    said: str
    where: str
    address: str
    is_earlier: bool


@require_GET
@needs(MAY_LOOK)
def show_texts(request: SignedIn) -> HttpResponse:
    """The newest first, by the same filters as the charts."""
    names = TagNames(request.user)
    filters = read_filters(request.GET, names)
    if not filters.signal:
        raise Http404
    signal = get_object_or_404(Signal.objects.defer("learned"), name=filters.signal)
    flagged = Reading.objects.filter(signal=signal, flagged=True, tags__in=list(filters.tag_sets))
    if filters.since:
        flagged = flagged.filter(day__gte=filters.since)
    if filters.until:
        flagged = flagged.filter(day__lte=filters.until)
    readable = flagged.filter(text__in=Text.objects.within(texts_open_to(request)).order_by())
    rows = readable.select_related("text").order_by("-day", "-text_id")
    pages = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "signal": signal,
        "filters": filters,
        "said": names.say(filters.tags),
        "flagged": flagged.count(),
        "readable": pages.paginator.count,
        "shown": show_readings(list(pages), signal, names),
        "pages": pages,
        "query": keep_query(request, "p"),
        "page": "signals",
        "area": "findings",
    }
    return render(request, "signals/monitoring/texts.html", context)


def show_readings(readings: Sequence[Reading], signal: Signal, names: TagNames) -> list[Shown]:
    """Readings of texts that may be shown, with the piece that drove each."""
    said = _said(readings)
    return [
        Shown(
            reading=reading,
            said=said.get((reading.text_id, reading.piece), "")[:_LONGEST],
            where=names.say(reading.text.tags),
            address=address_of(reading.text),
            is_earlier=reading.made_by != signal.made_by,
        )
        for reading in readings
    ]


def address_of(text: Text) -> str:
    """Where the text stands, as a page that decides by itself who may open it; empty if nowhere."""
    word, _, pk = text.scope.partition(":")
    if word != "report" or not pk.isdecimal():
        return ""
    block = text.tags.get("block", "")
    return reverse("report", args=[int(pk)]) + (f"#block-{block}" if block else "")


def _said(readings: Iterable[Reading]) -> dict[tuple[int, str], str]:
    rows = Sample.objects.filter(text__in=[reading.text_id for reading in readings]).order_by(
        "text", "number"
    )
    said: dict[tuple[int, str], str] = {}
    for text, address, words in rows.values_list("text", "address", "said"):
        said[text, address] = words
        # A text of one piece is its own whole, and has no other; the whole stands last.
        said[text, WHOLE] = words
    return said
