"""A Tiptap document as flat lines: paragraphs, headings, points of lists, quotes and table rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from templates.blocks.base import Json

Shape = Literal["paragraph", "heading", "item", "quote", "head", "row"]
# The look of a text: from where on which marks hold.
Looks = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class FlatLine:
    """One line; a row has a text for each column, None where its table lacks the column."""

    shape: Shape
    cells: tuple[str | None, ...]
    level: int = 0
    ordered: bool = False
    looks: tuple[Looks, ...] = ()
    # Which of the document's tables a row stands in.
    table: int = -1

    @property
    def is_row(self) -> bool:
        """Whether the line stands in a table."""
        return self.table >= 0


def flatten(doc: Json) -> list[FlatLine]:
    """The lines of a document in reading order; empty ones are left out, but not empty rows."""
    lines: list[FlatLine] = []
    tables = 0
    for line in _walk(doc, FlatLine("paragraph", ())):
        if line.shape == "head" or (line.shape == "row" and (not lines or not lines[-1].is_row)):
            tables += 1
        if line.shape in ("head", "row"):
            lines.append(replace(line, table=tables - 1))
        elif any(cell and cell.strip() for cell in line.cells):
            lines.append(line)
    return lines


def _walk(node: Json, place: FlatLine) -> Iterator[FlatLine]:
    """The lines in a node that stands in `place`: in so many lists, or in a quote."""
    is_first = True
    for child in node.get("content") or ():
        kind = child.get("type")
        if kind == "heading":
            level = (child.get("attrs") or {}).get("level") or 1
            yield _line(child, FlatLine("heading", (), level))
        elif kind == "paragraph":
            # What follows in a point is no point of its own.
            is_more = place.shape == "item" and not is_first
            yield _line(child, replace(place, shape="paragraph") if is_more else place)
        elif kind in ("bulletList", "orderedList"):
            item = FlatLine("item", (), place.level + 1, kind == "orderedList")
            for point in child.get("content") or ():
                yield from _walk(point, item)
        elif kind == "blockquote":
            yield from _walk(child, replace(place, shape="quote"))
        elif kind == "table":
            yield from (_row(row) for row in child.get("content") or ())
        is_first = False


def _line(node: Json, place: FlatLine) -> FlatLine:
    text, looks = _read(node)
    return replace(place, cells=(text,), looks=(looks,))


def _row(row: Json) -> FlatLine:
    cells = row.get("content") or ()
    is_head = bool(cells) and all(cell.get("type") == "tableHeader" for cell in cells)
    read = [_read(cell) for cell in cells]
    return FlatLine(
        "head" if is_head else "row",
        tuple(text for text, _ in read),
        looks=tuple(looks for _, looks in read),
    )


def _read(node: Json) -> tuple[str, Looks]:
    """The text in a node, its paragraphs apart by newlines, and how it looks."""
    text, looks = "", [(0, "")]
    for leaf in _leaves(node):
        marks = repr(leaf.get("marks") or "")
        if leaf.get("type") == "text" and marks != looks[-1][1]:
            looks.append((len(text), marks))
        text += str(leaf.get("text", "")) if leaf.get("type") == "text" else "\n"
    return text, tuple(looks)


def _leaves(node: Json) -> Iterator[Json]:
    """The texts and line breaks in a node, a break between its paragraphs."""
    is_first = True
    for child in node.get("content") or ():
        if child.get("type") in ("text", "hardBreak"):
            yield child
            continue
        if not is_first:
            yield {"type": "hardBreak"}
        is_first = False
        yield from _leaves(child)
