"""Lays several reports of one form side by side, so that what belongs together stands in one row."""

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from templates.proposing.sections import Section, Unit, fold, is_text, unit_text
from templates.word.parts import Choice, ListItem, Table

T = TypeVar("T")
Row = list[T | None]
"""The same place in each report; None in reports that lack it."""


def align_sections(reports: Sequence[Sequence[Section]]) -> list[Row[Section]]:
    """Sections by their headings; as many unlike headings of one level in a row are taken for the same."""
    return _align(reports, _section_key, lambda section: section.heading and section.heading.level)


def align_units(sections: Sequence[Sequence[Unit]]) -> list[Row[Unit]]:
    """What stands below one heading: texts by their words, tables by their columns, lists by their order."""
    return _align(sections, _unit_key, lambda unit: type(unit[0]))


def _section_key(section: Section) -> Hashable:
    return fold(section.heading.text) if section.heading else None


def _unit_key(unit: Unit) -> Hashable:
    first = unit[0]
    if isinstance(first, Table):
        return Table, len(first.rows[0]), fold(first.rows[0][0])
    if isinstance(first, Choice):
        return Choice, first.options
    return fold(unit_text(unit)) if is_text(unit) else ListItem


def _align(
    sequences: Sequence[Sequence[T]], key: Callable[[T], Hashable], sort: Callable[[T], object]
) -> list[Row[T]]:
    rows: list[Row[T]] = [[one] for one in sequences[0]]
    for count, sequence in enumerate(sequences[1:], 1):
        rows = _add(rows, count, sequence, key, sort)
    return rows


def _add(
    rows: list[Row[T]],
    count: int,
    sequence: Sequence[T],
    key: Callable[[T], Hashable],
    sort: Callable[[T], object],
) -> list[Row[T]]:
    """The rows of `count` reports with one more beside them."""
    firsts = [next(one for one in row if one is not None) for row in rows]
    matcher = SequenceMatcher(None, [key(one) for one in firsts], [key(one) for one in sequence], False)
    added: list[Row[T]] = []
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        ours, theirs = firsts[start:end], sequence[new_start:new_end]
        if [sort(one) for one in ours] == [sort(one) for one in theirs]:
            added += [[*row, new] for row, new in zip(rows[start:end], theirs, strict=True)]
        else:
            added += [[*row, None] for row in rows[start:end]]
            added += [[*[None] * count, new] for new in theirs]
    return added
