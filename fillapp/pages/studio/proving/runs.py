"""Starting the tests, following them, cancelling them, and looking at earlier ones."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.proving.found import find_run, go_to_tests
from fillapp.pages.studio.proving.page import show_room
from fillapp.pages.studio.proving.shown import show_run
from generation.proving.run import CannotRun, cancel_run, start_run


@require_POST
@needs(MAY_CHANGE)
def run_tests(request: SignedIn, slug: str) -> HttpResponse:
    """Start them; the room says how far they are."""
    template = find_template(request, slug)
    asked = request.POST.get("repetitions", "")
    try:
        start_run(template, int(asked) if asked.isdecimal() and len(asked) < 4 else 0, request.user)
    except CannotRun as refusal:
        return show_room(request, template, cannot_run=str(refusal), status=422)
    return go_to_tests(slug, "run")


@require_POST
@needs(MAY_CHANGE)
def cancel_tests(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Stop them; what is found stays."""
    cancel_run(find_run(request, slug, pk))
    return go_to_tests(slug, "run")


@require_GET
@needs(MAY_CHANGE)
def show_earlier(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One run by itself."""
    run = find_run(request, slug, pk)
    context = {
        "template": run.template,
        "body": run.template.draft.parsed,
        "shown": show_run(run),
        "page": "templates",
    }
    return render(request, "templates/studio/tests/run_page.html", context)
