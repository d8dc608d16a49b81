"""The settings page: shown, saved, and tried on a text."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE
from fillapp.pages.signals.marked import Marked, mark_piece
from fillapp.pages.signals.settings.form import SettingsForm, form_of, read_form
from fillapp.pages.signals.settings.recent import find_recent, read_recent, show_judged
from signals.changing import save_signal
from signals.clean import clean_text
from signals.handed import hands
from signals.judged import find_agreement
from signals.kinds import KINDS, TextToRead, Verdict
from signals.models import Signal
from signals.pieces import split_text, with_whole
from signals.reading import fires, read_texts
from signals.rules import RULES
from signals.vectors import not_kept

_LONGEST_TRIED = 20_000


@dataclass(frozen=True)
class Tried:
    """A text that somebody tried it on, and what it says."""

    text: str
    about: str
    marked: Marked | None = None
    verdict: Verdict | None = None
    flagged: bool = False


def show_settings(request: SignedIn, signal: Signal) -> HttpResponse:
    """The page; a POST saves the settings, or tries what was typed without keeping it."""
    if request.method == "POST":
        return _change(request, signal)
    _follow_model(signal)
    return _show(request, signal, form_of(signal, request.GET.get("rule", "")), Tried("", ""))


@needs(MAY_CHANGE)
def _change(request: SignedIn, signal: Signal) -> HttpResponse:
    form = read_form(signal, request.POST)
    tried = Tried(
        clean_text(request.POST.get("text", ""))[:_LONGEST_TRIED],
        clean_text(request.POST.get("about", ""))[:_LONGEST_TRIED],
    )
    if not form.is_fit:
        return _show(request, signal, form, tried, status=422)
    form.apply(signal)
    if request.POST.get("do") == "try":
        return _show(request, signal, form, _try(signal, tried))
    save_signal(signal)
    messages.success(request, f"Saved. “{signal.title}” reads by it from now on.")
    return redirect("signal", name=signal.name)


def _try(signal: Signal, tried: Tried) -> Tried:
    pieces = tuple(with_whole(tried.text, split_text(tried.text)))
    # Whoever tries a text need not find it in the database.
    with not_kept():
        verdict = read_texts(signal, [TextToRead(pieces, tried.about)])[0]
    marked = mark_piece(pieces, verdict.piece)
    return Tried(tried.text, tried.about, marked, verdict, fires(verdict, signal.threshold))


def _show(
    request: SignedIn, signal: Signal, form: SettingsForm, tried: Tried, status: int = 200
) -> HttpResponse:
    is_judge = signal.kind == "judge"
    context = {
        "signal": signal,
        "kind": KINDS[signal.kind],
        "rules": list(RULES.values()) if signal.kind == "rule" else [],
        "form": form,
        "tried": tried,
        "needs_about": is_judge or bool(form.rule and form.rule.name == "topic"),
        "model": hands.ask.name if hands.ask else "",
        "room": "first",
        "page": "signals",
    }
    if is_judge and signal.made_by:
        texts = find_recent(request)
        shown = show_judged(request, signal, texts)
        context |= {"agreement": find_agreement(signal), "judged": shown}
        context["to_judge"] = sum(one.verdict is None for one in shown)
    elif form.is_fit and not is_judge:
        form.apply(signal)
        context["recent"] = read_recent(request, signal)
    return render(request, "signals/settings/page.html", context, status=status)


def _follow_model(signal: Signal) -> None:
    """Another model was set since: what a judge said by the one before is that of an earlier judge."""
    kind = KINDS[signal.kind]
    if kind.made_by(kind.Settings.model_validate(signal.settings), signal.learned) != signal.made_by:
        save_signal(signal)
