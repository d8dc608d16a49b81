"""The live side of a report's page: one stream of events, each block as the page itself shows it."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import cached_property

import orjson
from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import close_old_connections
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from fillapp.hub import hub
from fillapp.pages.counts import is_unfinished
from fillapp.pages.shown import ShownBlock, count, levels, render_block, show_block
from generation.flags import load_fills
from generation.models import Fill, Report
from templates.blocks.base import Json
from templates.body import TemplateBody

_BEAT = 5.0
_WATCHED = timedelta(seconds=15)
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@require_GET
@login_required
async def stream_report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Events of a report until it is finished: `block`, `summary`, and `finished` at the end."""
    user = await request.auser()
    if not await Report.objects.visible_to(user).filter(pk=pk).aexists():
        raise Http404
    events = follow_report(pk, user.pk or 0)
    return StreamingHttpResponse(events, content_type="text/event-stream", headers=_HEADERS)


async def follow_report(report_id: int, user_id: int) -> AsyncIterator[str]:
    """The events as text. Begins with the state of every block, so a reconnect loses nothing."""
    watch = Watch(report_id, user_id)
    next_beat = 0.0
    async with hub.listen(report_id) as wake:
        while watch.open:
            wake.clear()
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + _BEAT
                await sync_to_async(watch.beat)()
                yield ": beat\n\n"
            for event in await sync_to_async(watch.look)():
                yield event
            try:
                if watch.open:
                    await asyncio.wait_for(wake.wait(), max(0, next_beat - time.monotonic()))
            except TimeoutError:
                continue


class Watch:
    """One person looking at one report, and what was shown to them so far."""

    def __init__(self, report_id: int, user_id: int) -> None:
        self._report_id = report_id
        self._user_id = user_id
        self._sent: dict[str, datetime] = {}
        self._summary = ""
        self.open = True

    def beat(self) -> None:
        """Ask again whether the person may look, and let workers know that somebody does."""
        try:
            user = User.objects.filter(pk=self._user_id).first()
            reports = Report.objects.visible_to(user).filter(pk=self._report_id) if user else None
            self.open = bool(reports and reports.update(watched_until=timezone.now() + _WATCHED))
        finally:
            close_old_connections()

    def look(self) -> list[str]:
        """The events for what changed since the last look."""
        if not self.open:
            return []
        try:
            return self._look()
        finally:
            # A stream lives for minutes: it must not keep a connection from the others.
            close_old_connections()

    def _look(self) -> list[str]:
        fills = load_fills(self._report)
        events = [self._block_event(fill) for fill in fills.values() if self._is_new(fill)]
        finished = not is_unfinished(fills.values())
        summary = self._summary_event(list(fills.values()))
        if summary != self._summary:
            self._summary = summary
            events.append(summary)
        if finished:
            self.open = False
            events.append(_event("finished", {}))
        self._sent = {fill.block: fill.changed for fill in fills.values()}
        return events

    def _is_new(self, fill: Fill) -> bool:
        return self._sent.get(fill.block) != fill.changed

    def _block_event(self, fill: Fill) -> str:
        body = self._body
        shown = show_block(
            body, body.block(fill.block), fill, level=self._levels[fill.block], can_edit=self._can_edit
        )
        return _event("block", block_data(shown))

    def _summary_event(self, fills: list[Fill]) -> str:
        return _event("summary", summary_data(self._report, fills, can_edit=self._can_edit))

    @cached_property
    def _report(self) -> Report:
        return Report.objects.select_related("snapshot").get(pk=self._report_id)

    @cached_property
    def _body(self) -> TemplateBody:
        return self._report.snapshot.parsed

    @cached_property
    def _levels(self) -> dict[str, int]:
        return levels(self._body)

    @cached_property
    def _can_edit(self) -> bool:
        user = User.objects.get(pk=self._user_id)
        return Report.objects.editable_by(user).filter(pk=self._report_id).exists()


def block_data(shown: ShownBlock) -> Json:
    """What an event says of a block: its section, and its line in the outline."""
    return {
        "key": shown.key,
        "version": shown.version,
        "html": render_block(shown),
        "outline": render_to_string("generation/outline_item.html", {"block": shown}),
    }


def summary_data(report: Report, fills: list[Fill], *, can_edit: bool) -> Json:
    """What an event says of the whole report."""
    counts = count(fills)
    context = {"report": report, "counts": counts, "can_edit": can_edit}
    return {
        "line": counts.line,
        "done": counts.settled,
        "total": counts.total,
        "actions": render_to_string("generation/actions.html", context),
    }


def _event(name: str, data: Json) -> str:
    return f"event: {name}\ndata: {orjson.dumps(data).decode()}\n\n"
