"""The list of reports: found by words and filters; and those deleted lately."""

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.reports.rows import add_rights, as_cases, make_rows
from fillapp.pages.reports.search import STATES, WHOSE, find_templates, read_search
from fillapp.pages.ways import here, keep_query
from generation.models import Report
from generation.removal import KEPT

_A_PAGE = 30
_LONGEST_ID = 19


@require_GET
@needs("generation.view_report")
def list_reports(request: SignedIn) -> HttpResponse:
    """The cases the user may see that fit the search, the newest first."""
    search = read_search(request.GET)
    page = Paginator(search.find(request.user), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": add_rights(make_rows(list(page)), request.user),
        "pages": page,
        "query": keep_query(request, "page", "deleted"),
        "here": here(request),
        "search": search,
        "states": STATES,
        "whose": WHOSE,
        "templates": find_templates(request.user),
        "deleted": _find_deleted(request.user, request.GET.get("deleted", "")),
        "page": "reports",
    }
    return render(request, "generation/reports.html", context)


@require_GET
@needs("generation.delete_report")
def list_deleted(request: SignedIn) -> HttpResponse:
    """What the user deleted and can still bring back, the last deleted first."""
    found = as_cases(Report.objects.deleted_by(request.user)).order_by("-deleted", "-pk")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = [(report, report.deleted + KEPT) for report in page if report.deleted]
    context = {"rows": rows, "pages": page, "days": KEPT.days, "page": "reports"}
    return render(request, "generation/deleted.html", context)


def _find_deleted(user: User, pk: str) -> Report | None:
    """The report that was deleted a moment ago, for as long as it can be undone."""
    if not pk.isdecimal() or len(pk) >= _LONGEST_ID:
        return None
    return Report.objects.deleted_by(user).filter(pk=int(pk)).first()
