"""What differs between two templates, as a fragment of a page: every change with its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from generation.differences.words import Cell, Span, compare_words
from templates.body import TemplateBody
from templates.compare import Detail, PartChange, compare_bodies

_GROUPS = (
    ("The whole template", ("template", "word")),
    ("Documents", ("document",)),
    ("Parts of the report", ("heading", "text", "block")),
    ("Guards", ("guard",)),
)


@dataclass(frozen=True)
class ShownDetail:
    """One thing that differs, by its name; the spans hold what was and what is."""

    name: str
    cell: Cell
    is_prose: bool


@dataclass(frozen=True)
class ShownChange:
    """What became of a part."""

    change: PartChange
    details: list[ShownDetail]


def show_changes(old: TemplateBody, new: TemplateBody) -> list[tuple[str, list[ShownChange]]]:
    """The changes under their headings, in the order of the page."""
    return list(_group(compare_bodies(old, new)))


def _group(changes: list[PartChange]) -> Iterator[tuple[str, list[ShownChange]]]:
    for heading, sorts in _GROUPS:
        shown = [
            ShownChange(one, [_show(detail) for detail in one.details])
            for one in changes
            if one.about in sorts
        ]
        if shown:
            yield heading, shown


def _show(detail: Detail) -> ShownDetail:
    """Prose word by word; all else as what was and what is, one behind the other."""
    was, now = detail.was or "", detail.now or ""
    if detail.is_prose:
        return ShownDetail(detail.name, compare_words(was, now), True)
    spans = [Span("removed", was)] if was else []
    if was and now:
        spans.append(Span("same", " "))
    return ShownDetail(detail.name, (*spans, *([Span("added", now)] if now else [])), False)
