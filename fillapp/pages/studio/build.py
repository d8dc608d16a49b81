"""The studio's first room: the draft as cards to edit, and beside it the report as it would look."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.cards import make_cards
from fillapp.pages.studio.found import MAY_CHANGE, find_template


@require_GET
@needs(MAY_CHANGE)
def show_studio(request: SignedIn, slug: str) -> HttpResponse:
    """The editor and the preview of one template."""
    template = find_template(request, slug)
    body = template.draft.parsed
    newest = template.newest
    context = {
        "template": template,
        "body": body,
        "cards": make_cards(body),
        "newest": newest,
        "differs": newest is None or newest.snapshot_id != template.draft_id,
        "page": "templates",
        "room": "build",
    }
    return render(request, "templates/studio/build.html", context)
