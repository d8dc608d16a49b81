"""How a template's Word files look: the organisation's own document given, handed back, taken away."""

from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE, find_template, lock_template
from fillapp.pages.template import show_draft
from signals.clean import clean_text
from templates.body import WordLook
from templates.models import HouseStyle, ReportTemplate, keep_style
from templates.publish import save_draft
from templates.word.house import LARGEST_HOUSE, UnreadableWord, check_house

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST_NAME = 120
_CHANGED = "The draft was changed while you looked at it, so nothing was saved. This is how it is now."


@require_POST
@needs(MAY_CHANGE)
def change_look(request: SignedIn, slug: str) -> HttpResponse:
    """Give the draft a house document, take it away, or want a table of contents."""
    template = find_template(request, slug)
    wanted = request.POST.get("do", "")
    try:
        look, said = _read_look(request, template, wanted)
    except UnreadableWord as refusal:
        return show_draft(request, template, word_error=str(refusal))
    with transaction.atomic():
        template = lock_template(template)
        if request.POST.get("draft") != template.draft.hash:
            return show_draft(request, template, word_error=_CHANGED)
        save_draft(template.draft.parsed.model_copy(update={"word": look}), slug=slug)
    messages.success(request, said)
    return redirect("template", slug=slug)


@require_GET
@needs(MAY_CHANGE)
def download_style(request: SignedIn, slug: str) -> HttpResponse:
    """The house document of the draft, as it was given."""
    look = find_template(request, slug).draft.parsed.word
    found = HouseStyle.objects.filter(sha256=look.sha256).first() if look.sha256 else None
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=_WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePosixPath(look.style).name)}"
    return response


def _read_look(request: SignedIn, template: ReportTemplate, wanted: str) -> tuple[WordLook, str]:
    """The look that was asked for, and what to say when it is saved. Raises `UnreadableWord`."""
    body = template.draft.parsed
    if wanted == "remove":
        return WordLook(toc=body.word.toc), "The house style is removed; reports have Fill's own again."
    if wanted == "contents":
        toc = request.POST.get("toc") == "on"
        said = "Reports begin with a table of contents." if toc else "Reports have no table of contents."
        return body.word.model_copy(update={"toc": toc}), said
    file = request.FILES.get("style")
    if file is None:
        raise UnreadableWord("No file was chosen. Choose the Word file your organisation writes on.")
    if (file.size or 0) > LARGEST_HOUSE:
        raise UnreadableWord(f"The file is larger than {LARGEST_HOUSE // 1_000_000} MB; leave out pictures.")
    content = file.read()
    check_house(content, [block.block for block in body.fillable])
    name = _plain_name(file.name or "")
    look = WordLook(style=name, toc=body.word.toc, sha256=keep_style(content))
    return look, f"Reports are written in the style of “{name}”."


def _plain_name(name: str) -> str:
    """The file's own name, without the folder and the signs that no file beside a template may have."""
    last = PureWindowsPath(PurePosixPath(" ".join(clean_text(name).split())).name).name
    plain = last.replace(":", "").replace("\\", "").strip(". ~")[-_LONGEST_NAME:]
    return plain or "house.docx"
