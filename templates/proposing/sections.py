"""A report's parts as sections: a heading, and below it paragraphs, lists, tables and choices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from templates.blocks.base import count_words
from templates.word.parts import Choice, Heading, ListItem, Paragraph, Part, Table

Unit = tuple[Part, ...]
"""One paragraph, one table, one choice, or all items of one list."""

# Words an item, on average, above which a list is running text.
_LONG_ITEMS = 40
_MOST_LISTS = 2


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it, up to the next; without one before the first heading."""

    heading: Heading | None
    units: tuple[Unit, ...]


def split_sections(parts: Sequence[Part]) -> list[Section]:
    """The sections of a report; the first has no heading and may be empty."""
    sections: list[tuple[Heading | None, list[Part]]] = [(None, [])]
    for part in parts:
        if isinstance(part, Heading):
            sections.append((part, []))
        else:
            sections[-1][1].append(part)
    return [Section(heading, tuple(_units(below))) for heading, below in sections]


def is_text(unit: Unit) -> bool:
    """Whether this is running text: a paragraph, or one item of a list that is read as text."""
    return isinstance(unit[0], Paragraph) or (isinstance(unit[0], ListItem) and len(unit) == 1)


def unit_text(unit: Sequence[Part]) -> str:
    """What parts say, for people and to be compared."""
    return "\n".join(_part_text(part) for part in unit)


def fold(text: str) -> str:
    """What two spellings of one text have in common."""
    return " ".join(text.casefold().split())


def _units(parts: Sequence[Part]) -> Iterator[Unit]:
    runs = [
        (is_list, tuple(run)) for is_list, run in groupby(parts, key=lambda part: isinstance(part, ListItem))
    ]
    # A section that goes to and fro between text and lists is one text with lists in it.
    is_mixed = sum(is_list for is_list, _ in runs) > _MOST_LISTS
    for is_list, found in runs:
        if is_list and not is_mixed and not _is_long(found):
            yield found
        else:
            yield from ((part,) for part in found)


def _is_long(items: Sequence[Part]) -> bool:
    return sum(count_words(_part_text(item)) for item in items) > _LONG_ITEMS * len(items)


def _part_text(part: Part) -> str:
    if isinstance(part, Table):
        return "\n".join(" | ".join(" ".join(cell.split()) for cell in row) for row in part.rows)
    if isinstance(part, Choice):
        return ", ".join(part.chosen) or "–"
    return part.text
