"""Help with writing instructions: advice on what is typed, and better instructions by the model."""

from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.differences import show_text_differences
from fillapp.pages.studio.found import MAY_CHANGE, find_template
from fillapp.templatetags.amounts import tokens
from fillapp.templatetags.waits import seconds
from generation.models import Suggestion
from generation.suggesting import (
    CannotSuggest,
    ask_for_suggestion,
    cancel_suggestion,
    find_waiting,
    look_up_suggestion,
    settle_suggestion,
)
from signals.clean import clean_text
from templates.blocks.base import Json
from templates.lint import Advice, lint_block
from templates.models import ReportTemplate

# Of what is typed, in characters: nobody reads advice on more.
_MOST_READ = 20_000
_LABELS = {
    "queued": "Waiting for the model",
    "running": "The model is writing",
    "done": "A suggestion is ready",
    "failed": "There is no suggestion",
    "cancelled": "Stopped",
}
# Of one that somebody has yet to look at.
_ON_CARD = _LABELS | {"queued": "A suggestion is being written", "running": "A suggestion is being written"}


@require_POST
@needs(MAY_CHANGE)
def advise(request: SignedIn, slug: str, key: str) -> HttpResponse:
    """Advice on a block with the instructions as they stand in its field, saved or not."""
    template = find_template(request, slug)
    text = _typed(request)[:_MOST_READ]
    try:
        advice = lint_block(template.draft.parsed.with_instructions(key, text), key)
    except KeyError as error:
        raise Http404 from error
    return JsonResponse({"advice": [_describe_advice(one) for one in advice]})


def _typed(request: SignedIn) -> str:
    """The instructions in the field; a form posts each line end as two characters."""
    return clean_text(request.POST.get("instructions", "").replace("\r\n", "\n"))


def _describe_advice(advice: Advice) -> dict[str, object]:
    return asdict(advice) | {"words": advice.words}


@require_POST
@needs(MAY_CHANGE)
def ask(request: SignedIn, slug: str, key: str) -> HttpResponse:
    """Have the model suggest better instructions: 202 with where to look for them, 422 with why not."""
    template = find_template(request, slug)
    try:
        suggestion = ask_for_suggestion(template, key, _typed(request), by=request.user)
    except KeyError as error:
        raise Http404 from error
    except CannotSuggest as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"suggestion": suggestion.pk} | _describe(suggestion), status=202)


@require_GET
@needs(MAY_CHANGE)
def show(request: SignedIn, slug: str, suggestion: int) -> HttpResponse:
    """How far a suggestion is."""
    return JsonResponse(_describe(look_up_suggestion(_find(request, slug, suggestion))))


@require_POST
@needs(MAY_CHANGE)
def cancel(request: SignedIn, slug: str, suggestion: int) -> HttpResponse:
    """It is wanted no more."""
    found = _find(request, slug, suggestion)
    cancel_suggestion(found)
    found.refresh_from_db()
    return JsonResponse(_describe(found))


@require_POST
@needs(MAY_CHANGE)
def settle(request: SignedIn, slug: str, suggestion: int) -> HttpResponse:
    """It was taken or left, and is shown no more."""
    settle_suggestion(_find(request, slug, suggestion))
    return JsonResponse({})


def describe_waiting(template: ReportTemplate) -> Json:
    """What the card of each block says of its suggestion, by the part's name."""
    return {
        f"block-{key}": {"state": one.state, "label": _ON_CARD[one.state], "address": _address(one)}
        for key, one in find_waiting(template).items()
    }


def _address(suggestion: Suggestion) -> str:
    return reverse("template_suggestion", args=[suggestion.template.slug, suggestion.pk])


def _find(request: SignedIn, slug: str, pk: int) -> Suggestion:
    """A suggestion for a template the user may change. Raises `Http404`."""
    template: ReportTemplate = find_template(request, slug)
    return get_object_or_404(Suggestion.objects.select_related("snapshot"), pk=pk, template=template)


def _describe(suggestion: Suggestion) -> dict[str, object]:
    is_done = suggestion.state == Suggestion.State.DONE
    body = suggestion.snapshot.parsed
    old, new = suggestion.instructions, suggestion.text
    return {
        "state": suggestion.state,
        "address": _address(suggestion),
        "label": _LABELS[suggestion.state],
        "instructions": old,
        "text": new,
        "differences": show_text_differences(old, new, "Instructions", body.language) if is_done else "",
        "problems": suggestion.problems,
        "error": suggestion.error,
        "words": _say_cost(suggestion),
    }


def _say_cost(suggestion: Suggestion) -> str:
    """How long it took or has taken, and what was used: “12 s, 900 tokens”."""
    if suggestion.state in (Suggestion.State.QUEUED, Suggestion.State.RUNNING):
        return seconds((timezone.now() - suggestion.created).total_seconds())
    used = suggestion.input_tokens + suggestion.output_tokens
    return f"{seconds(suggestion.seconds)}, {tokens(used)}" if used else ""
