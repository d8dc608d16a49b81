"""What a report is given out as: a Word file, and data for scripts."""

import orjson
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from generation.export import export_word
from generation.models import Fill, Report
from generation.result_file import write_result
from generation.review import find_unsettled, may_export

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_IN_FILE_NAMES = dict.fromkeys(map(ord, '\\/:*?"<>|'), "-")
_LONGEST_NAME = 120


@require_GET
@needs("generation.view_report")
def download_word(request: SignedIn, pk: int) -> HttpResponse:
    """The Word file of the report as it stands, where its template does not ask for a review first."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("snapshot", "owner"), pk=pk
    )
    if not may_export(report):
        return _say_what_is_left(request, report)
    return _attachment(export_word(report), f"{_file_name(report.title)}.docx", _WORD)


@require_GET
@needs("generation.view_report")
def download_result(request: SignedIn, pk: int) -> HttpResponse:
    """The result file of the report as it stands."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    content = orjson.dumps(write_result(report), option=orjson.OPT_INDENT_2)
    return _attachment(content, f"{_file_name(report.title)}.json", "application/json")


def _say_what_is_left(request: SignedIn, report: Report) -> HttpResponse:
    unsettled = find_unsettled(report)
    rejected = [fill for fill in unsettled if fill.review == Fill.Review.REJECTED]
    context = {
        "report": report,
        "template_name": report.snapshot.parsed.name,
        "first": unsettled[0].block,
        "open": len(unsettled) - len(rejected),
        "rejected": len(rejected),
        "page": "reports",
    }
    return render(request, "generation/not_reviewed.html", context, status=409)


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _file_name(title: str) -> str:
    """The title without what file systems refuse."""
    words = " ".join(title.translate(_NOT_IN_FILE_NAMES).split())
    return words[:_LONGEST_NAME].strip(". ") or "Report"
