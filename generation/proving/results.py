"""What came out of a run: how often each expectation was met, by the draft and by what is published."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count, Sum

from generation.models import ExampleCase, Expectation, Request, TestRun, Trial, VerdictRow
from signals.intervals import find_interval

Side = Trial.Side


@dataclass
class Cell:
    """How one side did on one expectation, or on all: a verdict for each trial that was checked."""

    tries: int
    verdicts: list[VerdictRow] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """How often it was met."""
        return sum(row.passed is True for row in self.verdicts)

    @property
    def decided(self) -> int:
        """How often anybody could tell."""
        return sum(row.passed is not None for row in self.verdicts)

    @property
    def undecided(self) -> int:
        """How often nobody could."""
        return len(self.verdicts) - self.decided

    @property
    def interval(self) -> tuple[float, float]:
        """Where the rate lies with 95 % confidence, each end 0 to 1."""
        return find_interval(self.passed, self.decided)

    @property
    def is_met(self) -> bool:
        """Whether it was met in every repetition."""
        return self.passed == self.tries

    @property
    def state(self) -> str:
        """In a word: waiting, met, missed, or in part."""
        if not self.verdicts:
            return "waiting"
        if self.passed == len(self.verdicts):
            return "met"
        return "missed" if not self.passed and not self.undecided else "part"


@dataclass
class Line:
    """One expectation with how each side did; `published` is None where there is no other side."""

    expectation: Expectation
    draft: Cell
    published: Cell | None


@dataclass
class SideTotal:
    """What one side took: the median seconds of a report, calls and cost of all, and those of the judge."""

    side: Side
    seconds: float | None = None
    calls: int = 0
    cost: float = 0
    all_of_it: Cell = field(default_factory=lambda: Cell(0))


@dataclass
class Results:
    """A run, as far as it is."""

    run: TestRun
    trials: list[Trial]
    lines: list[Line]
    totals: list[SideTotal]

    @property
    def checked(self) -> int:
        """How many trials are done."""
        return sum(trial.checked is not None for trial in self.trials)

    @property
    def problems(self) -> list[str]:
        """Why trials could not be made, each reason once."""
        return list(dict.fromkeys(trial.problem for trial in self.trials if trial.problem))

    @property
    def met(self) -> int:
        """How many expectations the draft meets every time."""
        return sum(line.draft.is_met for line in self.lines)

    @property
    def has_published(self) -> bool:
        """Whether there is another side than the draft."""
        return any(trial.side == Side.PUBLISHED for trial in self.trials)


def load_results(run: TestRun) -> Results:
    """What came out of a run until now; five queries, whatever its size."""
    trials = list(run.trials.select_related("report", "case"))
    sides = [side for side in Side if any(trial.side == side for trial in trials)]
    rows = list(VerdictRow.objects.filter(trial__run=run).select_related("trial", "expectation"))
    cells: dict[tuple[int, str], Cell] = {}
    for row in rows:
        key = row.expectation_id, row.trial.side
        cells.setdefault(key, Cell(run.repetitions)).verdicts.append(row)
    has_published = Side.PUBLISHED in sides

    def cell(one: Expectation, side: Side) -> Cell:
        return cells.get((one.pk, side), Cell(run.repetitions))

    lines = [
        Line(one, cell(one, Side.DRAFT), cell(one, Side.PUBLISHED) if has_published else None)
        for one in expected_in(run, trials)
    ]
    return Results(run, trials, lines, _add_up(run, trials, sides, rows))


def expected_in(run: TestRun, trials: Iterable[Trial]) -> list[Expectation]:
    """All that was expected when the run began, by case and in the order of the report."""
    cases: dict[int, ExampleCase] = {trial.case_id: trial.case for trial in trials}
    order = {block.block: number for number, block in enumerate(run.draft.parsed.fillable)}
    found = list(run.expectations.filter(case__in=cases))
    for expectation in found:
        expectation.case = cases[expectation.case_id]
    places = {pk: number for number, pk in enumerate(cases)}
    found.sort(key=lambda one: (places[one.case_id], order.get(one.block, len(order)), one.pk))
    return found


def passes(run: TestRun) -> bool:
    """Whether the draft met every expectation in every repetition, and none was left undecided."""
    if run.finished is None or run.cancelled:
        return False
    trials = list(run.trials.filter(side=Side.DRAFT).select_related("case"))
    wanted = len(expected_in(run, trials)) * run.repetitions
    met = VerdictRow.objects.filter(trial__run=run, trial__side=Side.DRAFT, passed=True).count()
    return 0 < wanted == met


def _add_up(run: TestRun, trials: list[Trial], sides: list[Side], rows: list[VerdictRow]) -> list[SideTotal]:
    used = Request.objects.filter(fill__report__trial__run=run).order_by()
    costs = used.values("fill__report__trial__side").annotate(calls=Count("pk"), cost=Sum("cost"))
    by_side = {one["fill__report__trial__side"]: (one["calls"], one["cost"]) for one in costs}
    totals = []
    for side in sides:
        calls, cost = by_side.get(side, (0, 0.0))
        own = [row for row in rows if row.trial.side == side]
        seconds = [
            (trial.report.finished - trial.report.started).total_seconds()
            for trial in trials
            if trial.side == side and trial.report and trial.report.started and trial.report.finished
        ]
        totals.append(
            SideTotal(
                side,
                median(seconds) if seconds else None,
                calls + sum(row.calls for row in own),
                cost + sum(row.cost for row in own),
                Cell(len(own), own),
            )
        )
    return totals
