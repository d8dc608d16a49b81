"""The page of a template's Word look, and the pictures of a sample report beside it."""

import hashlib
from pathlib import PurePosixPath
from urllib.parse import quote
from uuid import uuid4

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.look.choices import show_choices
from fillapp.pages.studio.look.house import describe_house, house_words
from fillapp.pages.word_pages import WordPages
from generation.sample import write_sample
from templates.body import WordLook
from templates.models import ReportTemplate, load_style
from templates.publish import make_slug

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_look(
    request: HttpRequest, template: ReportTemplate, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The look of the draft as it is now, with what could not be done and why."""
    body = template.draft.parsed
    context = {
        "template": template,
        "body": body,
        "room": "look",
        "house": describe_house(body),
        "house_words": house_words(body),
        "groups": show_choices(body.word),
        "look": stamp_look(body.word),
        "sitting": request.POST.get("sitting") or str(uuid4()),
        "error": error,
        "preview": _pages_of(template).ask(write_sample(template)),
        "page": "templates",
    }
    response = render(request, "templates/studio/look.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def stamp_look(look: WordLook) -> str:
    """What a page carries to say which look it shows: the same for looks that are the same."""
    return hashlib.sha256(orjson.dumps(look.model_dump(mode="json"))).hexdigest()[:16]


@require_GET
@needs(MAY_CHANGE)
def download_style(request: SignedIn, slug: str) -> HttpResponse:
    """The house document of the draft, as it was given."""
    look = find_template(request, slug).draft.parsed.word
    content = load_style(look)
    if content is None:
        raise Http404
    return _attach(content, PurePosixPath(look.style).name)


@require_GET
@needs(MAY_CHANGE)
def download_sample(request: SignedIn, slug: str) -> HttpResponse:
    """The sample report whose pages the room shows."""
    template = find_template(request, slug)
    return _attach(write_sample(template), f"{make_slug(template.draft.parsed.name)}-sample.docx")


@require_POST
@needs(MAY_CHANGE)
def draw_again(request: SignedIn, slug: str) -> HttpResponse:
    """Try once more to draw pages that could not be drawn."""
    template = find_template(request, slug)
    _pages_of(template).ask(write_sample(template), again=True)
    return redirect("template_word", slug=slug)


@require_GET
@needs(MAY_CHANGE)
def show_pages(request: SignedIn, slug: str, digest: str) -> HttpResponse:
    """How far the pictures of one look are, as the part of the page that says so."""
    preview = _pages_of(find_template(request, slug)).find(digest)
    if preview is None:
        # The page begins anew.
        return redirect("template_word", slug=slug)
    response = render(request, "templates/studio/look_pages.html", {"preview": preview})
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD"])
@needs(MAY_CHANGE)
def show_picture(request: SignedIn, slug: str, digest: str, number: int) -> HttpResponse:
    """One page as PNG."""
    return _pages_of(find_template(request, slug)).send_picture(digest, number, small=False)


def _pages_of(template: ReportTemplate) -> WordPages:
    return WordPages.of_template(template.pk, template.slug)


def _attach(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
