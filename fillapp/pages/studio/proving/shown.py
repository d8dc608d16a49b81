"""A run of the tests as pages show it: a row for each expectation, a cell for each side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generation.models import ExampleCase, TestRun
from generation.proving.expecting import say
from generation.proving.results import Cell, Line, Results, SideTotal, load_results
from templates.body import TemplateBody
from templates.compare import name_block

_ICONS = {"met": "accepted", "part": "attention", "missed": "failed", "waiting": "waiting"}
_LOOKS = {"met": "is-ready", "part": "is-attention", "missed": "is-failed", "waiting": ""}
_SAYINGS = {"met": "Met", "part": "Not always", "missed": "Never met", "waiting": "Not checked yet"}


@dataclass(frozen=True)
class ShownCell:
    """How often one side met an expectation, with the 95 % interval as per cents from 0 to 100."""

    side: str
    state: str
    passed: int
    decided: int
    undecided: int
    low: int
    high: int

    @property
    def icon(self) -> str:
        """The drawing that says how it is."""
        return _ICONS[self.state]

    @property
    def look(self) -> str:
        """The class of its colour."""
        return _LOOKS[self.state]

    @property
    def says(self) -> str:
        """The state in words."""
        return _SAYINGS[self.state]

    @property
    def mark(self) -> int:
        """Where the mark of the rate begins, on a bar that is 100 wide; the mark is 2 wide."""
        return round(98 * self.passed / self.decided) if self.decided else 0

    @property
    def width(self) -> int:
        """From the one end of the interval to the other."""
        return max(self.high - self.low, 1)


@dataclass(frozen=True)
class ShownLine:
    """One expectation in words, and how each side did."""

    words: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownBlock:
    """A block of a case, with what is expected of it."""

    key: str
    name: str
    lines: list[ShownLine]


@dataclass(frozen=True)
class ShownCase:
    """A case; `others` are blocks of which nothing is expected, to be looked at all the same."""

    case: ExampleCase
    blocks: list[ShownBlock]
    others: list[ShownBlock]


@dataclass(frozen=True)
class ShownTotal:
    """What one side took and how it did over all."""

    side: str
    all_of_it: ShownCell
    total: SideTotal


@dataclass(frozen=True)
class ShownRun:
    """A whole run."""

    run: TestRun
    results: Results
    cases: list[ShownCase]
    totals: list[ShownTotal]

    @property
    def sides(self) -> list[str]:
        """The heads of the columns."""
        return [total.side for total in self.totals]

    @property
    def has_calls(self) -> bool:
        """Whether a model was asked."""
        return any(total.total.calls for total in self.totals)

    @property
    def has_costs(self) -> bool:
        """Whether the model has a price."""
        return any(total.total.cost for total in self.totals)

    @property
    def undecided(self) -> int:
        """How often nobody could tell."""
        return sum(total.all_of_it.undecided for total in self.totals)


def show_run(run: TestRun) -> ShownRun:
    """What came of a run until now."""
    results = load_results(run)
    body = run.draft.parsed
    totals = [
        ShownTotal(name_side(run, total.side), _show_cell(name_side(run, total.side), total.all_of_it), total)
        for total in results.totals
    ]
    return ShownRun(run, results, list(_show_cases(run, body, results.lines)), totals)


def name_side(run: TestRun, side: str) -> str:
    """What a side is called: the draft, or the version that was the newest then."""
    if side == "draft":
        return "Draft"
    return f"Version {run.version.number}" if run.version else "Published"


def _show_cases(run: TestRun, body: TemplateBody, lines: Sequence[Line]) -> Iterator[ShownCase]:
    names = {block.block: name_block(block) for block in body.fillable}
    for _, of_case in groupby(lines, key=lambda line: line.expectation.case_id):
        rows = list(of_case)
        blocks = [
            ShownBlock(key, names.get(key, key), [_show_line(run, line) for line in of_block])
            for key, of_block in groupby(rows, key=lambda line: line.expectation.block)
        ]
        expected = {block.key for block in blocks}
        others = [ShownBlock(key, name, []) for key, name in names.items() if key not in expected]
        yield ShownCase(rows[0].expectation.case, blocks, others)


def _show_line(run: TestRun, line: Line) -> ShownLine:
    cells = [_show_cell(name_side(run, "draft"), line.draft)]
    if line.published:
        cells.append(_show_cell(name_side(run, "published"), line.published))
    return ShownLine(say(line.expectation), cells)


def _show_cell(side: str, cell: Cell) -> ShownCell:
    low, high = cell.interval
    return ShownCell(
        side,
        cell.state,
        cell.passed,
        cell.decided,
        cell.undecided,
        round(100 * low),
        round(100 * high),
    )
