"""Changing how a template's Word files look: another file, another style, a table of contents."""

from pathlib import PurePosixPath, PureWindowsPath

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.pages.studio.look.choices import WrongStyle, read_choices
from fillapp.pages.studio.look.page import show_look, stamp_look
from signals.clean import clean_text
from templates.body import TemplateBody, WordLook
from templates.editing import change_draft
from templates.models import keep_style
from templates.word.house import LARGEST_HOUSE, UnreadableWord, check_house

_LONGEST_NAME = 120
_LONGEST_SITTING = 36
_CHANGED = (
    "Somebody else changed the Word look while you looked at it, so your change was not saved. "
    "This is how it is now: make your change again if it is still wanted."
)


class _LookChanged(Exception):
    """The look is another one than the page showed."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CHANGE)
def room(request: SignedIn, slug: str) -> HttpResponse:
    """The room; posted to, the draft gets a house document, loses it, or gets other styles."""
    template = find_template(request, slug)
    if request.method != "POST":
        return show_look(request, template)
    shown = request.POST.get("look", "")
    is_form = request.POST.get("do") == "save"
    try:
        look, said, what = _read_look(request, template.draft.parsed)

        def apply(body: TemplateBody) -> TemplateBody:
            # Whatever else was changed in the draft meanwhile is no matter here.
            if stamp_look(body.word) != shown:
                raise _LookChanged
            return body.model_copy(update={"word": look})

        sitting = request.POST.get("sitting", "")[:_LONGEST_SITTING] if is_form else ""
        change_draft(template, apply, what=what, by=request.user, sitting=sitting)
    except (UnreadableWord, WrongStyle) as refusal:
        return show_look(request, template, error=str(refusal), status=422)
    except _LookChanged:
        return show_look(request, find_template(request, slug), error=_CHANGED, status=409)
    messages.success(request, said)
    return redirect("template_word", slug=slug)


def _read_look(request: SignedIn, body: TemplateBody) -> tuple[WordLook, str, str]:
    """The look asked for, what to say once it is saved, and what was changed, in words.

    Raises `UnreadableWord`, `WrongStyle`.
    """
    look = body.word
    match request.POST.get("do"):
        case "remove":
            said = "The house style is removed; reports have Fill's own again."
            return WordLook(toc=look.toc), said, "House style removed"
        case "save":
            styles = read_choices(request.POST, look)
            toc = request.POST.get("toc") == "on"
            return look.model_copy(update={"styles": styles, "toc": toc}), "Saved.", "Word look changed"
        case _:
            return _read_file(request, body)


def _read_file(request: SignedIn, body: TemplateBody) -> tuple[WordLook, str, str]:
    file = request.FILES.get("style")
    if file is None:
        raise UnreadableWord("No file was chosen. Choose the Word file your organisation writes on.")
    if (file.size or 0) > LARGEST_HOUSE:
        raise UnreadableWord(f"The file is larger than {LARGEST_HOUSE // 1_000_000} MB; leave out pictures.")
    content = file.read()
    check_house(content, [block.block for block in body.fillable])
    name = _plain_name(file.name or "")
    look = body.word.model_copy(update={"style": name, "sha256": keep_style(content)})
    return look, f"Reports are written in the style of “{name}”.", f"House style “{name}” given"


def _plain_name(name: str) -> str:
    """The file's own name, without the folder and the signs that no file beside a template may have."""
    last = PureWindowsPath(PurePosixPath(" ".join(clean_text(name).split())).name).name
    plain = last.replace(":", "").replace("\\", "").strip(". ~")[-_LONGEST_NAME:]
    return plain or "house.docx"
