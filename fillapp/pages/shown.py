"""A report as its page shows it: headings, texts and blocks, each block with its state in words."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import orjson
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fillapp.pages.counts import Counts, count_fills, is_withheld
from fillapp.pages.seen import mark_block
from fillapp.rich_text import render_rich_text
from generation.engine.schedule import waits_for
from generation.flags import load_fills, shown_checks, shown_flags, shown_notes, shown_problems
from generation.guards.held import find_held
from generation.guards.said import GuardReading
from generation.guards.watch import guards_of
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.review import may_accept_at_once
from templates.blocks.base import UnreadableAnswer
from templates.body import Block, StaticHeading, StaticText, TemplateBody

_LABELS = {
    "waiting": "Waiting",
    "queued": "Queued",
    "running": "Writing",
    "ready": "To review",
    "attention": "To check",
    "accepted": "Accepted",
    "edited": "Edited",
    "rejected": "Rejected",
    "failed": "Failed",
    "cancelled": "Cancelled",
    "withheld": "Withheld",
}
_DEEPEST = 4
State, Review = Fill.State, Fill.Review


@dataclass(frozen=True)
class Part:
    """Something that stands in every report of the template."""

    what: Literal["heading", "text"]
    text: str
    level: int = 2


@dataclass(frozen=True)
class ShownBlock:
    """One block, ready for the template `generation/block.html`."""

    report_id: int
    key: str
    title: str
    name: str
    level: int
    kind: str
    state: str
    version: str
    revision: int = 0
    review: str = ""
    html: SafeString = field(default_factory=SafeString)
    # What its editor takes; empty where nobody may type now.
    editor: str = ""
    # Which version stands, such as “candidate-2”, and the page in which it was typed.
    stands: str = ""
    window: str = ""
    empty: bool = False
    locked: bool = False
    offered: int = 0
    problems: tuple[str, ...] = ()
    flags: tuple[GuardReading, ...] = ()
    # The checks by which it is withheld, and the parts that it waits for because these are.
    withheld_by: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""
    waits_for: tuple[str, ...] = ()
    can_retry: bool = False
    can_review: bool = False
    can_edit: bool = False
    what: Literal["block"] = "block"

    @property
    def label(self) -> str:
        """The state in words."""
        return _LABELS[self.look]

    @property
    def look(self) -> str:
        """The state a reader cares for: what was decided, else how far it is."""
        decided = self.review != Fill.Review.NOT_YET and self.state in ("ready", "attention")
        return self.review if decided else self.state

    @property
    def id(self) -> str:
        """The stable id of the block's section."""
        return f"block-{self.key}"


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
        to_check=sum(_state(fill) == "attention" for fill in fills),
        to_review=len(is_open),
        rewritten=sum(fill.state in UNFINISHED and fill.has_value for fill in shown),
        rejected=sum(fill.review == Review.REJECTED for fill in shown),
        acceptable=sum(may_accept_at_once(fill) for fill in is_open),
    )


def levels(body: TemplateBody) -> dict[str, int]:
    """The heading level of each block on the page, where the report's title is level 1."""
    return {part.block: level for part, level in _with_levels(body) if isinstance(part, Block)}


