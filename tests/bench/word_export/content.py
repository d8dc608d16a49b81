"""The report of the benchmark: the values of its blocks as they are stored, and the same as plain texts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from templates.body import Block
from tests.templates.word.readers import Counts

Json = dict[str, Any]
COLUMNS = ("Item", "Owner", "Due", "Planned", "Spent", "Share")
# Of the five runs of a paragraph.
MARKS = (None, "bold", None, "italic", None)
_TYPES = ("text", "text", "date", "money", "number", "text")
_WORDS = (
    "budget lease roof tenant survey committee library meeting decision repair quote owner board summer of "
    "agreed deferred planned spent reported mended looked asked wrote heard the with before after under and "
    "programme assessment household income statement figure letter visit note branch reader & <draft>"
)


@dataclass(frozen=True)
class Size:
    """How much of everything; each section holds `headings` of `paragraphs` each, a list and a table.

    The header is one of the `rows`; `bullets` are those of the whole report.
    """

    sections: int = 60
    headings: int = 5
    paragraphs: int = 10
    bullets: int = 500
    rows: int = 40

    @property
    def counts(self) -> Counts:
        """What a reader must find in the file."""
        headings, rows = self.sections * self.headings, self.sections * self.rows
        return Counts(
            headings=headings,
            paragraphs=headings * self.paragraphs,
            tables=self.sections,
            rows=rows,
            cells=rows * len(COLUMNS),
            bullets=self.bullets,
        )


@dataclass(frozen=True)
class Chapter:
    """A heading and the five runs of each paragraph below it."""

    heading: str
    paragraphs: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A part of the report as plain texts; the rows are those below the header."""

    chapters: list[Chapter]
    bullets: list[str]
    rows: list[list[str]]


def make_sections(size: Size) -> list[Section]:
    """The same texts every time, as varied as prose is to the one who packs it."""
    chance, vocabulary = random.Random(7), _WORDS.split()

    def words(count: int) -> str:
        return " ".join(chance.choices(vocabulary, k=count))

    def runs() -> list[str]:
        return [f"{words(count)} " for count in (14, 3, 9, 4, 18)]

    def row() -> list[str]:
        due = f"{chance.randint(1, 28)} March 20{chance.randint(20, 30)}"
        amount, number, share = chance.randint(1, 10**6), chance.randint(1, 10**4), chance.randint(0, 100)
        return [words(3), words(2), due, f"€ {amount:,}.50", str(number), f"{share} %"]

    return [
        Section(
            [Chapter(words(4), [runs() for _ in range(size.paragraphs)]) for _ in range(size.headings)],
            [words(9) for _ in _share(size.bullets, part, size)],
            [row() for _ in range(size.rows - 1)],
        )
        for part in range(size.sections)
    ]


def _share(whole: int, part: int, size: Size) -> range:
    """The numbers of those out of `whole` that stand in this section."""
    return range(whole * part // size.sections, whole * (part + 1) // size.sections)


def stored_blocks(sections: list[Section]) -> list[tuple[Block, Json]]:
    """The blocks of the report's template, each with its value as a row of the database holds it."""
    columns = [{"name": name, "type": kind} for name, kind in zip(COLUMNS, _TYPES, strict=True)]
    settings = {
        "long_text": {"max_words": 5_000},
        "bullets": {"max_items": 50},
        "table": {"columns": columns},
    }
    return [
        (Block(block=f"{kind}_{number}", kind=kind, settings=settings[kind]), value)
        for number, section in enumerate(sections)
        for kind, value in _values(section)
    ]


def _values(section: Section) -> Iterator[tuple[str, Json]]:
    content: list[Json] = []
    for chapter in section.chapters:
        heading = {"type": "text", "text": chapter.heading}
        content.append({"type": "heading", "attrs": {"level": 1}, "content": [heading]})
        content += [{"type": "paragraph", "content": _runs(runs)} for runs in chapter.paragraphs]
    yield "long_text", {"doc": {"type": "doc", "content": content}}
    yield "bullets", {"items": [{"text": text, "items": []} for text in section.bullets]}
    yield "table", {"columns": list(COLUMNS), "rows": section.rows}


def _runs(runs: list[str]) -> list[Json]:
    return [
        {"type": "text", "text": text} | ({"marks": [{"type": mark}]} if mark else {})
        for text, mark in zip(runs, MARKS, strict=True)
    ]
