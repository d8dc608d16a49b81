"""The studio's first room: the draft as cards to edit, and beside it the report as it would look."""

import orjson
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.cards import make_cards
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.suggesting import describe_waiting
from templates.models import ReportTemplate

_MOST_STEPS = 20


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
        "changes": _find_changes(request, template),
        "suggestions": orjson.dumps(describe_waiting(template)).decode(),
        "page": "templates",
        "room": "build",
    }
    return render(request, "templates/studio/build.html", context)


def _find_changes(request: SignedIn, template: ReportTemplate) -> list[int]:
    """The latest changes of this person in a row, the oldest first: what Undo takes back."""
    latest = list(template.changes.values_list("pk", "by")[:_MOST_STEPS])
    others = next((place for place, (_, by) in enumerate(latest) if by != request.user.pk), len(latest))
    return [pk for pk, _ in reversed(latest[:others])]
