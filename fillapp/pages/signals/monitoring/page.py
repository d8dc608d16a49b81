"""The page of findings: for each signal how often it flags over time, and where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.backfills import MAY_LOOK, ShownBackfill, show_backfill
from fillapp.pages.signals.monitoring.chart import Chart, draw
from fillapp.pages.signals.monitoring.filters import PERIODS, Filters, read_filters
from fillapp.pages.signals.monitoring.series import Series, Share, make_series
from fillapp.pages.signals.tag_names import OTHER, TAGS, TagNames
from signals.backfilling.backfill import latest_backfills
from signals.counting import count_by_day, count_by_tags, count_unread, earlier_days
from signals.models import Signal

_FEW = 5


@dataclass(frozen=True)
class Part:
    """One value of a tag: what it is called, its share, and the query that shows it alone, if one can."""

    name: str
    share: Share
    query: str


@dataclass(frozen=True)
class Breakdown:
    """How the flagged texts divide by one tag."""

    label: str
    parts: list[Part]


@dataclass(frozen=True)
class Card:
    """One signal: its series, its chart, and whether it is reading again."""

    signal: Signal
    series: Series
    chart: Chart
    backfill: ShownBackfill
    query: str
    failed: int = 0
    breakdowns: list[Breakdown] = field(default_factory=list)

    @property
    def is_earlier(self) -> bool:
        """Whether some of what is shown was read by an earlier state of the signal."""
        return any(bucket.is_earlier for bucket in self.series.buckets)


@require_GET
@needs(MAY_LOOK)
def show_findings(request: SignedIn) -> HttpResponse:
    """Every signal side by side, or one of them closely."""
    names = TagNames(request.user)
    filters = read_filters(request.GET, names)
    signals = list(Signal.objects.filter(archived=None).defer("learned"))
    asked = [signal for signal in signals if signal.name == filters.signal] if filters.signal else signals
    cards = make_cards(asked, filters)
    one = cards[0] if filters.signal and cards else None
    if one:
        one.breakdowns.extend(_break_down(one.signal, filters, names))
    context = {
        "signals": signals,
        "cards": cards,
        "one": one,
        "filters": filters,
        "periods": PERIODS,
        "has_texts": bool(filters.tag_sets),
        "all_query": filters.query(signal=""),
        "is_teacher": request.user.has_perm("signals.view_signal"),
        "page": "signals",
        "area": "findings",
    }
    return render(request, "signals/monitoring/page.html", context)


def make_cards(signals: Sequence[Signal], filters: Filters) -> list[Card]:
    """A card for each, by a few questions for all of them."""
    today, tag_sets = timezone.localdate(), list(filters.tag_sets)
    counts = defaultdict(list)
    for count in count_by_day(signals, tag_sets):
        counts[count.signal].append(count)
    backfills, unread = latest_backfills(), count_unread(signals, tag_sets)
    cards = []
    for signal in signals:
        shown = show_backfill(signal, backfills.get(signal.pk))
        is_settled = shown.backfill and shown.backfill.state == "done" and not shown.is_behind
        days: set[date] = set() if is_settled else earlier_days(signal, tag_sets)
        series = make_series(counts[signal.pk], filters.by, today, days)
        query = filters.query(signal=signal.name)
        cards.append(Card(signal, series, draw(series.buckets), shown, query, unread.get(signal.pk, 0)))
    # What is surely flagged most often first.
    return sorted(cards, key=lambda card: -card.series.whole.low)


def _break_down(signal: Signal, filters: Filters, names: TagNames) -> list[Breakdown]:
    counts = count_by_tags(signal, filters.tag_sets)
    breakdowns = []
    for tag, label in TAGS.items():
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for tag_set, (read, flagged) in counts.items():
            total = sums[names.shown(filters.tag_sets[tag_set], tag)]
            total[0] += read
            total[1] += flagged
        parts = [
            Part(names.name(tag, value), Share(flagged, read), _query(filters, tag, value))
            for value, (read, flagged) in sums.items()
        ]
        if len(parts) > 1:
            # What is surely often first; a handful of texts is no rate.
            parts.sort(key=lambda part: (part.share.read < _FEW, -part.share.low, part.name))
            breakdowns.append(Breakdown(label, parts))
    return breakdowns


def _query(filters: Filters, tag: str, value: str) -> str:
    if tag in ("block", "version"):
        template, _, own = value.partition(":")
        return filters.query(**{"template": template, tag: own}) if value != OTHER and own else ""
    return filters.query(**{tag: value}) if value else ""
