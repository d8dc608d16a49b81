"""Real Word reports imported to a template, filled back with what they said, exported and read again.

Run as `python -m tests.bench.import_word FOLDER`. Each file is exported twice, in its own look and in Fill's,
by the writers the product uses, and read again by the product's reader: headings and tables must be the same,
in the same order. No language model is asked.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path

from templates.body import Block, StaticHeading, StaticText, TemplateBody
from templates.proposing import Proposed, block_values, make_body, propose_template
from templates.word.body import Body, Run
from templates.word.house import UnreadableWord, write_house
from templates.word.parts import Heading, Part, Table
from templates.word.read.document import read_word
from templates.word.report import ReportPart, WordReport
from templates.word.write import write_report

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_LAST_LEVEL = 4


@dataclass(frozen=True)
class Shape:
    """What is compared: headings with their levels, and the texts of all cells."""

    headings: list[tuple[str, int]]
    tables: list[tuple[tuple[str, ...], ...]]
    order: list[str]


@dataclass
class Result:
    """What became of one file."""

    name: str
    refused: str = ""
    blocks: int = 0
    statics: int = 0
    seconds: float = 0
    before: Shape | None = None
    after: dict[str, Shape] = field(default_factory=dict)

    def same(self, what: Callable[[Shape], object]) -> bool:
        """Whether every way of export kept it."""
        return bool(
            self.before
            and self.after
            and all(what(shape) == what(self.before) for shape in self.after.values())
        )


def read_shape(parts: Sequence[Part], title: str = "") -> Shape:
    """Headings, tables and their common order; levels as deep as a template can say."""
    headings = [
        (" ".join(part.text.split()), min(part.level, _LAST_LEVEL))
        for part in parts
        if isinstance(part, Heading)
    ]
    tables = [
        tuple(tuple(" ".join(cell.split()) for cell in row) for row in part.rows)
        for part in parts
        if isinstance(part, Table)
    ]
    order = [type(part).__name__ for part in parts if isinstance(part, Heading | Table)]
    return Shape(headings, tables, order)


def fill_back(body: TemplateBody, proposed: Proposed) -> WordReport:
    """The report as the product exports it, each block with the value it had."""
    return WordReport(
        title=proposed.title or proposed.name,
        template=proposed.name,
        language=body.language,
        toc=body.word.toc,
        parts=tuple(_parts(body, block_values(body, proposed.proposals))),
    )


def _parts(body: TemplateBody, values: dict[str, object]) -> Iterator[ReportPart]:
    level = 1
    for part in body.blocks:
        if isinstance(part, StaticHeading):
            yield ReportPart(title=part.heading, level=part.level)
            level = min(part.level + 1, 4)
        elif isinstance(part, StaticText):
            yield ReportPart(write=partial(_write_text, part.text))
        else:
            write = partial(_write_block, part, values[part.block], body.language)
            yield ReportPart(key=part.block, title=part.title, level=level, write=write)


def _write_text(text: str, body: Body) -> None:
    body.paragraph([Run(text)])


def _write_block(block: Block, data: object, language: str, body: Body) -> None:
    settings = block.parsed_settings
    value = block.type.show(block.type.load_value(data), settings, language)
    block.type.write_word(value, settings, body)


def import_file(path: Path) -> Result:
    """Through the whole way, there and back."""
    result = Result(path.name)
    data = path.read_bytes()
    started = time.perf_counter()
    try:
        proposed, house = propose_template([(path.name, data)])
    except UnreadableWord as refusal:
        result.refused = str(refusal)
        return result
    result.seconds = time.perf_counter() - started
    body = make_body(proposed.name, proposed.proposals, language=proposed.language)
    result.blocks, result.statics = len(body.fillable), len(body.blocks) - len(body.fillable)
    result.before = read_shape(read_word(BytesIO(data)))
    report = fill_back(body, proposed)
    written = {"Fill's look": write_report(report)}
    if house is not None:
        written["own look"] = write_house(house, report)
    result.after = {way: read_shape(read_word(BytesIO(file))) for way, file in written.items()}
    return result


def main(folder: Path) -> int:
    """Print a line a file and the totals; 1 if fewer than 15 files came back the same."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    results = []
    print(f"{'file':42} {'blocks':>6} {'static':>6} {'headings':>9} {'tables':>8}  same        seconds")
    for path in files:
        result = import_file(path)
        results.append(result)
        print(_line(result), flush=True)
    good = [one for one in results if one.same(lambda shape: shape)]
    rich = [one for one in good if one.before and one.before.headings and one.before.tables]
    print(
        f"\n{len(files)} files: {len(good)} came back with the same headings and the same tables in the same "
        f"order ({len(rich)} of them have both), {sum(bool(one.refused) for one in results)} refused, "
        f"{len(files) - len(good) - sum(bool(one.refused) for one in results)} differ."
    )
    return 0 if len(good) >= 15 else 1


def _line(result: Result) -> str:
    if result.refused or result.before is None:
        return f"{result.name[:42]:42} refused: {result.refused}"
    before, after = result.before, list(result.after.values())
    headings = "/".join(str(len(shape.headings)) for shape in (before, *after))
    tables = "/".join(str(len(shape.tables)) for shape in (before, *after))
    same = {
        "headings": result.same(lambda shape: shape.headings),
        "tables": result.same(lambda shape: shape.tables),
        "order": result.same(lambda shape: shape.order),
    }
    said = "yes" if all(same.values()) else "NO: " + ", ".join(name for name, ok in same.items() if not ok)
    ways = "" if "own look" in result.after else " (only in Fill's look)"
    return (
        f"{result.name[:42]:42} {result.blocks:6} {result.statics:6} {headings:>9} {tables:>8}  "
        f"{said:10} {result.seconds:8.2f}{ways}"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
