"""The teaching page, and every word that is said on it: as a form that reloads it, or as parts of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.backfills import show_backfill
from fillapp.pages.signals.found import MAY_CHANGE, MAY_SEE, find_taught
from fillapp.pages.signals.teaching.passed import ask_again, pass_over, passed_last
from fillapp.pages.signals.teaching.shown import Look
from fillapp.pages.signals.teaching.visit import Visit
from fillapp.pages.ways import go_back
from signals.clean import clean_text
from signals.handed import CannotEmbed
from signals.models import Signal
from signals.teaching.lesson import Lesson, look_up, set_up, teach, weigh
from signals.teaching.saying import LONGEST_NOTE, last_said, say, undo
from signals.teaching.typed import add_examples, split_typed

# So many seconds may go into texts that were never looked at: when the page is opened, and at a click.
_OPENING, _CLICK = 1.5, 0.15
# The figures of more examples take seconds: the page is there first, and its script asks for them.
_FEW = 100
_LONGEST_PHRASE, _SHOWN_OF_TEXT = 300, 80
# As its form offers them.
PRECISIONS = (0.8, 0.9, 0.95, 0.99)
_NOTHING_TYPED = "Nothing was typed. Write one example a line."


def show_teaching(request: SignedIn, signal: Signal) -> HttpResponse:
    """The whole page."""
    lesson = look_up(signal)
    try:
        if lesson.examples.can_teach and lesson.learned is None:
            # Labels that came another way, or vectors of another embedder since.
            lesson = teach(signal)
        if lesson.worth is None and len(lesson.examples.hashes) <= _FEW:
            weigh(lesson)
    except CannotEmbed:
        # The page itself says so.
        pass
    return render(request, "signals/teaching/page.html", _context(Visit(request), lesson, _OPENING))


@require_POST
@needs(MAY_CHANGE)
def label(request: SignedIn, name: str) -> HttpResponse:
    """A yes or a no on a sample, or passing it over."""
    visit, signal = Visit(request), find_taught(request, name)
    sample, word = visit.find_sample(request.POST.get("sample", "")), request.POST.get("says", "")
    if word == "skip":
        pass_over(request, signal, sample.sha256)
        return _answer(visit, look_up(signal), f"Skipped: {_quote(sample.said)}")
    if word not in ("yes", "no"):
        raise Http404
    note = clean_text(request.POST["note"]).strip()[:LONGEST_NOTE] if request.POST.get("note") else None
    say(signal, sample, request.user, word == "yes", note)
    return _teach(visit, signal, f"{word.capitalize()}: {_quote(sample.said)}")


@require_POST
@needs(MAY_CHANGE)
def take_back(request: SignedIn, name: str) -> HttpResponse:
    """Undo what this person said or passed over last."""
    visit, signal = Visit(request), find_taught(request, name)
    last, passed = last_said(signal, request.user), passed_last(request, signal)
    if passed and (last is None or passed > last.at):
        ask_again(request, signal)
        return _answer(visit, look_up(signal), "Undone: what you skipped last will be asked again.")
    undone = undo(signal, request.user)
    if undone is None:
        return _answer(visit, look_up(signal), "There is nothing to undo.")
    text = _quote(undone.sample.said) if visit.may_read(undone.sample) else "a text you may not read any more"
    stands = "" if undone.was is None else f", which is {'yes' if undone.was else 'no'} again"
    return _teach(visit, signal, f"Undone: {'yes' if undone.says else 'no'} to {text}{stands}")


@require_POST
@needs(MAY_CHANGE)
def start_from(request: SignedIn, name: str) -> HttpResponse:
    """Another phrase to look for likely texts with."""
    signal = find_taught(request, name)
    phrase = " ".join(clean_text(request.POST.get("phrase", "")).split())[:_LONGEST_PHRASE]
    set_up(signal, phrase=phrase)
    said = f"Looking for texts like {_quote(phrase)}" if phrase else "No phrase is looked for any more."
    return _answer(Visit(request), look_up(signal), said)


@require_POST
@needs(MAY_CHANGE)
def add_typed(request: SignedIn, name: str) -> HttpResponse:
    """Examples of the person's own, one a line, each a yes or each a no."""
    visit, signal = Visit(request), find_taught(request, name)
    texts, word = split_typed(request.POST.get("texts", "")), request.POST.get("says", "")
    if word not in ("yes", "no"):
        raise Http404
    if not texts:
        return _answer(visit, look_up(signal), _NOTHING_TYPED)
    count = add_examples(signal, texts, request.user, word == "yes")
    said = f"{word.capitalize()}: {_quote(texts[0])}" if count == 1 else f"{count} examples of {word} added."
    return _teach(visit, signal, said)


@require_POST
@needs(MAY_CHANGE)
def want_precision(request: SignedIn, name: str) -> HttpResponse:
    """How much of what it flags is to be right."""
    signal = find_taught(request, name)
    asked = next((one for one in PRECISIONS if str(one) == request.POST.get("precision")), None)
    set_up(signal, precision=asked)
    said = f"It is to be right {asked:.0%} of the times it flags." if asked else "Both mistakes weigh alike."
    return _teach(Visit(request), signal, said)


@require_GET
@needs(MAY_SEE)
def show_figures(request: SignedIn, name: str) -> HttpResponse:
    """What its examples say of it now, and all else that the page may have waited for."""
    lesson = look_up(find_taught(request, name))
    try:
        if lesson.worth is None:
            weigh(lesson)
    except CannotEmbed as error:
        return JsonResponse({"said": str(error), "html": ""})
    parts = ["waiting", "learnt", "twins", "flagged"]
    return JsonResponse({"said": "", "html": _render(Visit(request), lesson, parts, _OPENING)})


def _teach(visit: Visit, signal: Signal, said: str) -> HttpResponse:
    try:
        lesson = teach(signal)
    except CannotEmbed as error:
        return _answer(visit, look_up(signal), f"{said} – kept, but nothing was learnt: {error}")
    return _answer(visit, lesson, said)


def _answer(visit: Visit, lesson: Lesson, said: str) -> HttpResponse:
    """The parts of the page as they are now, for its script; the page itself for whoever has none."""
    if "X-Live" not in visit.request.headers:
        messages.success(visit.request, said)
        return go_back(visit.request, "signal", lesson.signal.name)
    parts = ["waiting", "ask", "learnt", "settle", "twins", "flagged", "alike"]
    return JsonResponse({"said": said, "html": _render(visit, lesson, parts, _CLICK)})


def _render(visit: Visit, lesson: Lesson, parts: list[str], seconds: float) -> str:
    context = _context(visit, lesson, seconds)
    return "".join(
        render_to_string(f"signals/teaching/{part}.html", context, visit.request) for part in parts
    )


def _context(visit: Visit, lesson: Lesson, seconds: float) -> dict[str, object]:
    return {
        "signal": lesson.signal,
        "shown": Look(visit, lesson, seconds).make(),
        "backfill": show_backfill(lesson.signal),
        "room": "first",
        "page": "signals",
    }


def _quote(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short[:_SHOWN_OF_TEXT].rstrip()} …”" if len(short) > _SHOWN_OF_TEXT else f"“{short}”"
