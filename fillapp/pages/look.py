"""One look at the database for all reports that are watched: what to tell whom."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from fillapp.pages.stream import LiveReport, join_events, write_event
from fillapp.watchers import Audience, Watcher
from generation.flags import with_values
from generation.models import Fill, Report

log = logging.getLogger(__name__)
# Rows can be committed after later ones and by clocks that differ: look this far back each time.
_OVERLAP = timedelta(seconds=5)
_FINISHED = write_event("finished", {})
# The page shows the parts of another template.
_MOVED = write_event("moved", {})


@dataclass
class News:
    """What one look found.

    `events` by audience and by what they are about: a later one replaces an earlier one that was not sent
    yet, an empty one takes it back. `seen` is what a page shows that was told all. `first` is for newcomers.
    To the audiences that `failed` something could not be said: they are to come as newcomers again.
    """

    events: dict[Audience, dict[str, bytes]] = field(default_factory=dict)
    seen: dict[Audience, str] = field(default_factory=dict)
    first: dict[Watcher, bytes] = field(default_factory=dict)
    failed: set[Audience] = field(default_factory=set)


class Looker:
    """Keeps the reports that are watched, and looks what changed in them. Not for two threads at once."""

    def __init__(self) -> None:
        self._reports: dict[int, LiveReport] = {}
        self._summaries: dict[Audience, bytes] = {}

    def look(
        self, audiences: Collection[Audience], newcomers: Mapping[Watcher, str], *, thorough: bool = False
    ) -> News:
        """What is new to these audiences; `newcomers` are told what the page they came from did not show.

        A thorough look also finds what was committed long after it was written.
        """
        try:
            wanted = {report_id for report_id, _ in audiences}
            self._reports = {pk: live for pk, live in self._reports.items() if pk in wanted}
            self._summaries = {one: said for one, said in self._summaries.items() if one in audiences}
            changed = self._load(wanted, thorough=thorough)
            coming: defaultdict[Audience, dict[Watcher, str]] = defaultdict(dict)
            for watcher, seen in newcomers.items():
                coming[watcher.audience][watcher] = seen
            news = News()
            for audience in audiences:
                if audience[0] in self._reports and (audience[0] in changed or audience in coming):
                    self._tell(news, audience, changed.get(audience[0], ()), coming.get(audience, {}))
            return news
        finally:
            # The look is over in no time: it must not keep a connection from the others until the next.
            close_old_connections()

    def _load(self, wanted: set[int], *, thorough: bool) -> dict[int, list[Fill]]:
        """Bring what is kept up to date, in one go for all reports; what changed in those known before."""
        new, changed = wanted - self._reports.keys(), self._find_changed(thorough=thorough)
        if not new and not changed:
            return {}
        found: defaultdict[int, list[Fill]] = defaultdict(list)
        wanted_fills = Q(report__in=new, gone=False) | Q(pk__in=changed)
        fills = Fill.every.filter(wanted_fills).order_by("report", "position")
        for fill in with_values(fills):
            found[fill.report_id].append(fill)
        reports = Report.objects.in_bulk(found.keys() - new)
        for report in Report.objects.filter(pk__in=new).select_related("snapshot"):
            reports[report.pk] = report
            self._reports[report.pk] = LiveReport(report)
        for pk, report in reports.items():
            self._reports[pk].renew(report, found[pk])
        return {pk: fills for pk, fills in found.items() if pk not in new}

    def _find_changed(self, *, thorough: bool) -> list[int]:
        fills = Fill.every.filter(report__in=self._reports.keys()).order_by()
        if not thorough:
            fills = fills.filter(changed__gt=timezone.now() - _OVERLAP)
        known = {pk: fill.changed for live in self._reports.values() for pk, fill in live.fills.items()}
        rows = fills.values_list("pk", "changed", "gone")
        return [pk for pk, changed, gone in rows if (pk in known if gone else known.get(pk) != changed)]

    def _tell(
        self, news: News, audience: Audience, changed: Sequence[Fill], coming: Mapping[Watcher, str]
    ) -> None:
        try:
            events, first = self._write(audience, changed, coming)
        except Exception:
            # One report that cannot be shown must not silence the others.
            log.exception("telling the watchers of report %s", audience[0])
            news.failed.add(audience)
        else:
            report_id, can_edit = audience
            news.events[audience] = events
            news.seen[audience] = self._reports[report_id].seen(can_edit=can_edit)
            news.first |= first

    def _write(
        self, audience: Audience, changed: Sequence[Fill], coming: Mapping[Watcher, str]
    ) -> tuple[dict[str, bytes], dict[Watcher, bytes]]:
        """What an audience is told, and each of its newcomers."""
        report_id, can_edit = audience
        live = self._reports[report_id]
        present = [fill for fill in changed if not fill.gone]
        events = {f"block {fill.block}": live.block(fill, can_edit=can_edit) for fill in present}
        if changed and live.has_moved:
            events["moved"] = _MOVED
        summary = live.summary(can_edit=can_edit)
        if summary != self._summaries.get(audience):
            events["summary"] = summary
        if changed and live.has_turned:
            events["finished"] = _FINISHED if live.is_finished else b""
        end = [summary, _FINISHED] if live.is_finished else [summary]
        now = live.seen(can_edit=can_edit)
        first = {
            watcher: join_events([*live.unseen(seen, can_edit=can_edit), *end], now)
            for watcher, seen in coming.items()
        }
        self._summaries[audience] = summary
        return events, first
