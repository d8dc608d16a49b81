"""Two Tiptap documents as one list of lines, each with what was added to it and removed from it."""

from dataclasses import dataclass
from typing import Literal

from generation.differences.columns import line_up_columns
from generation.differences.lines import FlatLine, Shape, flatten
from generation.differences.pairs import pair_lines
from generation.differences.words import Cell, Span, compare_words
from templates.blocks.base import Json

__all__ = ["Cell", "Change", "Line", "Span", "find_differences"]
Change = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True)
class Line:
    """A paragraph, heading, point or table row of the two documents, with what became of it.

    A row has a cell for every column of either table, any other line has one. `level` is a heading's level
    (from 1), or how many lists a line stands in. `restyled`: it looks otherwise than before.
    """

    shape: Shape
    change: Change
    cells: tuple[Cell, ...]
    level: int = 0
    ordered: bool = False
    restyled: bool = False


def find_differences(old: Json, new: Json) -> list[Line]:
    """The lines of both documents in reading order; a line that was replaced stands before the new one."""
    before, after = line_up_columns(flatten(old), flatten(new))
    return [_compare(was, now) for was, now in pair_lines(before, after)]


def _compare(was: FlatLine | None, now: FlatLine | None) -> Line:
    shown = now or was
    assert shown is not None
    cells = tuple(
        compare_words((was.cells[n] if was else "") or "", (now.cells[n] if now else "") or "")
        for n in range(len(shown.cells))
    )
    if was is None or now is None:
        change: Change = "removed" if now is None else "added"
    else:
        is_same = all(span.kind == "same" for cell in cells for span in cell)
        change = "same" if is_same else "changed"
    restyled = was is not None and now is not None and _is_restyled(was, now)
    return Line(shown.shape, change, cells, shown.level, shown.ordered, restyled)


def _is_restyled(was: FlatLine, now: FlatLine) -> bool:
    """Whether a line has become another kind of line, or its words stayed and their look did not."""
    if (was.shape, was.level, was.ordered) != (now.shape, now.level, now.ordered):
        return True
    return was.cells == now.cells and was.looks != now.looks
