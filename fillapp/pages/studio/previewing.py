"""The preview beside the editor: shown, written block by block, and given documents to be made of."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, changes_draft, find_template
from fillapp.pages.studio.preview_shown import ShownPreview, show_preview
from fillapp.pages.uploads import read_uploads
from generation.documents.read import SUFFIXES
from generation.engine.schedule import cancel_report
from generation.examples import add_documents, add_example_case
from generation.models import ExampleCase
from generation.previews import refresh, refresh_all
from generation.reports import CannotStart
from templates.models import ReportTemplate


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
@changes_draft
def preview(request: SignedIn, slug: str) -> HttpResponse:
    """The pane of the preview; a POST writes the blocks in `part` or all, or stops what is being written."""
    template = find_template(request, slug)
    if request.method == "GET":
        return render(request, "templates/studio/preview.html", describe_preview(request, template))
    shown = show_preview(template, request.POST.get("example", ""), request.user)
    error = _act(request, shown)
    more = {"error": error} if error else {}
    return JsonResponse({"preview": preview_state(request, template)} | more)


@require_GET
@needs(MAY_CHANGE)
def preview_states(request: SignedIn, slug: str) -> HttpResponse:
    """How the blocks of the preview stand."""
    return JsonResponse({"preview": preview_state(request, find_template(request, slug))})


@require_POST
@needs(MAY_CHANGE)
@changes_draft
def add_examples(request: SignedIn, slug: str) -> HttpResponse:
    """Keep uploaded files as example documents; the first ones make the first example."""
    template = find_template(request, slug)
    refused = _keep(request, template)
    return JsonResponse({"refused": refused})


def describe_preview(request: SignedIn, template: ReportTemplate) -> dict[str, Any]:
    """What `templates/studio/preview.html` needs."""
    sent = request.POST if request.method == "POST" else request.GET
    shown = show_preview(template, sent.get("example", ""), request.user)
    documents = (
        shown.case.example_documents.select_related("document").defer("document__text") if shown.case else []
    )
    names = {slot.key: slot.name for slot in shown.body.documents}
    return {
        "template": template,
        "preview": shown,
        "documents": [(row.document, names.get(row.slot, "")) for row in documents],
        "suffixes": SUFFIXES,
    }


def preview_state(
    request: SignedIn, template: ReportTemplate, changed: Collection[str] = ()
) -> dict[str, Any]:
    """How the preview of `example` stands, for a page that shows the parts in `shown`, some as they were."""
    sent = request.POST if request.method == "POST" else request.GET
    shown = show_preview(template, sent.get("example", ""), request.user)
    return shown.state(set(sent.get("shown", "").split()).difference(changed))


def _act(request: SignedIn, shown: ShownPreview) -> str:
    """Do what was asked; why it cannot be done."""
    if shown.report is None:
        return "Add example documents first: the preview is written from them."
    keys = [name.removeprefix("block-") for name in request.POST.getlist("part")]
    try:
        match request.POST.get("do"):
            case "all":
                refresh_all(shown.report)
            case "stop":
                cancel_report(shown.report)
            case "anew":
                refresh(shown.report, keys, anew=True)
            case _:
                refresh(shown.report, keys)
    except CannotStart as refusal:
        return str(refusal)
    return ""


def _keep(request: SignedIn, template: ReportTemplate) -> list[str]:
    """Add the files to the case of the form, else to the first; why some were not."""
    documents, refused = read_uploads(request)
    if documents:
        add_documents(_find_case(template, request.POST.get("example", "")), documents)
    return [why for _, why in refused]


def _find_case(template: ReportTemplate, example: str) -> ExampleCase:
    cases = list(template.example_cases.all())
    found = next((one for one in cases if str(one.pk) == example), None)
    return found or (cases[0] if cases else add_example_case(template))
