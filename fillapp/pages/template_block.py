"""The page of one block of a template: its title, its instructions, and the settings of its kind."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from pydantic import Field as Setting

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template, lock_template
from fillapp.pages.template import find_changes, name_block
from fillapp.settings_form import Errors, Field, find_errors, make_fields, put_errors, read_fields, summarise
from templates.blocks.base import Json, Strict
from templates.body import Block, TemplateBody, read_body
from templates.mistakes import InvalidBody
from templates.models import ReportTemplate, Snapshot
from templates.publish import save_draft


class Words(Strict):
    """What every block has, whatever its kind."""

    title: str = Setting("", title="Title", description="The heading in the report; none if left empty")
    instructions: str = Setting(
        "",
        title="Instructions",
        description="What to write, as you would tell a colleague who has the documents at hand",
        json_schema_extra={"format": "multiline"},
    )


@dataclass(frozen=True)
class BlockForm:
    """A block as it was typed, and what is wrong with it."""

    block: Block
    words: Json
    settings: Json
    word_errors: Errors = field(default_factory=dict)
    setting_errors: Errors = field(default_factory=dict)
    other_errors: tuple[str, ...] = ()

    @property
    def word_fields(self) -> list[Field]:
        """The fields of every block."""
        return make_fields(Words, self.words, self.word_errors, prefix="block")

    @property
    def setting_fields(self) -> list[Field]:
        """The fields of its kind."""
        return make_fields(self.block.type.Settings, self.settings, self.setting_errors)

    @property
    def general(self) -> list[str]:
        """What is wrong with the whole rather than with one field."""
        return [*self.other_errors, *self.setting_errors.get((), ())]

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be saved."""
        return bool(self.word_errors or self.setting_errors or self.other_errors)


@dataclass(frozen=True)
class Conflict:
    """What happened to the draft since the form was made; `theirs` is what the block says now."""

    who: str
    when: datetime
    changes: list[str]
    theirs: list[tuple[str, str]]
    gone: str = ""


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def edit_block(request: SignedIn, slug: str, key: str) -> HttpResponse:
    """The form of a block. A save on a draft that changed since is answered 409, with both texts."""
    template = find_template(request, slug)
    if request.method == "GET":
        block = find_block(template.draft.parsed, key)
        words = {"title": block.title, "instructions": block.instructions}
        return _show(request, template, BlockForm(block, words, block.settings))
    with transaction.atomic():
        template = lock_template(template)
        base = Snapshot.objects.filter(hash=request.POST.get("draft", "")).first() or template.draft
        form = read_form(find_block(base.parsed, key), request)
        if base.hash != request.POST.get("draft") or base != template.draft:
            return _show(request, template, form, _find_conflict(template, base.parsed, form))
        body, form = replace_block(base.parsed, form)
        if body is None:
            return _show(request, template, form)
        is_changed = save_draft(body, slug=slug).draft_id != base.pk
        if is_changed:
            _log(request, template)
    name = name_block(body.block(key))
    messages.success(request, f"“{name}” is saved." if is_changed else f"“{name}” stays as it was.")
    return redirect("template", slug=slug)


def find_block(body: TemplateBody, key: str) -> Block:
    """The block of this key. Raises `Http404`."""
    try:
        return body.block(key)
    except KeyError as error:
        raise Http404 from error


def read_form(block: Block, request: SignedIn) -> BlockForm:
    """What was typed, with what is wrong in it. Settings that mean the same stay as they were spelt."""
    model = block.type.Settings
    words = read_fields(Words, request.POST, prefix="block")
    settings = read_fields(model, request.POST)
    errors = find_errors(model, settings)
    if not errors and model.model_validate(settings) == block.parsed_settings:
        settings = block.settings
    return BlockForm(block, words, settings, find_errors(Words, words), errors)


def replace_block(body: TemplateBody, form: BlockForm) -> tuple[TemplateBody | None, BlockForm]:
    """The body with the block as typed, all rules checked; else None, and the form with what is wrong."""
    if form.has_errors:
        return None, form
    place = body.blocks.index(form.block)
    data = body.dump()
    words = {"title": "", "instructions": ""} | form.words
    data["blocks"][place] |= words | {"settings": form.settings}
    try:
        return read_body(data), form
    except InvalidBody as error:
        found = put_errors(error.mistakes)
    at: tuple[str | int, ...] = ("blocks", place)
    inside = {path[2:]: said for path, said in found.items() if path[:2] == at}
    words_wrong = {path: said for path, said in inside.items() if path[:1] != ("settings",)}
    settings_wrong = {path[1:]: said for path, said in inside.items() if path[:1] == ("settings",)}
    elsewhere = tuple(one for path, said in found.items() if path[:2] != at for one in said)
    return None, replace(form, word_errors=words_wrong, setting_errors=settings_wrong, other_errors=elsewhere)


def _find_conflict(template: ReportTemplate, base: TemplateBody, form: BlockForm) -> Conflict:
    now = template.draft.parsed
    entry = _entries(template).order_by("-action_time", "-pk").select_related("user").first()
    is_known = entry is not None and entry.change_message == _logged(template)
    who = entry.user.get_full_name() or entry.user.get_username() if entry and is_known else ""
    theirs = next((one for one in now.fillable if one.block == form.block.block), None)
    gone = "It is no longer in the template." if theirs is None else ""
    if theirs and theirs.kind != form.block.kind:
        gone = f"It is a block of another kind now: {theirs.type.name}."
    said = _say(theirs) if theirs and not gone and theirs != form.block else []
    return Conflict(who, template.changed, find_changes(base, now), said, gone)


def _say(block: Block) -> list[tuple[str, str]]:
    return [
        ("Title", block.title or "none"),
        ("Instructions", block.instructions or "none"),
        ("Settings", summarise(block.type.Settings, block.settings) or "as the kind comes"),
    ]


def _entries(template: ReportTemplate) -> Any:
    kind = ContentType.objects.get_for_model(ReportTemplate)
    return LogEntry.objects.filter(content_type=kind, object_id=str(template.pk))


def _logged(template: ReportTemplate) -> str:
    return f"Draft {template.draft.hash}"


def _log(request: SignedIn, template: ReportTemplate) -> None:
    """Keep who saved this draft, in Django's own log."""
    template = ReportTemplate.objects.select_related("draft").get(pk=template.pk)
    LogEntry.objects.log_actions(
        request.user.pk,
        [template],
        CHANGE,
        change_message=_logged(template),
        single_object=True,
    )


def _show(
    request: SignedIn, template: ReportTemplate, form: BlockForm, conflict: Conflict | None = None
) -> HttpResponse:
    context = {
        "template": template,
        "body": template.draft.parsed,
        "form": form,
        "fields": [*form.word_fields, *form.setting_fields],
        "name": name_block(form.block),
        "conflict": conflict,
        "page": "gallery",
    }
    status = 409 if conflict else 422 if form.has_errors else 200
    return render(request, "templates/block.html", context, status=status)
