"""One block as the page shows it, with its state in words."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Literal

import orjson
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fillapp.pages.counts import is_withheld
from fillapp.pages.shown.value import render_value, visible_value
from generation.engine.schedule import waits_for
from generation.flags import shown_checks, shown_flags, shown_notes, shown_problems
from generation.guards.said import GuardReading
from generation.models import Fill
from generation.models.fills import UNFINISHED
from templates.body import Block, TemplateBody

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
    state = state_of(fill)
    value = visible_value(body, block, fill)
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


def _name_checks(fill: Fill) -> tuple[str, ...]:
    """What the checks are called; not what they found, for that may quote the text."""
    readings = fill.chosen.guard_readings if fill.chosen else []
    return tuple(one.name for one in readings if one.withholds)


def _name_held(body: TemplateBody, block: Block, withheld: Collection[str]) -> tuple[str, ...]:
    return tuple(body.block(key).title or key for key in block.after if key in withheld)


def state_of(fill: Fill) -> str:
    """What is to be done with it next, as its label and look have it."""
    if is_withheld(fill):
        return "withheld"
    if fill.state == Fill.State.DONE:
        return "attention" if shown_checks(fill) else "ready"
    return fill.state


def _name_version(fill: Fill) -> str:
    if fill.edit:
        return f"edit-{fill.edit.number}"
    return f"candidate-{fill.chosen.number}" if fill.chosen else ""


def _describe_editor(block: Block) -> str:
    return orjson.dumps(asdict(block.type.editor(block.parsed_settings))).decode()
