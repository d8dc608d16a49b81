"""What the editor is answered: how the draft stands now, with all that its page does not show yet."""

from typing import Any

from django.http import JsonResponse
from django.utils import timezone

from fillapp.pages.accounts import SignedIn, name_of
from fillapp.pages.studio.block_form import Unfit
from fillapp.pages.studio.cards import call_part, make_cards
from fillapp.pages.studio.previewing import preview_state
from fillapp.pages.studio.suggesting import describe_waiting
from templates.blocks.base import Json
from templates.editing import PartChanged, name_parts, stamp_of, stamp_of_about
from templates.models import DraftChange, ReportTemplate, Snapshot

_GONE = "Somebody removed or replaced this while you looked at it. The page shows the draft as it is now."


def describe_draft(request: SignedIn, template: ReportTemplate) -> Json:
    """How the draft stands, for a page that shows the one of the hash in `draft`, and its preview."""
    template = ReportTemplate.objects.select_related("draft").get(pk=template.pk)
    sent = request.POST if request.method == "POST" else request.GET
    known = _stamps(sent.get("draft", ""))
    parts, changed = [], []
    for card in make_cards(template.draft.parsed):
        part: Json = {"name": card.name, "stamp": card.stamp}
        if known.get(card.name) != card.stamp:
            part["html"] = card.render()
            changed.append(card.name)
        parts.append(part)
    newest = template.newest
    followed = {"preview": preview_state(request, template, changed)} if "example" in sent else {}
    return followed | {
        "draft": template.draft.hash,
        "title": template.draft.parsed.name,
        "differs": newest is None or newest.snapshot_id != template.draft_id,
        "about": stamp_of_about(template.draft.parsed),
        "parts": parts,
        "suggestions": describe_waiting(template),
    }


def answer_change(
    request: SignedIn, template: ReportTemplate, change: DraftChange | None, **more: Any
) -> JsonResponse:
    """The draft after a change of this page."""
    now = timezone.localtime()
    said = {"change": change.pk, "what": change.what} if change else {}
    return JsonResponse(describe_draft(request, template) | said | {"saved": f"{now:%H:%M}"} | more)


def answer_unfit(error: Unfit) -> JsonResponse:
    """What was typed cannot be saved."""
    wrong = [{"name": name, "words": words} for name, words in error.errors]
    return JsonResponse({"errors": wrong}, status=422)


def answer_conflict(request: SignedIn, template: ReportTemplate, conflict: PartChanged) -> JsonResponse:
    """Somebody else changed this very part: who that was, and what to base the next save on."""
    change = conflict.change
    by_me = bool(change and change.by_id == request.user.pk)
    theirs: Json = {
        "stamp": conflict.stamp,
        "called": call_part(conflict.theirs) if conflict.theirs else "The template",
        "who": "You, in another window," if by_me else name_of(change.by) if change else "",
        "at": f"{timezone.localtime(change.at):%H:%M}" if change else "",
    }
    return JsonResponse(describe_draft(request, template) | {"theirs": theirs}, status=409)


def answer_gone(request: SignedIn, template: ReportTemplate) -> JsonResponse:
    """The part is there no more."""
    return JsonResponse(describe_draft(request, template) | {"error": _GONE, "gone": True}, status=409)


def _stamps(shown: str) -> dict[str, str]:
    snapshot = Snapshot.objects.filter(hash=shown).first()
    if snapshot is None:
        return {}
    body = snapshot.parsed
    parts = zip(name_parts(body), body.blocks, strict=True)
    return {name: stamp_of(body, part) for name, part in parts}
