"""What is done with a template as a whole: a copy of it, into the archive, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.ways import go_back
from templates.copies import copy_template
from templates.models import ReportTemplate


@require_POST
@needs(MAY_CHANGE)
def duplicate(request: SignedIn, slug: str) -> HttpResponse:
    """A template of the user's own with the same draft."""
    original = find_template(request, slug)
    copy = copy_template(original, owner=request.user)
    messages.success(request, f"This is a copy of “{original.draft.body['name']}”. It is yours alone so far.")
    return redirect("template_versions", slug=copy.slug)


@require_POST
@needs(MAY_CHANGE)
def archive(request: SignedIn, slug: str) -> HttpResponse:
    """Out of the start page; its reports keep it."""
    template = find_template(request, slug)
    _set_archived(template, True)
    name = template.draft.body["name"]
    messages.success(request, f"“{name}” is in the archive: nobody can start a report with it.")
    return go_back(request, "templates")


@require_POST
@needs(MAY_CHANGE)
def bring_back(request: SignedIn, slug: str) -> HttpResponse:
    """Back on the start page."""
    template = find_template(request, slug)
    _set_archived(template, False)
    messages.success(request, f"“{template.draft.body['name']}” is back.")
    return go_back(request, "templates")


def _set_archived(template: ReportTemplate, archived: bool) -> None:
    template.archived = archived
    template.save(update_fields=["archived"])
