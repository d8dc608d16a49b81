"""Templates as files to take along: the YAML alone, or one file with all that belongs to it."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from generation.template_package import write_package
from templates.models import ReportTemplate, Snapshot
from templates.packed import UnreadablePackage
from templates.yaml_file import write_file

_DRAFT = "draft"
_LONGEST_NUMBER = 9


@require_GET
@needs(MAY_CHANGE)
def download(request: SignedIn, slug: str) -> HttpResponse:
    """`what` is yaml or package, `version` a number or the draft; `examples` come along if wished."""
    template = find_template(request, slug)
    version = request.GET.get("version", _DRAFT)
    body = _find_snapshot(template, version).parsed
    if request.GET.get("what") == "yaml":
        return _send(write_file(body).encode(), "application/yaml", f"{slug}-{version}.yaml")
    cases = template.example_cases.all() if request.GET.get("examples") else ()
    try:
        content = write_package(body, cases)
    except UnreadablePackage as refusal:
        messages.error(request, str(refusal))
        return redirect("template_versions", slug=slug)
    return _send(content, "application/zip", f"{slug}-{version}.filltemplate")


def _find_snapshot(template: ReportTemplate, version: str) -> Snapshot:
    if version == _DRAFT:
        return template.draft
    is_number = version.isdecimal() and version.isascii() and len(version) <= _LONGEST_NUMBER
    found = (
        template.versions.select_related("snapshot").filter(number=int(version) if is_number else 0).first()
    )
    if found is None:
        raise Http404
    return found.snapshot


def _send(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
