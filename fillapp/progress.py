"""Progress of a report on a terminal: one bar a block, redrawn in place, or plain lines in a log."""

import time

from django.core.management.base import OutputWrapper

from generation.flags import shown_checks
from generation.models import Fill, Report

_WIDTH = 20
_LOOK_EVERY = 0.15
_WORDS = {
    "waiting": "waits",
    "queued": "queued",
    "running": "writing",
    "done": "done",
    "failed": "failed",
    "cancelled": "cancelled",
}


def follow_report(report: Report, stream: OutputWrapper) -> None:
    """Show each block's state until the report is finished."""
    titles = {block.block: block.title or block.block for block in report.snapshot.parsed.fillable}
    shown: dict[str, str] = {}
    drawn, began = 0, time.monotonic()
    while True:
        # Asked first: the last look shows how everything ended.
        is_finished = Report.objects.filter(pk=report.pk, finished__isnull=False).exists()
        fills = list(report.fills.select_related("chosen", "edit").order_by("position"))
        if stream.isatty():
            stream.write(f"\x1b[{drawn}F\x1b[J" if drawn else "", ending="")
            lines = [_line(fill, titles[fill.block], time.monotonic() - began) for fill in fills]
            stream.write("\n".join(lines))
            drawn = len(lines)
        else:
            for fill in fills:
                if shown.get(fill.block) != fill.state and fill.state not in ("waiting", "queued"):
                    stream.write(_line(fill, titles[fill.block], time.monotonic() - began))
                shown[fill.block] = fill.state
        stream.flush()
        if is_finished:
            return
        time.sleep(_LOOK_EVERY)


def _line(fill: Fill, title: str, seconds: float) -> str:
    full = {"done": _WIDTH, "failed": _WIDTH, "cancelled": _WIDTH}.get(fill.state, 0)
    if fill.state == Fill.State.RUNNING:
        # Nobody knows how long the answer will be: the bar moves towards its end and never claims it.
        full = int(_WIDTH * (1 - 1 / (1 + seconds / 15)))
    bar = "█" * full + "░" * (_WIDTH - full)
    took = (
        f" {(fill.finished - fill.started).total_seconds():.1f} s" if fill.finished and fill.started else ""
    )
    problems = len(shown_checks(fill)) if fill.state == Fill.State.DONE and not fill.withheld else 0
    said = f", {problems} to check" if problems else ""
    said += ", withheld" if fill.withheld else ""
    return f"{title[:32]:32} {bar} {_WORDS[fill.state]}{took}{said}{' – ' + fill.error if fill.error else ''}"