def show_block(
    body: TemplateBody,
    block: Block,
    fill: Fill,
    *,
    level: int,
    can_edit: bool,
    withheld: Collection[str] = (),
) -> ShownBlock:
    """One block; what is withheld is not in it. `withheld` are the keys of all that are."""
    state = _state(fill)
    value = _visible_value(body, block, fill)
    is_failed = fill.state in (Fill.State.FAILED, Fill.State.CANCELLED)
    is_open = can_edit and not fill.withheld and fill.state not in UNFINISHED
    editor = _describe_editor(block) if is_open and not fill.locked else ""
    html = (
        SafeString()
        if value is None
        else render_value(block, value, level, body.language, editable=bool(editor))
    )
    return ShownBlock(
        report_id=fill.report_id,
        key=block.block,
        title=block.title,
        name=block.title or block.block,
        level=level,
        kind=block.kind,
        state=state,
        version=version_of(fill),
        revision=fill.revision,
        review=fill.review,
        html=html,
        editor=editor,
        stands=_name_version(fill),
        window=fill.edit.window if fill.edit else "",
        empty=value is not None and not block.type.pieces(value),
        locked=fill.locked,
        offered=len(fill.offered) if not fill.withheld else 0,
        problems=tuple(shown_problems(fill)) if state == "attention" else (),
        flags=tuple(shown_flags(fill)) if state == "attention" else (),
        withheld_by=_name_checks(fill) if state == "withheld" else (),
        held_by=_name_held(body, block, withheld) if state == "waiting" else (),
        notes=tuple(shown_notes(fill)) if state in ("ready", "attention") else (),
        error="" if fill.withheld else fill.error,
        waits_for=tuple(waits_for(body, block.block)) if state == "waiting" else (),
        can_retry=is_failed and can_edit,
        can_review=is_open and fill.has_value,
        can_edit=can_edit,
    )


def version_of(fill: Fill) -> str:
    """What is another one whenever the block may look another way."""
    return fill.changed.isoformat()


def render_block(shown: ShownBlock) -> str:
    """The section of a block: the same for the first look and for the stream."""
    return render_to_string("generation/block.html", {"block": shown})


def _with_levels(body: TemplateBody) -> Iterable[tuple[StaticHeading | StaticText | Block, int]]:
    """The parts with their heading levels, as deep as in the Word file, one down for the title."""
    level = 1
    for part in body.blocks:
        if isinstance(part, StaticHeading):
            yield part, part.level + 1
            level = min(part.level + 1, _DEEPEST)
        else:
            yield part, level + 1


def _name_checks(fill: Fill) -> tuple[str, ...]:
    """What the checks are called; not what they found, for that may quote the text."""
    readings = fill.chosen.guard_readings if fill.chosen else []
    return tuple(one.name for one in readings if one.withholds)


def _name_held(body: TemplateBody, block: Block, withheld: Collection[str]) -> tuple[str, ...]:
    return tuple(body.block(key).title or key for key in block.after if key in withheld)


def _state(fill: Fill) -> str:
    if is_withheld(fill):
        return "withheld"
    if fill.state == Fill.State.DONE:
        return "attention" if shown_checks(fill) else "ready"
    return fill.state


def _visible_value(body: TemplateBody, block: Block, fill: Fill) -> Any | None:
    """The current value, or what can be shown of one being written."""
    if fill.withheld:
        return None
    if fill.state == Fill.State.RUNNING and fill.partial:
        return None if _may_be_withheld(body, block) else _read_partial(block, fill.partial)
    stored = fill.current_value
    return None if stored is None else block.type.load_value(stored)


def _may_be_withheld(body: TemplateBody, block: Block) -> bool:
    """Whether nobody may see the block before it was checked."""
    return any(guard.action == "withhold" for guard in guards_of(body, block.block))


def _read_partial(block: Block, partial: str) -> Any | None:
    try:
        return block.type.read_partial(partial, block.parsed_settings)
    except UnreadableAnswer:
        return None


def _name_version(fill: Fill) -> str:
    if fill.edit:
        return f"edit-{fill.edit.number}"
    return f"candidate-{fill.chosen.number}" if fill.chosen else ""


def _describe_editor(block: Block) -> str:
    return orjson.dumps(asdict(block.type.editor(block.parsed_settings))).decode()


def render_value(
    block: Block, value: Any, level: int, language: str, *, editable: bool = False
) -> SafeString:
    """By the kind's own fragment where it has one, as the Word file shows it; `editable` by its controls."""
    settings = block.parsed_settings
    value = block.type.show(value, settings, language)
    doc = block.type.to_editor(value, settings)
    context = {
        "value": value,
        "settings": settings,
        "editable": editable,
        "key": block.block,
        "name": block.title or block.block,
        "html": render_rich_text(doc, level=level, label=block.title),
    }
    names = [f"generation/kinds/{block.kind}.html", "generation/kinds/any.html"]
    return render_to_string(names, context)
