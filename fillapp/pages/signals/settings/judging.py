"""Recent texts judged on request, one call after the other, and labelled beside their verdicts."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.signals.found import MAY_CHANGE, find_signal
from fillapp.pages.signals.settings.recent import find_recent, whole_of
from fillapp.scopes import texts_open_to
from generation.asking import Asking, asking_for
from signals.models import Reading, Signal, Text
from signals.reading import keep_readings
from signals.teaching.saying import say


@require_POST
@needs(MAY_CHANGE)
def judge_next(request: SignedIn, name: str) -> HttpResponse:
    """One call: the next recent text that is not judged yet. A script asks again until none is left."""
    signal = _find_judge(request, name)
    texts = find_recent(request)
    current = Reading.objects.filter(signal=signal, made_by=signal.made_by, text__in=texts)
    # What could not be judged is tried again at the next press, not at the next step.
    left = [text for text in texts if text.pk not in set(current.values_list("text", flat=True))]
    failed = ""
    with asking_for(("judge", request.user.pk)) as asking:
        for reading in keep_readings([signal], left[:1]):
            failed = reading.error
    done = len(texts) - len(left) + bool(left)
    if failed:
        Reading.objects.filter(signal=signal, text=left[0]).delete()
    go_on = len(left) > 1 and not failed
    if "json" not in request.headers.get("Accept", ""):
        if failed:
            messages.warning(request, failed)
        return redirect("signal", name=name)
    return JsonResponse(
        {"done": done, "total": len(texts), "go_on": go_on, "error": failed, **_count_cost(asking)}
    )


@require_POST
@needs(MAY_CHANGE)
def label_judged(request: SignedIn, name: str) -> HttpResponse:
    """This person's own yes or no on a whole text."""
    signal, says = _find_judge(request, name), request.POST.get("says", "")
    number = request.POST.get("text", "")
    if says not in ("yes", "no") or not number.isdecimal() or len(number) > 18:
        raise Http404
    text = get_object_or_404(Text.objects.within(texts_open_to(request)), pk=int(number))
    if sample := whole_of(text):
        say(signal, sample, request.user, says == "yes")
    response = redirect("signal", name=name)
    response["Location"] += f"#text-{text.pk}"
    return response


def _find_judge(request: SignedIn, name: str) -> Signal:
    signal = find_signal(request, name)
    if signal.kind != "judge" or not signal.made_by:
        raise Http404
    return signal


def _count_cost(asking: Asking) -> dict[str, float]:
    return {
        "calls": len(asking.made),
        "tokens": sum(answer.input_tokens + answer.output_tokens for answer in asking.made),
        "cost": asking.cost,
    }
