"""What a super user must know of a house document: its placeholders, and what is dropped from it."""

from collections.abc import Collection
from dataclasses import dataclass

from templates.word.house.package import open_house, parse
from templates.word.house.placeholders import (
    CONTENTS,
    EDGES,
    REPORT,
    WORDS,
    find_lines,
    may_hold_placeholders,
)
from templates.word.house.write import write_house
from templates.word.package import UnreadableWord
from templates.word.report import WordReport

LARGEST_HOUSE = 20_000_000


@dataclass(frozen=True)
class HouseFindings:
    """The placeholders by what they are, blocks without one, and what is not taken over from the file."""

    placeholders: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_report(self) -> bool:
        """Whether the file says where the whole report goes."""
        return REPORT in self.placeholders

    @property
    def has_places(self) -> bool:
        """Whether any block has a place of its own."""
        return any(name not in (REPORT, CONTENTS, *WORDS) for name in self.placeholders)


def check_house(data: bytes, keys: Collection[str]) -> HouseFindings:
    """What a template with these blocks finds in a house document. Raises `UnreadableWord`."""
    if len(data) > LARGEST_HOUSE:
        raise UnreadableWord(
            f"The file is larger than {LARGEST_HOUSE // 1_000_000} MB; leave out its large pictures."
        )
    package = open_house(data)
    found: dict[str, bool] = {}
    for is_edge, part in [(False, package.main), *((True, part) for _, part in package.related(*EDGES))]:
        if not may_hold_placeholders(package.parts[part]):
            continue
        for line in find_lines(parse(package.parts[part])):
            for name, _, _ in line.matches:
                found[name] = found.get(name, True) and is_edge
    # What can be read but not be filled is to be known now, not when a report is exported.
    write_house(data, WordReport("Trial", toc=True))
    known = {*WORDS, *keys, *(name for name in (REPORT, CONTENTS) if not found.get(name, True))}
    return HouseFindings(
        placeholders=tuple(name for name in found if name in known),
        unknown=tuple(name for name in found if name not in known),
        # A block named only in a header has no place for all of it.
        unplaced=tuple(key for key in keys if found.get(key, True)),
        notes=tuple(package.notes),
    )
