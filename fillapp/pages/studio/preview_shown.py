"""The preview as its pane shows it: the report as it would look, how each block stands, what it took."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.template.loader import render_to_string

from fillapp.pages.shown.block import ShownBlock, show_block
from fillapp.pages.shown.report import levels, withheld_keys
from generation.flags import load_fills
from generation.models import ExampleCase, Report
from generation.previews import (
    BlockCost,
    BlockStanding,
    Followed,
    Standing,
    add_up,
    costs,
    find_preview,
    follow_draft,
)
from templates.blocks.base import Json
from templates.body import Block, PartOfBody, StaticHeading, TemplateBody
from templates.editing import name_parts
from templates.models import ReportTemplate


@dataclass(frozen=True)
class PreviewPart:
    """A part of the draft as the report would have it; `block` is None where nothing can be shown of one."""

    name: str
    part: PartOfBody
    level: int
    block: ShownBlock | None = None
    state: "BlockState | None" = None

    @property
    def what(self) -> str:
        """Block, heading or text."""
        if isinstance(self.part, Block):
            return "block"
        return "heading" if isinstance(self.part, StaticHeading) else "text"

    def render(self) -> str:
        """The part as HTML."""
        return render_to_string("templates/studio/preview_part.html", {"part": self})


@dataclass(frozen=True)
class BlockState:
    """How a block of the preview stands, in words."""

    key: str
    standing: Standing
    writing: bool = False
    error: str = ""
    cost: BlockCost | None = None

    def render(self) -> str:
        """The line above the block."""
        return render_to_string("templates/studio/preview_state.html", {"state": self})


@dataclass
class ShownPreview:
    """The pane: the parts in order; without a case or documents, what would stand there."""

    body: TemplateBody
    cases: list[ExampleCase]
    case: ExampleCase | None = None
    followed: Followed | None = None
    parts: list[PreviewPart] = field(default_factory=list)
    total: BlockCost = field(default_factory=BlockCost)

    @property
    def report(self) -> Report | None:
        """The preview itself."""
        return self.followed.report if self.followed else None

    @property
    def cannot(self) -> str:
        """Why nothing can be written now."""
        return self.followed.cannot if self.followed else ""

    @property
    def to_write(self) -> int:
        """How many blocks “Refresh all” would write."""
        return sum(
            one.state is not None and one.state.standing != Standing.FRESH and not one.state.writing
            for one in self.parts
        )

    @property
    def writing(self) -> int:
        """How many blocks are being written."""
        return sum(one.state is not None and one.state.writing for one in self.parts)

    def state(self, shown: Collection[str]) -> Json:
        """What a page must know that shows the parts in `shown`, by their names."""
        return {
            "order": [part.name for part in self.parts],
            "html": {part.name: part.render() for part in self.parts if part.name not in shown},
            "states": {part.name: part.state.render() for part in self.parts if part.state},
            "line": render_to_string("templates/studio/preview_line.html", {"preview": self}),
            "due": [f"block-{key}" for key in self.followed.to_write] if self.followed else [],
        }


def show_preview(template: ReportTemplate, example: str, by: User) -> ShownPreview:
    """The preview of the draft on the case of the id `example`, else on the first there is."""
    template = ReportTemplate.objects.select_related("draft").get(pk=template.pk)
    body = template.draft.parsed
    cases = list(template.example_cases.all())
    case = next((one for one in cases if str(one.pk) == example), cases[0] if cases else None)
    if case is None:
        return ShownPreview(body, cases, parts=_parts(body, {}, {}))
    followed = follow_draft(find_preview(template, case, by))
    took = costs(followed.report)
    fills = load_fills(followed.report)
    # Another page may have let it follow a newer draft since.
    body = followed.report.snapshot.parsed
    level = levels(body)
    for fill in fills.values():
        # How it stands is said above it, and more exactly.
        fill.stale = False
    blocks = {
        block.block: show_block(
            body,
            block,
            fills[block.block],
            level=level[block.block],
            can_edit=False,
            withheld=withheld_keys(fills.values()),
        )
        for block in body.fillable
    }
    states = {
        key: _state(key, standing, blocks[key], took.get(key))
        for key, standing in followed.blocks.items()
        if key in blocks
    }
    return ShownPreview(body, cases, case, followed, _parts(body, blocks, states), add_up(took.values()))


def _state(key: str, standing: BlockStanding, shown: ShownBlock, cost: BlockCost | None) -> BlockState:
    # What failed for other settings says nothing of these.
    error = shown.error if standing.tried and not standing.writing else ""
    return BlockState(key, standing.standing, standing.writing, error, cost)


def _parts(
    body: TemplateBody, blocks: Mapping[str, ShownBlock], states: Mapping[str, BlockState]
) -> list[PreviewPart]:
    parts, level = [], 1
    for name, part in zip(name_parts(body), body.blocks, strict=True):
        if isinstance(part, StaticHeading):
            level = min(part.level + 1, 4)
            parts.append(PreviewPart(name, part, part.level + 1))
        elif isinstance(part, Block):
            parts.append(PreviewPart(name, part, level + 1, blocks.get(part.block), states.get(part.block)))
        else:
            parts.append(PreviewPart(name, part, level + 1))
    return parts
