"""The page of one report, and what can be done on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.moving import find_newer
from fillapp.pages.reports import rights_to
from fillapp.pages.shown.report import show_report
from generation.document_checks import find_notes
from generation.engine.schedule import cancel_report, retry_report
from generation.models import Report
from generation.offline import OFFLINE_NOTICE
from generation.profiles import OFFLINE, UnknownProfile


@require_GET
@needs("generation.view_report")
def show(request: SignedIn, pk: int) -> HttpResponse:
    """The report as paper, blocks filling in as they are written."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("snapshot", "template"), pk=pk
    )
    rights = rights_to(report, request.user)
    can_edit = rights.edits
    shown = show_report(report, can_edit=can_edit)
    body = report.snapshot.parsed
    names = {slot.key: slot.name for slot in body.documents}
    rows = list(report.report_documents.select_related("document").defer("document__text"))
    notes = find_notes([row.document_id for row in rows])
    context = {
        "report": report,
        "template_name": body.name,
        "language": body.language,
        "shown": shown,
        "can_edit": can_edit,
        "notice": OFFLINE_NOTICE if report.profile == OFFLINE else "",
        "documents": [
            (row.document, names.get(row.slot, ""), notes.get(row.document_id, [])) for row in rows
        ],
        "rights": rights,
        "newer": find_newer(report, request.user) if can_edit else None,
        "page": "reports",
    }
    return render(request, "generation/report.html", context)


@require_POST
@needs("generation.change_report")
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    """Stop what is not finished."""
    cancel_report(get_object_or_404(Report.objects.editable_by(request.user), pk=pk))
    return redirect("report", pk=pk)


@require_POST
@needs("generation.change_report")
def retry(request: SignedIn, pk: int) -> HttpResponse:
    """Fill again what failed or was cancelled."""
    report = get_object_or_404(Report.objects.editable_by(request.user), pk=pk)
    try:
        retry_report(report)
    except UnknownProfile as error:
        messages.error(request, str(error))
    return redirect("report", pk=pk)
