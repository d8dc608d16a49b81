"""A new template from Word reports: the files given, what they propose looked through, the template made."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.studio.found import MAY_CHANGE
from fillapp.pages.studio.proposals import show_counts, show_proposals
from generation.suggesting import CannotSuggest, ask_for_all, say_why_not
from signals.clean import clean_text
from templates.importing import (
    NothingKept,
    load_decisions,
    load_kept,
    load_proposed,
    make_template,
    read_reports,
    save_decisions,
)
from templates.models import ReportTemplate, WordImport
from templates.proposing import MOST_REPORTS, Decision, Proposal, block_passages
from templates.word.house import LARGEST_HOUSE, UnreadableWord

_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_NO_FILE = "Choose at least one Word report first."
_TOO_MANY = f"These are more than {MOST_REPORTS} reports. Choose those that differ most."
_NO_NAME = "Give the template a name."
_NOTHING = "Everything is dropped, so there is nothing to make a template of. Keep at least one part."
_MADE = "The template is made."
_NEXT = "Look it through, try it on an example, then publish it."
_ASKED = "The model now writes suggestions for its instructions; each block says when its own is ready."
_NOT_ALL = "Not every suggestion could be asked for; “Improve these instructions” in a block asks for one."
_LONGEST_NAME = 200


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def start_import(request: SignedIn) -> HttpResponse:
    """Where reports are given, and what of earlier ones is not finished."""
    error = ""
    if request.POST.get("do") == "forget":
        _find_all(request).filter(pk=_number(request.POST.get("import", ""))).delete()
        messages.success(request, "That import is forgotten.")
        return redirect("template_import")
    if request.method == "POST":
        files = request.FILES.getlist("files")
        try:
            return redirect("template_import_review", pk=_take_in(request, files).pk)
        except UnreadableWord as refusal:
            error = str(refusal)
    context = {
        "error": error,
        "suffixes": ",".join(_SUFFIXES),
        "most": MOST_REPORTS,
        "unfinished": _find_all(request).defer("proposed", "decided", "house"),
        "page": "templates",
    }
    return render(request, "templates/studio/import.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def review_import(request: SignedIn, pk: int) -> HttpResponse:
    """What the reports propose, each to be kept, changed or dropped; then the template is made of it."""
    found = get_object_or_404(_find_all(request), pk=pk)
    if request.method == "GET":
        return _show(request, found)
    try:
        return _decide(request, found)
    except WordImport.DoesNotExist:
        # Pressed twice: the template is made already.
        return redirect("templates")


def _decide(request: SignedIn, found: WordImport) -> HttpResponse:
    """Keep what was decided, and make the template where that was asked for."""
    decisions = read_decisions(request.POST, len(load_proposed(found).proposals))
    name = _words(request.POST, "name")
    look = "look" in request.POST if "has-look" in request.POST else None
    save_decisions(
        found.pk, decisions, name=name if name is None else name.strip()[:_LONGEST_NAME], look=look
    )
    found.refresh_from_db()
    if request.POST.get("do") == "part":
        return _show_part(request, found, decisions)
    if request.POST.get("do") != "make":
        return redirect("template_import_review", pk=found.pk)
    if not found.name:
        return _show(request, found, name_error=_NO_NAME)
    kept = load_kept(found)
    try:
        template = make_template(found)
    except NothingKept:
        return _show(request, found, error=_NOTHING)
    asked = _ask_model(request, template, kept) if "suggest" in request.POST else ""
    messages.success(request, f"{_MADE} {asked or _NEXT}")
    return redirect("template", slug=template.slug)


def _ask_model(request: SignedIn, template: ReportTemplate, kept: Sequence[Proposal]) -> str:
    """Have the model suggest instructions for each block; what there is to say of it."""
    passages = block_passages(template.draft.parsed, kept)
    try:
        asked = ask_for_all(template, passages, by=request.user)
    except CannotSuggest as refusal:
        return str(refusal)
    return _ASKED if asked == len(passages) else _NOT_ALL


def read_decisions(post: QueryDict, count: int) -> dict[str, Decision]:
    """What was decided on those of `count` parts that a post is about, by their numbers.

    Where a part becomes something else, the words of what it was before do not count.
    """
    decisions = {}
    known = set(map(str, range(count)))
    for number in known.intersection(post.getlist("item")):
        become = post.get(f"become-{number}", "")
        same = become == post.get(f"was-{number}", become)
        decisions[number] = Decision(
            keep=f"keep-{number}" in post,
            become=become[:_LONGEST_NAME],
            text=_words(post, f"text-{number}") if same else None,
            instructions=_words(post, f"instructions-{number}") if same else None,
        )
    return decisions


def _words(post: QueryDict, name: str) -> str | None:
    said = post.get(name)
    return None if said is None else clean_text(said.replace("\r\n", "\n"))


def _find_all(request: SignedIn) -> QuerySet[WordImport]:
    return WordImport.objects.filter(owner=request.user)


def _take_in(request: SignedIn, files: "Sequence[UploadedFile[Any]]") -> WordImport:
    """The reports read. Raises `UnreadableWord`."""
    if not files:
        raise UnreadableWord(_NO_FILE)
    if len(files) > MOST_REPORTS:
        raise UnreadableWord(_TOO_MANY)
    read = []
    for file in files:
        name = clean_text(file.name or "report.docx")
        if not name.lower().endswith(_SUFFIXES):
            raise UnreadableWord(f"“{name}” is no Word file. Save it as .docx in Word and choose that.")
        if (file.size or 0) > LARGEST_HOUSE:
            limit = LARGEST_HOUSE // 1_000_000
            raise UnreadableWord(f"“{name}” is larger than {limit} MB. Leave out its large pictures.")
        read.append((name, file.read()))
    return read_reports(read, request.user)


def _show(request: SignedIn, found: WordImport, *, error: str = "", name_error: str = "") -> HttpResponse:
    proposed = load_proposed(found)
    shown = show_proposals(proposed.proposals, load_decisions(found))
    context = {
        "found": found,
        "notes": proposed.notes,
        "proposals": shown,
        "counts": show_counts(shown),
        "error": error,
        "name_error": name_error,
        "why_not": say_why_not(),
        "suggests": request.method == "GET" or "suggest" in request.POST,
        "page": "templates",
    }
    status = 422 if error or name_error else 200
    return render(request, "templates/studio/import_review.html", context, status=status)


def _show_part(request: SignedIn, found: WordImport, decisions: dict[str, Decision]) -> HttpResponse:
    """The parts just decided on as they are now, and the counts: what a script puts in their place."""
    shown = show_proposals(load_proposed(found).proposals, load_decisions(found))
    decided = [one for one in shown if str(one.number) in decisions]
    context = {"proposals": decided, "counts": show_counts(shown)}
    return render(request, "templates/studio/import_parts.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0
