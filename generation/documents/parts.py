"""Headings, paragraphs, lists and tables, written as Markdown with the heading path of each passage."""

import re
from collections.abc import Iterable
from itertools import groupby

from generation.documents.builder import TextBuilder
from generation.documents.passages import Place
from generation.documents.pipe_tables import write_row, write_rule
from generation.documents.sheets.grid import ROWS_A_PASSAGE
from templates.word.parts import Choice, Heading, ListItem, Paragraph, Part, Table

# What is longer and stands twice side by side is one merged cell, not two equal figures.
_LONGEST_FIGURE = 30
_LONGEST_NAME = 80
_DIGIT = re.compile(r"\d")


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
        case Heading(text, level, number) if text.strip():
            title = " ".join(f"{number} {text}".split())
            path.enter(level, title)
            builder.add("#" * min(max(level, 1), 6) + " " + title, path.place)
        case Paragraph(text):
            builder.add(text, path.place)
        case Choice(options, chosen):
            builder.add(_write_choice(options, chosen), path.place)
        case Table():
            _add_table(builder, part, path.place)


def _write_item(item: ListItem) -> str:
    indent = "  " * item.level
    text = item.text.strip().replace("\n", f"\n{indent}  ")
    return f"{indent}{item.number or '-'} {text}" if text else ""


def _write_choice(options: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    # A drop-down may hold a value its options no longer offer.
    offered = dict.fromkeys((*options, *chosen))
    return "\n".join(f"- [{'x' if option in chosen else ' '}] {option}" for option in offered)


def _add_table(builder: TextBuilder, table: Table, place: Place) -> None:
    if table.copies is None:
        written = _drop_repeats([row for row in table.rows if any(cell.strip() for cell in row)])
    else:
        written = _merge(table.rows, table.copies)
    if not written:
        return
    builder.tables += 1
    lines = [write_row([cell.strip() for cell in row]) for row in written]
    lines[0] += "\n" + write_rule(len(written[0]))
    for start in range(0, len(lines), ROWS_A_PASSAGE):
        builder.add_rows("\n".join(lines[start : start + ROWS_A_PASSAGE]), place, joined=start > 0)


def _merge(rows: tuple[tuple[str, ...], ...], copies: frozenset[tuple[int, int]]) -> list[list[str]]:
    """Rows in which a merged cell stands once: its figure, repeated, would be another figure.

    A name is repeated in the header, for its columns, and downwards, for its rows; not so a title
    over the whole table.
    """
    own = [
        [text.strip() and (n, column) not in copies for column, text in enumerate(row)]
        for n, row in enumerate(rows)
    ]
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in own)]
    full = [n for n, row in enumerate(rows) if any(text.strip() for text in row)]
    named = full[0] if full and len(set(rows[full[0]])) > 1 else -1
    return [[_merged(rows, n, column, copies, n == named) for column in kept] for n in full if any(own[n])]


def _merged(
    rows: tuple[tuple[str, ...], ...], n: int, column: int, copies: frozenset[tuple[int, int]], header: bool
) -> str:
    text = rows[n][column]
    if (n, column) not in copies or (header and len(text) <= _LONGEST_NAME):
        return text
    downwards = n > 0 and rows[n - 1][column] == text
    return text if downwards and len(text) <= _LONGEST_FIGURE and not _DIGIT.search(text) else ""


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
