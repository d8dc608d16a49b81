"""What Word will show of a report: its pages as pictures."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.word_pages import WordPages
from generation.export import export_word
from generation.models import Report
from generation.review import may_export


@require_http_methods(["GET", "HEAD", "POST"])
@needs("generation.view_report")
def show_preview(request: SignedIn, pk: int) -> HttpResponse:
    """The pages of the report as it stands; posted to, what could not be drawn is tried again."""
    report = _find(request, pk)
    preview = WordPages.of_report(pk).ask(export_word(report), again=request.method == "POST")
    if request.method == "POST":
        return redirect("report_preview", pk=pk)
    context = {"report": report, "preview": preview, "may_export": may_export(report), "page": "reports"}
    response = render(request, "generation/preview/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@needs("generation.view_report")
def show_pages(request: SignedIn, pk: int, digest: str) -> HttpResponse:
    """How far the pictures of one state of the report are, as the part of the page that says so."""
    report = _find(request, pk)
    preview = WordPages.of_report(pk).find(digest)
    if preview is None:
        # The page begins anew.
        return redirect("report_preview", pk=pk)
    response = render(request, "generation/preview/pages.html", {"report": report, "preview": preview})
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@needs("generation.view_report")
def show_picture(request: SignedIn, pk: int, digest: str, number: int, small: bool = False) -> HttpResponse:
    """One page as PNG."""
    _find(request, pk)
    return WordPages.of_report(pk).send_picture(digest, number, small)


def _find(request: SignedIn, pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related("snapshot", "owner")
    return get_object_or_404(reports, pk=pk)
