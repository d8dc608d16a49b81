"""Starting a report: documents are uploaded and read, then every block is filled from them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.case import Case, read_case
from generation.documents.read import SUFFIXES
from generation.documents.refusals import KINDS
from generation.engine.schedule import start_report
from generation.models import Report
from generation.profiles import UnknownProfile
from generation.reports import CannotStart, create_report
from templates.models import ReportTemplate, TemplateVersion


@require_http_methods(["GET", "POST"])
@needs("generation.add_report")
def start(request: SignedIn, slug: str) -> HttpResponse:
    """The form of a new case. What was uploaded stays with it, whatever goes wrong."""
    version = find_version(request, slug)
    case = read_case(request, version.snapshot.parsed)
    action = request.POST.get("do", "")
    if action != "generate" or case.refused:
        return _show(request, version, case)
    try:
        report = _create(request, version, case)
    except (CannotStart, UnknownProfile) as refusal:
        case.cannot_start = str(refusal)
        return _show(request, version, case, status=422)
    start_report(report)
    return redirect("report", pk=report.pk)


def find_version(request: SignedIn, slug: str) -> TemplateVersion:
    """The newest version of a template the user may fill."""
    template = ReportTemplate.objects.visible_to(request.user).filter(slug=slug, archived=False).first()
    version = template.newest if template else None
    if version is None:
        raise Http404
    return version


def _create(request: SignedIn, version: TemplateVersion, case: Case) -> Report:
    return create_report(
        version.snapshot,
        [(entry.document, entry.slot) for entry in case.entries],
        title=case.title,
        owner=request.user,
        template=version.template,
        version=version,
    )


def _show(request: SignedIn, version: TemplateVersion, case: Case, status: int = 200) -> HttpResponse:
    context = {
        "template": version.template,
        "body": version.snapshot.parsed,
        "case": case,
        "suffixes": SUFFIXES,
        "kinds": KINDS,
        "page": "gallery",
    }
    return render(request, "generation/start.html", context, status=status)
