"""The list of reports, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.pages.accounts import SignedIn
from fillapp.pages.counts import Counts
from generation.models import Fill, Report

_A_PAGE = 30


@dataclass(frozen=True)
class Row:
    """A report in a list."""

    report: Report
    counts: Counts


@require_GET
@login_required
def list_reports(request: SignedIn) -> HttpResponse:
    """All cases the user may see, the newest first."""
    page = Paginator(find_cases(request.user), _A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": make_rows(list(page)), "pages": page, "page": "reports"}
    return render(request, "generation/reports.html", context)


def find_cases(user: User) -> QuerySet[Report]:
    """The reports that count: no previews, tests or replays."""
    cases = Report.objects.visible_to(user).filter(purpose=Report.Purpose.CASE)
    return cases.select_related("snapshot", "owner").order_by("-created", "-pk")


def make_rows(reports: Sequence[Report]) -> list[Row]:
    """The reports with their counts, counted in one query."""
    counted: dict[int, dict[str, int]] = {report.pk: {} for report in reports}
    states = Fill.objects.filter(report__in=list(counted)).values_list("report", "state")
    for report_id, state, number in states.annotate(number=Count("pk")).order_by():
        counted[report_id][state] = number
    return [Row(report, _counts(counted[report.pk])) for report in reports]


def _counts(states: dict[str, int]) -> Counts:
    return Counts(
        total=sum(states.values()),
        ready=states.get(Fill.State.DONE, 0),
        failed=states.get(Fill.State.FAILED, 0),
        cancelled=states.get(Fill.State.CANCELLED, 0),
    )
