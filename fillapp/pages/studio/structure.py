"""What is done to the draft as a whole: parts added, copied, moved and removed; a change taken back."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.form import is_id
from fillapp.pages.studio.answers import answer_change, answer_gone, describe_draft
from fillapp.pages.studio.block_form import settings_for
from fillapp.pages.studio.cards import call_part
from fillapp.pages.studio.found import MAY_CHANGE, changes_draft, find_template
from templates.blocks import KINDS
from templates.body import Block, PartOfBody, StaticHeading, StaticText, TemplateBody
from templates.editing import (
    CannotUndo,
    NoSuchPart,
    add_part,
    change_draft,
    duplicate_part,
    find_part,
    make_key,
    move_part,
    name_parts,
    remove_part,
    undo_change,
)
from templates.library import find_ready_block
from templates.models import DraftChange, ReportTemplate


@require_POST
@needs(MAY_CHANGE)
@changes_draft
def change_structure(request: SignedIn, slug: str) -> HttpResponse:
    """Add, duplicate, move or remove, as `do` says; `part` and `after` are names of parts."""
    template = find_template(request, slug)
    name, after = request.POST.get("part", ""), request.POST.get("after", "")
    match request.POST.get("do"):
        case "add":
            what = request.POST.get("what", "")
            return _change(request, template, lambda body: _add(body, what, after), "A part added")
        case "duplicate":
            return _change(request, template, lambda body: duplicate_part(body, name), "{} copied", name)
        case "move":
            return _change(request, template, lambda body: move_part(body, name, after), "{} moved", name)
        case "remove":
            return _change(request, template, lambda body: remove_part(body, name), "{} deleted", name)
    return JsonResponse({"error": "This cannot be done. Reload the page."}, status=400)


@require_POST
@needs(MAY_CHANGE)
@changes_draft
def undo(request: SignedIn, slug: str) -> HttpResponse:
    """Take back a change of this template's draft; undoing what that gives does it again."""
    template = find_template(request, slug)
    pk = request.POST.get("change", "")
    changes = template.changes.select_related("before", "after")
    change = changes.filter(pk=int(pk)).first() if is_id(pk) else None
    if change is None:
        return answer_gone(request, template)
    try:
        return answer_change(request, template, undo_change(change, by=request.user))
    except CannotUndo as refusal:
        return JsonResponse(describe_draft(request, template) | {"error": str(refusal)}, status=409)


@require_GET
@needs(MAY_CHANGE)
def show_draft(request: SignedIn, slug: str) -> HttpResponse:
    """How the draft stands, for a page that shows the draft in `?draft=`."""
    return JsonResponse(describe_draft(request, find_template(request, slug)))


def _change(
    request: SignedIn,
    template: ReportTemplate,
    apply: Callable[[TemplateBody], TemplateBody],
    words: str,
    name: str = "",
) -> HttpResponse:
    try:
        what = words.format(f"“{call_part(find_part(template.draft.parsed, name)[1])}”") if name else words
        change = change_draft(template, apply, what=what, by=request.user, part=name)
    except (NoSuchPart, KeyError):
        return answer_gone(request, template)
    return answer_change(request, template, change, added=_added(change))


def _add(body: TemplateBody, what: str, after: str) -> TemplateBody:
    return add_part(body, _new_part(body, what), after)


def _new_part(body: TemplateBody, what: str) -> PartOfBody:
    """What the palette calls `what`: a heading, a text, a ready-made block, or one as its kind comes."""
    if what == "heading":
        return StaticHeading(heading="New heading")
    if what.startswith("library:"):
        ready = find_ready_block(what.removeprefix("library:"))
        return ready.make_block(make_key(body, ready.title))
    kind = what.removeprefix("kind:")
    if kind in KINDS:
        title = KINDS[kind].name
        return Block(block=make_key(body, title), kind=kind, title=title, settings=settings_for(kind))
    return StaticText(text="")


def _added(change: DraftChange | None) -> str:
    """The name of the part that is new, if one is."""
    if change is None:
        return ""
    before = set(name_parts(change.before.parsed))
    return next((name for name in name_parts(change.after.parsed) if name not in before), "")
