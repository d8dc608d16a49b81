"""What differs between two values of a block, as a fragment of a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from generation.differences import Line, find_differences
from templates.blocks import rich_text
from templates.blocks.base import Json
from templates.body import Block

_SMALLEST_HEADING = 6
_EMPTY: Json = {"type": "doc", "content": []}


@dataclass(frozen=True)
class Heading:
    """A heading, as deep as it stands on the page."""

    line: Line
    level: int
    what: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Rows:
    """A table."""

    head: list[Line]
    rows: list[Line]
    what: Literal["table"] = "table"


@dataclass
class Points:
    """A list of points."""

    ordered: bool
    points: list["Point"] = field(default_factory=list)
    what: Literal["list"] = "list"


@dataclass
class Point:
    """A point's own line, if it has words, and what follows in it: paragraphs, and the lists below it."""

    line: Line | None = None
    parts: list["Line | Points"] = field(default_factory=list)


def show_differences(block: Block, old: Json | None, new: Json, language: str, level: int = 3) -> SafeString:
    """Two stored values of `block` held against each other, as a reader of `language` sees them.

    It stands below a heading of `level`. Without an old value all is new. Raises `UnreadableAnswer` when a
    value is not of the block's kind.
    """
    was = _EMPTY if old is None else _document(block, old, language)
    return _render(was, _document(block, new, language), block.title or block.block, language, level)


def show_text_differences(old: str, new: str, label: str, language: str) -> SafeString:
    """Two plain texts held against each other; each line is a paragraph."""
    return _render(_paragraphs(old), _paragraphs(new), label, language)


def _render(old: Json, new: Json, label: str, language: str, level: int = 3) -> SafeString:
    lines = find_differences(old, new)
    context = {
        "parts": list(_group(lines, level)),
        "line": _summary(lines),
        "label": label,
        "language": language,
    }
    return render_to_string("generation/differences/differences.html", context)


def _paragraphs(text: str) -> Json:
    return rich_text.doc([rich_text.paragraph(line) for line in text.splitlines() if line]).model_dump()


def _document(block: Block, stored: Json, language: str) -> Json:
    settings = block.parsed_settings
    value = block.type.show(block.type.load_value(stored), settings, language)
    return block.type.to_editor(value, settings)


def _summary(lines: Sequence[Line]) -> str:
    """How much differs, in words."""
    spans = [span for line in lines for cell in line.cells for span in cell]
    said = []
    for kind in ("added", "removed"):
        if count := sum(len(span.text.split()) for span in spans if span.kind == kind):
            said.append(f"{count} {'word' if count == 1 else 'words'} {kind}")
    if said:
        return f"{', '.join(said)}."
    is_same = not any(line.restyled or line.change in ("added", "removed") for line in lines)
    return "Both say the same." if is_same else "Both say the same; only the form differs."


def _group(lines: Iterable[Line], level: int) -> Iterator[Line | Heading | Rows | Points]:
    """The lines, those of a list or of a table together."""
    for what, run in groupby(lines, key=_belongs_to):
        if what == "table":
            yield from _split_tables(list(run))
        elif what == "list":
            yield from _nest(run)
        elif what == "heading":
            yield from (Heading(line, min(level + line.level, _SMALLEST_HEADING)) for line in run)
        else:
            yield from run


def _belongs_to(line: Line) -> str:
    if line.shape in ("head", "row"):
        return "table"
    if line.shape == "heading":
        return "heading"
    return "list" if line.level else "text"


def _split_tables(lines: Sequence[Line]) -> Iterator[Rows]:
    """A head behind rows begins another table; heads behind each other are an old and a new one."""
    table = Rows([], [])
    for line in lines:
        if line.shape == "head" and table.rows:
            yield table
            table = Rows([], [])
        (table.head if line.shape == "head" else table.rows).append(line)
    yield table


def _nest(lines: Iterable[Line]) -> list[Line | Points]:
    """Points of all depths as lists within lists."""
    # The newest point of each depth; the first stands for the page.
    newest = [Point()]
    for line in lines:
        del newest[line.level + (line.shape != "item") :]
        if line.shape != "item":
            newest[-1].parts.append(line)
            continue
        while len(newest) < line.level:
            newest.append(_hang(Point(), newest[-1], line.ordered))
        newest.append(_hang(Point(line), newest[-1], line.ordered))
    return newest[0].parts


def _hang(point: Point, above: Point, ordered: bool) -> Point:
    """Put a point into the last list of the one above it, or into a new one of its own sort."""
    last = above.parts[-1] if above.parts else None
    if not isinstance(last, Points) or last.ordered != ordered:
        last = Points(ordered)
        above.parts.append(last)
    last.points.append(point)
    return point
