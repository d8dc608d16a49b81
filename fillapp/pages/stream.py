"""What a report's page is told while it is open: each block as the page itself shows it, and the whole."""

from collections.abc import Iterable, Mapping

import orjson
from django.template.loader import render_to_string

from fillapp.pages.counts import is_unfinished
from fillapp.pages.seen import mark_block, read_marks
from fillapp.pages.shown.block import ShownBlock, render_block, show_block, version_of
from fillapp.pages.shown.report import count, levels, withheld_keys
from generation.estimates import say_seconds, seconds_left, usual_seconds
from generation.guards.held import find_held
from generation.models import Fill, Report
from templates.blocks.base import Json


class LiveReport:
    """A report somebody watches: its fills as they were last seen, each rendered once for all who watch."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.fills: dict[int, Fill] = {}
        self._usual: dict[str, float] | None = None
        self._rendered: dict[tuple[int, bool], tuple[str, bytes]] = {}
        # Whether nothing is still to come by itself, and whether that has just become so or otherwise.
        self.is_finished = self.has_turned = False
        # Whether it has just become a report of another snapshot.
        self.has_moved = False
        self._is_preview = report.purpose == Report.Purpose.PREVIEW
        self._read_snapshot()

    def _read_snapshot(self) -> None:
        self._body = self.report.snapshot.parsed
        self._levels = levels(self._body)
        self._rendered.clear()

    def renew(self, report: Report, fills: Iterable[Fill]) -> None:
        """Take over what was just loaded."""
        self.has_moved = report.snapshot_id != self.report.snapshot_id
        if not self.has_moved:
            # A snapshot never changes; it is not loaded again.
            report.snapshot = self.report.snapshot
        self.report = report
        if self.has_moved:
            self._read_snapshot()
        self.fills = {
            pk: fill for pk, fill in (self.fills | {one.pk: one for one in fills}).items() if not fill.gone
        }
        for fill in self.fills.values():
            fill.report = report
        held = find_held(self._body, self.fills.values())
        was_finished, self.is_finished = self.is_finished, not is_unfinished(self.fills.values(), held)
        self.has_turned = was_finished != self.is_finished

    def block(self, fill: Fill, *, can_edit: bool) -> bytes:
        """The event of a block as it is now."""
        version, event = self._rendered.get((fill.pk, can_edit), ("", b""))
        if version != version_of(fill):
            block = self._body.block(fill.block)
            # How a block of a preview stands is said elsewhere, and more exactly.
            fill.stale = fill.stale and not self._is_preview
            shown = show_block(
                self._body,
                block,
                fill,
                level=self._levels[fill.block],
                can_edit=can_edit,
                withheld=withheld_keys(self.fills.values()),
            )
            data = preview_data(shown) if self._is_preview else block_data(shown)
            event = write_event("block", data)
            self._rendered[fill.pk, can_edit] = version_of(fill), event
        return event

    def unseen(self, seen: str, *, can_edit: bool) -> list[bytes]:
        """The events of the blocks that a page showing what `seen` says has not got, or not as they are."""
        marks = read_marks(seen)
        return [
            self.block(fill, can_edit=can_edit)
            for fill in self.fills.values()
            if mark_block(fill.block, version_of(fill), can_edit=can_edit) not in marks
        ]

    def seen(self, *, can_edit: bool) -> str:
        """What a page shows that was told all there is."""
        marks = (mark_block(fill.block, version_of(fill), can_edit=can_edit) for fill in self.fills.values())
        return "".join(marks)

    def summary(self, *, can_edit: bool) -> bytes:
        """The event of the whole."""
        if self._usual is None and not self.is_finished:
            self._usual = usual_seconds(self.report)
        fills = list(self.fills.values())
        return write_event(
            "summary", summary_data(self.report, fills, can_edit=can_edit, usual=self._usual or {})
        )


def block_data(shown: ShownBlock) -> Json:
    """What an event says of a block: its section, and its line in the outline."""
    return {
        "key": shown.key,
        "version": shown.version,
        "html": render_block(shown),
        "outline": render_to_string("generation/outline_item.html", {"block": shown}),
    }


def preview_data(shown: ShownBlock) -> Json:
    """What an event says of a block of a preview; how it stands the studio asks for itself."""
    html = render_to_string("templates/studio/preview_block.html", {"block": shown})
    return {"key": shown.key, "version": shown.version, "html": html}


def summary_data(
    report: Report, fills: list[Fill], *, can_edit: bool, usual: Mapping[str, float] | None = None
) -> Json:
    """What an event says of the whole report; `usual` says how long its blocks take."""
    body = report.snapshot.parsed
    counts, held = count(body, fills), find_held(body, fills)
    left = seconds_left(report, [fill for fill in fills if fill.block not in held], usual or {})
    context = {"report": report, "counts": counts, "can_edit": can_edit}
    return {
        "line": counts.line,
        "done": counts.settled,
        "total": counts.total,
        "left": f"{say_seconds(left)} left" if left else "",
        "actions": render_to_string("generation/actions.html", context),
    }


def write_event(name: str, data: Json) -> bytes:
    """An event as it goes over the line."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), orjson.dumps(data))


def join_events(events: Iterable[bytes], seen: str) -> bytes:
    """The events as one, the last of them with what a browser sends along when it comes back."""
    said = [event for event in events if event]
    return b"".join([*said[:-1], b"id: %b\n" % seen.encode(), said[-1]]) if said else b""
