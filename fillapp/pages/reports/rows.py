"""Reports as rows of a list: how far each is, and what the reader may do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet

from fillapp.pages.counts import Counts
from generation.guards.held import find_held
from generation.models import Fill, Report, ReportShare
from generation.models.fills import UNFINISHED
from templates.models import ReportTemplate

State, Review = Fill.State, Fill.Review


@dataclass(frozen=True)
class Rights:
    """What a person may do with a report; `again` is whether its template can be started by them."""

    owns: bool = False
    edits: bool = False
    again: bool = False


@dataclass(frozen=True)
class _Counted:
    """So many fills of a report are in one state."""

    state: str
    review: str
    withheld: bool
    number: int

    @property
    def is_withheld(self) -> bool:
        """Not while they are written again."""
        return self.withheld and self.state not in UNFINISHED


@dataclass(frozen=True)
class Row:
    """A report in a list; `shares` counts the people and groups it is shared with."""

    report: Report
    counts: Counts
    rights: Rights = field(default_factory=Rights)
    shares: int = 0

    @property
    def reviewed(self) -> int:
        """How many parts somebody has accepted or rewritten."""
        return self.counts.ready - self.counts.to_review - self.counts.rejected

    @property
    def state(self) -> str:
        """One of `search.STATES`."""
        if self.counts.unfinished:
            return "writing"
        if self.counts.again:
            return "failed"
        return "reviewed" if self.reviewed == self.counts.total else "to-review"

    @property
    def look(self) -> str:
        """The icon and colour of the state."""
        return {"writing": "running", "failed": "failed", "reviewed": "ready", "to-review": "box"}[self.state]

    @property
    def line(self) -> str:
        """How far it is in a few words, such as “4 of 9 reviewed” or “8 of 9 ready, 1 failed”."""
        counts = self.counts
        if self.state == "reviewed" and counts.total > 1:
            return f"All {counts.total} reviewed"
        if self.state in ("reviewed", "to-review"):
            withheld = f", {counts.withheld} withheld" if counts.withheld else ""
            return f"{self.reviewed} of {counts.total} reviewed{withheld}"
        ended = ((counts.failed, "failed"), (counts.cancelled, "cancelled"), (counts.withheld, "withheld"))
        parts = [f"{counts.ready} of {counts.total} ready"]
        return ", ".join(parts + [f"{number} {word}" for number, word in ended if number])


def find_cases(user: User) -> QuerySet[Report]:
    """The reports that count: no previews, tests or replays."""
    return as_cases(Report.objects.visible_to(user))


def as_cases(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Those of the reports that count, the newest first, with what a row shows of them."""
    cases = reports.filter(purpose=Report.Purpose.CASE)
    return cases.select_related("snapshot", "owner", "template").order_by("-created", "-pk")


def make_rows(reports: Sequence[Report]) -> list[Row]:
    """The reports with their counts, counted in one query; in two where parts are withheld."""
    counted: dict[int, list[_Counted]] = {report.pk: [] for report in reports}
    fills = Fill.objects.filter(report__in=list(counted)).order_by()
    states = fills.values_list("report", "state", "review", "withheld")
    for report_id, *said in states.annotate(number=Count("pk")):
        counted[report_id].append(_Counted(*said))
    held = _count_held([one for one in reports if any(each.withheld for each in counted[one.pk])])
    return [_row(report, counted[report.pk], held.get(report.pk, 0)) for report in reports]


def _count_held(reports: Sequence[Report]) -> dict[int, int]:
    """How many parts of each wait for withheld ones."""
    if not reports:
        return {}
    fills: dict[int, list[Fill]] = {report.pk: [] for report in reports}
    for fill in (
        Fill.objects.filter(report__in=reports).order_by().only("report", "block", "state", "withheld")
    ):
        fills[fill.report_id].append(fill)
    return {report.pk: len(find_held(report.snapshot.parsed, fills[report.pk])) for report in reports}


def rights_to(report: Report, user: User) -> Rights:
    """What the user may do with one report."""
    return add_rights([Row(report, Counts(total=0))], user)[0].rights


def add_rights(rows: Iterable[Row], user: User) -> list[Row]:
    """The rows with what the user may do, in three queries."""
    rows = list(rows)
    pks = [row.report.pk for row in rows]
    owned = _pks(Report.objects.owned_by(user).filter(pk__in=pks))
    editable = _pks(Report.objects.editable_by(user).filter(pk__in=pks))
    startable = _pks(ReportTemplate.objects.visible_to(user).filter(archived=False))
    shares = ReportShare.objects.filter(report__in=owned).values_list("report")
    shared = dict(shares.annotate(number=Count("pk")).order_by())
    return [
        replace(
            row,
            rights=Rights(
                owns=row.report.pk in owned,
                edits=row.report.pk in editable,
                again=row.report.template_id in startable,
            ),
            shares=shared.get(row.report.pk, 0),
        )
        for row in rows
    ]


def _pks(found: QuerySet[Report] | QuerySet[ReportTemplate]) -> set[int]:
    return set(found.order_by().values_list("pk", flat=True))


def _row(report: Report, counted: Sequence[_Counted], held: int) -> Row:
    """From how many of its fills are in which state, by what was decided on them."""

    def count(state: str, review: str = "") -> int:
        return sum(
            one.number
            for one in counted
            if one.state == state and review in ("", one.review) and not one.is_withheld
        )

    return Row(
        report,
        Counts(
            total=sum(one.number for one in counted),
            ready=count(State.DONE),
            failed=count(State.FAILED),
            cancelled=count(State.CANCELLED),
            to_review=count(State.DONE, Review.NOT_YET),
            rejected=count(State.DONE, Review.REJECTED),
            withheld=sum(one.number for one in counted if one.is_withheld),
            held=held,
        ),
    )
