"""The first page: templates to start from, and what was worked on last."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.reports import find_cases, make_rows
from fillapp.pages.template import find_editable
from templates.body import DocumentSlot
from templates.models import ReportTemplate, TemplateVersion

_LATEST = 5


@dataclass(frozen=True)
class Card:
    """A template one can start from."""

    slug: str
    name: str
    description: str
    blocks: int
    documents: list[DocumentSlot]
    can_edit: bool


@require_GET
@needs("generation.view_report")
def show_gallery(request: SignedIn) -> HttpResponse:
    """Templates with a published version, and the latest reports."""
    rows = make_rows(list(find_cases(request.user)[:_LATEST]))
    context = {"cards": find_cards(request.user), "rows": rows, "page": "gallery"}
    return render(request, "templates/gallery.html", context)


def find_cards(user: User) -> list[Card]:
    """What the user may start, by name."""
    templates = ReportTemplate.objects.visible_to(user).filter(archived=False)
    editable = set(find_editable(user).values_list("pk", flat=True))
    newest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number")
    versions = TemplateVersion.objects.filter(
        template__in=templates, pk=Subquery(newest.values("pk")[:1])
    ).select_related("template", "snapshot")
    return sorted((_card(version, editable) for version in versions), key=lambda card: card.name.casefold())


def _card(version: TemplateVersion, editable: set[int]) -> Card:
    body = version.snapshot.parsed
    return Card(
        slug=version.template.slug,
        name=body.name,
        description=body.description,
        blocks=len(body.fillable),
        documents=body.documents,
        can_edit=version.template_id in editable,
    )
