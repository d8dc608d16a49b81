"""Headings, paragraphs, lists and tables, written as Markdown with the heading path of each passage."""

from collections.abc import Iterable
from itertools import groupby

from generation.documents.builder import TextBuilder
from generation.documents.grid import ROWS_A_PASSAGE
from generation.documents.passages import Place
from generation.documents.pipe_tables import write_row, write_rule
from templates.word.parts import Choice, Heading, ListItem, Paragraph, Part, Table

# What is longer and stands twice side by side is one merged cell, not two equal figures.
_LONGEST_FIGURE = 30


class HeadingPath:
    """The headings that stand over the passage being read."""

    def __init__(self, under: tuple[str, ...] = ()) -> None:
        self._under = under
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, title: str) -> None:
        self._open = [heading for heading in self._open if heading[0] < level]
        self._open.append((level, " ".join(title.split())))

    @property
    def place(self) -> Place:
        return Place(headings=(*self._under, *(title for _, title in self._open)))


def add_parts(builder: TextBuilder, parts: Iterable[Part], under: tuple[str, ...] = ()) -> None:
    """Adds `parts` in order: a passage for each paragraph, each list and every forty table rows.

    `under` names what they stand in, such as a slide, before the headings among them.
    """
    path = HeadingPath(under)
    for kind, run in groupby(parts, type):
        if kind is ListItem:
            items = (_write_item(item) for item in run if isinstance(item, ListItem))
            builder.add("\n".join(filter(None, items)), path.place)
        else:
            for part in run:
                _add_part(builder, part, path)


def _add_part(builder: TextBuilder, part: Part, path: HeadingPath) -> None:
    match part:
        case Heading(text, level) if text.strip():
            path.enter(level, text)
            builder.add("#" * min(max(level, 1), 6) + " " + " ".join(text.split()), path.place)
        case Paragraph(text):
            builder.add(text, path.place)
        case Choice(options, chosen):
            builder.add(_write_choice(options, chosen), path.place)
        case Table(rows):
            _add_table(builder, rows, path.place)


def _write_item(item: ListItem) -> str:
    indent = "  " * item.level
    text = item.text.strip().replace("\n", f"\n{indent}  ")
    return f"{indent}- {text}" if text else ""


def _write_choice(options: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    # A drop-down may hold a value its options no longer offer.
    offered = dict.fromkeys((*options, *chosen))
    return "\n".join(f"- [{'x' if option in chosen else ' '}] {option}" for option in offered)


def _add_table(builder: TextBuilder, rows: tuple[tuple[str, ...], ...], place: Place) -> None:
    written = _drop_repeats([row for row in rows if any(cell.strip() for cell in row)])
    if not written:
        return
    builder.tables += 1
    lines = [write_row([cell.strip() for cell in row]) for row in written]
    lines[0] += "\n" + write_rule(len(written[0]))
    for start in range(0, len(lines), ROWS_A_PASSAGE):
        builder.add_rows("\n".join(lines[start : start + ROWS_A_PASSAGE]), place, joined=start > 0)


def _drop_repeats(rows: list[tuple[str, ...]]) -> list[list[str]]:
    """Rows without the copies that merged cells leave, which can make a form four times as long.

    A column equal to the one before goes; so does a long text equal to the cell before, except in
    the header, where it names its column.
    """
    width = len(rows[0]) if rows else 0
    kept = [
        column for column in range(width) if not column or any(row[column] != row[column - 1] for row in rows)
    ]
    return [[_shown(row, column, header=row is rows[0]) for column in kept] for row in rows]


def _shown(row: tuple[str, ...], column: int, *, header: bool) -> str:
    copied = column > 0 and row[column] == row[column - 1] and len(row[column]) > _LONGEST_FIGURE
    return "" if copied and not header else row[column]
