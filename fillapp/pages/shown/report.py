"""A whole report as its page shows it: its parts in order, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fillapp.pages.counts import Counts, count_fills
from fillapp.pages.seen import mark_block
from fillapp.pages.shown.block import ShownBlock, show_block, state_of
from generation.flags import load_fills
from generation.guards.held import find_held
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.review import may_accept_at_once
from templates.body import Block, StaticHeading, StaticText, TemplateBody

_DEEPEST = 4
State, Review = Fill.State, Fill.Review


@dataclass(frozen=True)
class Part:
    """Something that stands in every report of the template."""

    what: Literal["heading", "text"]
    text: str
    level: int = 2


@dataclass(frozen=True)
class ShownReport:
    """The parts of a report in order, and how far it is."""

    parts: list[Part | ShownBlock]
    counts: Counts
    can_edit: bool

    @property
    def blocks(self) -> list[ShownBlock]:
        """The blocks alone."""
        return [part for part in self.parts if isinstance(part, ShownBlock)]

    @property
    def seen(self) -> str:
        """What the stream need not send again to whom this was shown."""
        return "".join(mark_block(one.key, one.version, can_edit=self.can_edit) for one in self.blocks)


def show_report(report: Report, *, can_edit: bool) -> ShownReport:
    """Everything on the paper of a report."""
    fills = load_fills(report)
    body = report.snapshot.parsed
    withheld = withheld_keys(fills.values())
    parts: list[Part | ShownBlock] = []
    for part, level in _with_levels(body):
        if isinstance(part, Block):
            parts.append(
                show_block(body, part, fills[part.block], level=level, can_edit=can_edit, withheld=withheld)
            )
        elif isinstance(part, StaticHeading):
            parts.append(Part("heading", part.heading, level))
        else:
            parts.append(Part("text", part.text))
    return ShownReport(parts, count(body, fills.values()), can_edit)


def withheld_keys(fills: Iterable[Fill]) -> frozenset[str]:
    """The blocks whose text nobody may see."""
    return frozenset(fill.block for fill in fills if fill.withheld)


def count(body: TemplateBody, fills: Iterable[Fill]) -> Counts:
    """The counts of a report's fills, with what is left to review, to check, and to accept at once."""
    fills = list(fills)
    shown = [fill for fill in fills if not fill.withheld]
    is_open = [fill for fill in shown if fill.state == State.DONE and fill.review == Review.NOT_YET]
    return count_fills(
        fills,
        find_held(body, fills),
        to_check=sum(state_of(fill) == "attention" for fill in fills),
        to_review=len(is_open),
        rewritten=sum(fill.state in UNFINISHED and fill.has_value for fill in shown),
        rejected=sum(fill.review == Review.REJECTED for fill in shown),
        acceptable=sum(may_accept_at_once(fill) for fill in is_open),
    )


def levels(body: TemplateBody) -> dict[str, int]:
    """The heading level of each block on the page, where the report's title is level 1."""
    return {part.block: level for part, level in _with_levels(body) if isinstance(part, Block)}


def _with_levels(body: TemplateBody) -> Iterable[tuple[StaticHeading | StaticText | Block, int]]:
    """The parts with their heading levels, as deep as in the Word file, one down for the title."""
    level = 1
    for part in body.blocks:
        if isinstance(part, StaticHeading):
            yield part, part.level + 1
            level = min(part.level + 1, _DEEPEST)
        else:
            yield part, level + 1
