"""How a signal does on the texts of a set, against the labels that came with them."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE, find_signal
from fillapp.pages.signals.marked import Marked, mark_piece
from fillapp.pages.signals.sets.found import find_set
from fillapp.pages.ways import keep_query
from generation.asking import asking_for
from signals.agreement import Agreement
from signals.kinds import KINDS
from signals.models import Reading, SampleSet, Signal, Text
from signals.reading import load_texts
from signals.sets import labels_in, read_some

# Seconds of one step.
_STEP = 1.0
_MOST_WRONG = 25
_YES = ("1", "yes", "true", "y", "positive", "1.0")


@dataclass(frozen=True)
class Wrong:
    """A text of which signal and label disagree."""

    marked: Marked
    label: str
    score: float
    reason: str


@require_GET
@needs(MAY_CHANGE)
def show_evaluation(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """The figures of all that is read by now; what is not, the page goes on to read."""
    found, signal = find_set(request, pk), find_signal(request, name)
    labels = labels_in(found)
    yes = _find_yes(request.GET.get("yes", ""), [label for label, _ in labels])
    read = Reading.objects.filter(signal=signal, made_by=signal.made_by, text__scope=found.scope)
    total = Text.objects.filter(scope=found.scope).count()
    context = {
        "set": found,
        "signal": signal,
        "labels": labels,
        "yes": yes,
        "read": read.count(),
        "total": total,
        "is_slow": KINDS[signal.kind].is_slow,
        "unread": read.filter(score=None).count(),
        "flagged": read.filter(score__gte=signal.threshold).count(),
        "query": keep_query(request),
        "room": "elsewhere",
        "page": "signals",
    }
    if yes:
        context |= _evaluate(signal, found, yes)
    return render(request, "signals/sets/evaluation.html", context)


@require_POST
@needs(MAY_CHANGE)
def read_next(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Read more of the set, for about a second; of a judge, one text."""
    found, signal = find_set(request, pk), find_signal(request, name)
    total = Text.objects.filter(scope=found.scope).count()
    most = 1 if KINDS[signal.kind].is_slow else None
    with asking_for(("evaluate", request.user.pk)) as asking:
        left = read_some(signal, found.scope, _STEP, most) if signal.made_by else 0
    if "json" not in request.headers.get("Accept", ""):
        return redirect("signal_set_evaluate", pk=pk, name=name)
    spent = {
        "calls": len(asking.made),
        "tokens": sum(answer.input_tokens + answer.output_tokens for answer in asking.made),
        "cost": asking.cost,
    }
    return JsonResponse({"done": total - left, "total": total, "go_on": bool(left), **spent})


def _find_yes(asked: str, labels: list[str]) -> str:
    """The label that means yes: as asked for, else one that says so, else the rarest."""
    if asked in labels:
        return asked
    return next((label for label in labels if label.casefold() in _YES), labels[-1] if labels else "")


def _evaluate(signal: Signal, found: SampleSet, yes: str) -> dict[str, object]:
    rows = Reading.objects.filter(
        signal=signal, made_by=signal.made_by, text__scope=found.scope, score__isnull=False
    ).filter(text__tags__has_key="label")
    read = [
        (text, str(tags["label"]) == yes, score or 0.0)
        for text, tags, score in rows.values_list("text", "text__tags", "score")
    ]
    agreement = Agreement.of([(says, score >= signal.threshold) for _, says, score in read])
    flagged = [(-score, text) for text, says, score in read if not says and score >= signal.threshold]
    missed = [(score, text) for text, says, score in read if says and score < signal.threshold]
    return {
        "agreement": agreement,
        "wrongly": _show(signal, [text for _, text in sorted(flagged)[:_MOST_WRONG]]),
        "missed": _show(signal, [text for _, text in sorted(missed)[:_MOST_WRONG]]),
        "wrongly_more": max(0, len(flagged) - _MOST_WRONG),
        "missed_more": max(0, len(missed) - _MOST_WRONG),
    }


def _show(signal: Signal, texts: list[int]) -> list[Wrong]:
    readings = {one.text_id: one for one in Reading.objects.filter(signal=signal, text__in=texts)}
    rows = Text.objects.in_bulk(texts)
    loaded = load_texts([rows[text] for text in texts])
    return [
        Wrong(
            mark_piece(one.pieces, readings[text].piece),
            str(rows[text].tags.get("label", "")),
            readings[text].score or 0,
            readings[text].reason,
        )
        for text, one in zip(texts, loaded, strict=True)
    ]
