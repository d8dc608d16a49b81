"""One part of the draft: its form, and saving it as it is typed."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.about_form import AboutForm
from fillapp.pages.studio.answers import answer_change, answer_conflict, answer_gone, answer_unfit
from fillapp.pages.studio.block_form import BlockForm, Unfit
from fillapp.pages.studio.cards import call_part
from fillapp.pages.studio.found import MAY_CHANGE, changes_draft, find_template
from signals.clean import clean_text
from templates.body import Block, PartOfBody, StaticHeading, StaticText, TemplateBody
from templates.compare import name_block
from templates.editing import (
    ABOUT,
    NoSuchPart,
    PartChanged,
    change_draft,
    find_part,
    name_parts,
    replace_part,
    stamp_of,
    stamp_of_about,
)
from templates.models import ReportTemplate


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
@changes_draft
def edit_part(request: SignedIn, slug: str, name: str) -> HttpResponse:
    """The form of a block; posted to, a block, heading or text as it was typed."""
    template = find_template(request, slug)
    if request.method == "GET":
        return _show_form(request, template, name)
    try:
        before = find_part(template.draft.parsed, name)[1]
        change = change_draft(
            template,
            _typed(name, request.POST),
            what=f"“{call_part(before)}” changed",
            by=request.user,
            part=name,
            stamp=request.POST.get("stamp", ""),
            sitting=request.POST.get("sitting", "")[:36],
        )
    except Unfit as error:
        return answer_unfit(error)
    except PartChanged as conflict:
        return answer_conflict(request, template, conflict)
    except NoSuchPart:
        return answer_gone(request, template)
    now = _name_now(template, before, name, request.POST)
    return answer_change(request, template, change, was=name, now=now)


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
@changes_draft
def edit_about(request: SignedIn, slug: str) -> HttpResponse:
    """The form of the template itself; posted to, as it was typed."""
    template = find_template(request, slug)
    if request.method == "GET":
        body = template.draft.parsed
        context = {"template": template, "form": AboutForm(body), "stamp": stamp_of_about(body)}
        return render(request, "templates/studio/about_form.html", context)
    try:
        change = change_draft(
            template,
            lambda body: AboutForm(body).apply(request.POST),
            what="The template’s own settings changed",
            by=request.user,
            part=ABOUT,
            stamp=request.POST.get("stamp", ""),
            sitting=request.POST.get("sitting", "")[:36],
        )
    except Unfit as error:
        return answer_unfit(error)
    except PartChanged as conflict:
        return answer_conflict(request, template, conflict)
    return answer_change(request, template, change)


def _show_form(request: SignedIn, template: ReportTemplate, name: str) -> HttpResponse:
    body = template.draft.parsed
    try:
        _, part = find_part(body, name)
    except NoSuchPart as error:
        raise Http404 from error
    if not isinstance(part, Block):
        raise Http404
    context = {
        "template": template,
        "form": BlockForm(body, part),
        "name": name_block(part),
        "stamp": stamp_of(body, part),
    }
    return render(request, "templates/studio/block_form.html", context)


def _typed(name: str, post: QueryDict) -> Callable[[TemplateBody], TemplateBody]:
    """What the post makes of a body."""

    def apply(body: TemplateBody) -> TemplateBody:
        _, part = find_part(body, name)
        if isinstance(part, Block):
            return BlockForm(body, part).apply(post)
        return replace_part(body, name, _read_static(part, post))

    return apply


def _read_static(part: StaticHeading | StaticText, post: QueryDict) -> PartOfBody:
    """A heading or text as typed. Raises `Unfit`."""
    if isinstance(part, StaticText):
        return StaticText(text=clean_text(post.get("text", part.text)))
    heading = " ".join(clean_text(post.get("heading", part.heading)).split())
    try:
        return StaticHeading.model_validate(
            {"heading": heading, "level": int(post.get("level") or part.level)}
        )
    except (ValidationError, ValueError) as error:
        raise Unfit([("heading", "A heading cannot be empty. Delete it if it is not needed.")]) from error


def _name_now(template: ReportTemplate, before: PartOfBody, name: str, post: QueryDict) -> str:
    """The part's name after the save: a heading or text is named by what it says."""
    if isinstance(before, Block):
        return name
    wanted = _read_static(before, post)
    body = ReportTemplate.objects.select_related("draft").get(pk=template.pk).draft.parsed
    return next(
        (here for here, part in zip(name_parts(body), body.blocks, strict=True) if part == wanted), name
    )
