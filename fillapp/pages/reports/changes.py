"""What can be done with a report as a whole: another title, a copy, away with it, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.ways import go_back, read_next
from generation.copies import copy_report
from generation.models import Report
from generation.removal import bring_back, delete_report
from generation.reports import LONGEST_TITLE, clean_title


@require_http_methods(["GET", "POST"])
@needs("generation.change_report")
def rename(request: SignedIn, pk: int) -> HttpResponse:
    """The form of a title. Of two people who give one, the last is right."""
    report = get_object_or_404(Report.objects.editable_by(request.user), pk=pk)
    title = clean_title(request.POST.get("title", report.title))
    if request.method == "POST" and title:
        Report.objects.filter(pk=pk).update(title=title)
        return go_back(request, "report", pk)
    context = {
        "report": report,
        "title": title,
        "longest": LONGEST_TITLE,
        "next": read_next(request),
        "page": "reports",
    }
    return render(request, "generation/rename.html", context, status=200 if title else 422)


@require_POST
@needs("generation.add_report")
def duplicate(request: SignedIn, pk: int) -> HttpResponse:
    """A report of the user's own with the same documents and texts."""
    original = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    copy = copy_report(original, owner=request.user)
    messages.success(request, f"This is a copy of “{original.title}”. Every part is to be reviewed anew.")
    return redirect("report", pk=copy.pk)


@require_POST
@needs("generation.delete_report")
def delete(request: SignedIn, pk: int) -> HttpResponse:
    """Out of sight, with a way to undo it on the page that comes next."""
    report = get_object_or_404(Report.objects.owned_by(request.user), pk=pk)
    delete_report(report)
    return go_back(request, "reports", deleted=pk)


@require_POST
@needs("generation.delete_report")
def undelete(request: SignedIn, pk: int) -> HttpResponse:
    """Back where it was. Twice does no harm."""
    own = Report.objects.deleted_by(request.user) | Report.objects.owned_by(request.user)
    report = get_object_or_404(own, pk=pk)
    bring_back(report)
    messages.success(request, f"“{report.title}” is back.")
    return go_back(request, "reports")
