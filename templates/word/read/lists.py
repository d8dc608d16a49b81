"""How a file's lists count, and the number that each of their paragraphs is shown with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from signals.clean import clean_text
from templates.word.package import Element, child, is_on, local, number, value
from templates.word.read.numerals import write_numeral

_PLACE = re.compile(r"%([1-9])")
_LONGEST_TEXT = 60


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, the style tied to it, and what it writes ("%1.%2")."""

    counted: str
    style: str | None
    start: int = 1
    text: str = ""
    # Legal numbering writes the numbers of the levels above in digits, whatever they count in.
    legal: bool = False
    # The level (counted from 1) that begins it anew; 0 if none does, None if all above do.
    restart: int | None = None


@dataclass(frozen=True)
class NumberedList:
    """A `w:num`: the definition it counts by, and what it does otherwise."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Lists:
    """The list definitions of one file by id, and its lists by numId."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, NumberedList] = field(default_factory=dict)

    def level(self, num_id: str, level: int) -> Level | None:
        """A level of a list, None where the file does not say."""
        found = self.lists.get(num_id)
        if found is None:
            return None
        return found.levels.get(level) or self.definitions.get(found.definition, {}).get(level)

    def level_of_style(self, num_id: str, style: str | None) -> int:
        """The level of a list that is tied to a style."""
        found = self.lists.get(num_id)
        levels = self.definitions.get(found.definition, {}) if found else {}
        return next((n for n, level in levels.items() if level.style == style), 0)


class Counting:
    """Counts the paragraphs of a document's lists, in the order they stand."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        # Lists of one definition count on from each other.
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, num_id: str, level: int) -> str:
        """The number of the next paragraph of a list, as Word shows it; "" for bullets."""
        found, look = self._lists.lists.get(num_id), self._lists.level(num_id, level)
        if found is None or look is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if level in counts and not (level in found.starts and (num_id, level) not in self._begun):
            counts[level] += 1
        else:
            counts[level] = self._start(found, num_id, level)
        self._begun.add((num_id, level))
        for deeper in [n for n in counts if n > level]:
            self._end_level(counts, num_id, deeper, level)
        for above in range(level):
            counts.setdefault(above, self._start(found, num_id, above))
        return "" if look.counted == "bullet" else self._write(look, num_id, counts)

    def _start(self, found: NumberedList, num_id: str, level: int) -> int:
        look = self._lists.level(num_id, level)
        return found.starts.get(level, look.start if look else 1)

    def _end_level(self, counts: dict[int, int], num_id: str, deeper: int, level: int) -> None:
        look = self._lists.level(num_id, deeper)
        if look is None or look.restart is None or level < look.restart:
            del counts[deeper]

    def _write(self, look: Level, num_id: str, counts: dict[int, int]) -> str:
        def write(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            counted = self._lists.level(num_id, level)
            form = counted.counted if counted else "decimal"
            if look.legal and form != "decimalZero":
                form = "decimal"
            return write_numeral(counts.get(level, 1), form)

        return _PLACE.sub(write, look.text).strip()


def read_lists(numbering: Element | None) -> Lists:
    """The lists of a numbering part; none where the file has no such part."""
    lists = Lists()
    links: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for element in _children(numbering, "abstractNum"):
        definition = value(element, "abstractNumId") or ""
        lists.definitions[definition] = dict(_read_level(level) for level in _children(element, "lvl"))
        if style := value(child(element, "styleLink")):
            links[style] = definition
        if style := value(child(element, "numStyleLink")):
            borrowed[definition] = links.get(style, style)
    # The style a definition borrows from may be defined after it.
    borrowed = {definition: links.get(style, style) for definition, style in borrowed.items()}
    for element in _children(numbering, "num"):
        definition = value(child(element, "abstractNumId")) or ""
        own, starts = _read_overrides(element)
        lists.lists[value(element, "numId") or ""] = NumberedList(
            borrowed.get(definition, definition), own, starts
        )
    return lists


def _read_overrides(element: Element) -> tuple[dict[int, Level], dict[int, int]]:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in _children(element, "lvlOverride"):
        if (level := child(override, "lvl")) is not None:
            own.update([_read_level(level)])
        if (start := value(child(override, "startOverride"))) is not None:
            starts[number(value(override, "ilvl"))] = number(start)
    return own, starts


def _read_level(level: Element) -> tuple[int, Level]:
    restart = value(child(level, "lvlRestart"))
    return number(value(level, "ilvl")), Level(
        counted=value(child(level, "numFmt")) or "decimal",
        style=value(child(level, "pStyle")),
        start=number(value(child(level, "start")), 1),
        text=clean_text(value(child(level, "lvlText")) or "")[:_LONGEST_TEXT],
        legal=is_on(child(level, "isLgl")),
        restart=None if restart is None else number(restart),
    )


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return (found for found in (parent if parent is not None else ()) if local(found.tag) == name)
