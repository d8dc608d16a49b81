"""What a block holds, as the page shows it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fillapp.rich_text import render_rich_text
from generation.guards.watch import guards_of
from generation.models import Fill
from templates.blocks.base import UnreadableAnswer
from templates.body import Block, TemplateBody


def visible_value(body: TemplateBody, block: Block, fill: Fill) -> Any | None:
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
