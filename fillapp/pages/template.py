"""The page of one template for whoever may change it: its draft, its newest version, and publishing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template, lock_template
from fillapp.settings_form import summarise
from templates.body import Block, StaticHeading, StaticText, TemplateBody
from templates.models import ReportTemplate, TemplateVersion
from templates.publish import publish


@dataclass(frozen=True)
class Part:
    """Something that stands in every report of the template."""

    what: Literal["heading", "text"]
    text: str


@dataclass(frozen=True)
class PartOfDraft:
    """A block of the draft, in words."""

    block: Block
    settings: str
    after: list[str]
    reads: list[str]
    what: Literal["block"] = "block"


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def show_template(request: SignedIn, slug: str) -> HttpResponse:
    """The draft in the order of the report; a POST publishes it as it was seen."""
    template = find_template(request, slug)
    if request.method == "GET":
        return show_draft(request, template)
    with transaction.atomic():
        template = lock_template(template)
        if request.POST.get("draft") != template.draft.hash:
            return show_draft(request, template, changed=True, note=request.POST.get("note", ""))
        version = publish(template, note=request.POST.get("note", "").strip(), by=request.user)
    messages.success(request, f"Version {version.number} is published.")
    return redirect("template", slug=slug)


def find_changes(old: TemplateBody, new: TemplateBody) -> list[str]:
    """What differs between two bodies, a sentence each."""
    before, now = ({block.block: block for block in body.fillable} for body in (old, new))
    found = [f"“{name_block(now[key])}” is new." for key in now if key not in before]
    found += [f"“{name_block(before[key])}” is gone." for key in before if key not in now]
    found += [
        f"“{name_block(now[key])}” is changed." for key in now if key in before and now[key] != before[key]
    ]
    places = [[_place(part) for part in body.blocks] for body in (old, new)]
    if not found and places[0] != places[1]:
        found.append("Headings, texts or the order of the parts are changed.")
    if old.word != new.word:
        found.append("How the Word file looks is changed.")
    if old.model_copy(update={"blocks": new.blocks, "word": new.word}) != new:
        found.append("The name, the documents or the rules of the whole template are changed.")
    return found


def name_block(block: Block) -> str:
    """What people call a block."""
    return block.title or block.block


def _place(part: Block | StaticHeading | StaticText) -> object:
    return part.block if isinstance(part, Block) else part


def show_draft(
    request: SignedIn,
    template: ReportTemplate,
    *,
    changed: bool = False,
    note: str = "",
) -> HttpResponse:
    """The page of the template, with what could not be done and why."""
    body = template.draft.parsed
    newest = template.newest
    context = {
        "template": template,
        "body": body,
        "parts": list(_parts(body)),
        "newest": newest,
        "differs": newest is None or newest.snapshot_id != template.draft_id,
        "changes": _since(newest, body),
        "changed": changed,
        "note": note,
        "page": "gallery",
    }
    status = 409 if changed else 200
    return render(request, "templates/template.html", context, status=status)


def _since(newest: TemplateVersion | None, body: TemplateBody) -> list[str]:
    return find_changes(newest.snapshot.parsed, body) if newest else []


def _parts(body: TemplateBody) -> Iterator[Part | PartOfDraft]:
    names = {slot.key: slot.name for slot in body.documents}
    titles = {block.block: name_block(block) for block in body.fillable}
    for part in body.blocks:
        if isinstance(part, StaticHeading):
            yield Part("heading", part.heading)
        elif isinstance(part, StaticText):
            yield Part("text", part.text)
        else:
            yield PartOfDraft(
                part,
                summarise(part.type.Settings, part.settings),
                after=[titles[key] for key in part.after],
                reads=[names[key] for key in part.reads],
            )
