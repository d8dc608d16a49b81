"""Any two versions of a template held against each other, the draft being one of them."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.versions.changes import show_changes
from templates.models import ReportTemplate, Snapshot

DRAFT = "draft"


@dataclass(frozen=True)
class Side:
    """One of the two: a version or the draft, as the page calls it."""

    value: str
    name: str
    snapshot: Snapshot


@require_GET
@needs(MAY_CHANGE)
def compare(request: SignedIn, slug: str) -> HttpResponse:
    """What differs, block by block; the newest version and the draft unless others are asked for."""
    template = find_template(request, slug)
    sides = _find_sides(template)
    newest = sides[1].value if len(sides) > 1 else DRAFT
    old = _choose(sides, request.GET.get("old") or newest)
    new = _choose(sides, request.GET.get("new") or DRAFT)
    context = {
        "template": template,
        "body": template.draft.parsed,
        "room": "versions",
        "sides": sides,
        "old": old,
        "new": new,
        "groups": show_changes(old.snapshot.parsed, new.snapshot.parsed),
        "page": "templates",
    }
    return render(request, "templates/studio/versions/compare.html", context)


def _find_sides(template: ReportTemplate) -> list[Side]:
    """The draft, then the newest version, down to the first."""
    versions = template.versions.select_related("snapshot")
    return [
        Side(DRAFT, "Draft", template.draft),
        *(Side(str(one.number), f"Version {one.number}", one.snapshot) for one in versions),
    ]


def _choose(sides: list[Side], value: str) -> Side:
    for side in sides:
        if side.value == value:
            return side
    raise Http404
