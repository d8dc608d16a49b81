"""Asking for suggestions, and wanting them no more."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from kombu.exceptions import OperationalError

from generation.answers import Answer
from generation.calls import cancel_calls
from generation.models import Suggestion
from generation.profiles import UnknownProfile, default_profile
from signals.clean import clean_text
from templates.models import ReportTemplate, take_snapshot

log = logging.getLogger(__name__)
State = Suggestion.State
TASK = "generation.suggest"
UNFINISHED = (State.QUEUED, State.RUNNING)
# The process that writes one says so every few seconds.
BEAT = timedelta(seconds=5)
_LONGEST = 10_000
# With long instructions and many blocks beside it, what small models still read whole.
MOST_PASSAGES, _LONGEST_PASSAGE = 3, 900
_NO_BROKER = "The suggestion could not be sent to a worker. Try again in a minute."


class CannotSuggest(ValueError):
    """Nothing can be suggested now; the message says why and what to do."""


def say_why_not() -> str:
    """Why nothing can be suggested now and what to do, "" where it can."""
    try:
        _find_model()
    except CannotSuggest as refusal:
        return str(refusal)
    return ""


def ask_for_all(
    template: ReportTemplate, passages: Mapping[str, Sequence[str]], by: User | None = None
) -> int:
    """Have better instructions written for each block of the draft, from what earlier reports say there.

    `passages` holds texts by the block's key. How many are asked for: with no worker to be reached, the
    first that fails is the last. Raises `CannotSuggest`.
    """
    blocks = template.draft.parsed.fillable
    for number, block in enumerate(blocks):
        found = passages.get(block.block, ())
        suggestion = ask_for_suggestion(template, block.block, block.instructions, by, passages=found)
        suggestion.refresh_from_db()
        if suggestion.state == State.FAILED:
            return number
    return len(blocks)


def ask_for_suggestion(
    template: ReportTemplate,
    key: str,
    instructions: str,
    by: User | None = None,
    *,
    passages: Sequence[str] = (),
) -> Suggestion:
    """Have better instructions written for a block of the draft, from those just typed.

    What the same person asked for the same block before is wanted no more; what reports say that it was
    asked with is used again. Raises `CannotSuggest`, and `KeyError` where there is no such block.
    """
    instructions = clean_text(instructions).strip()
    if len(instructions) > _LONGEST:
        raise CannotSuggest(f"The instructions are too long. Use at most {_LONGEST:,} characters.")
    body = template.draft.parsed.with_instructions(key, instructions)
    profile = _find_model()
    passages = [shorten_passage(text) for text in passages[:MOST_PASSAGES]]
    earlier = Suggestion.objects.filter(template=template, block=key, by=by, settled=False)
    for one in earlier:
        passages = passages or one.passages
        cancel_suggestion(one)
    earlier.update(settled=True, passages=[])
    suggestion = Suggestion.objects.create(
        template=template,
        snapshot=take_snapshot(body),
        block=key,
        instructions=instructions,
        passages=passages,
        by=by,
        profile=profile,
    )
    _send(suggestion)
    return suggestion


def shorten_passage(text: str) -> str:
    """As much of a passage as a prompt has room for."""
    text = clean_text(text).strip()
    return text if len(text) <= _LONGEST_PASSAGE else f"{text[:_LONGEST_PASSAGE].rstrip()} […]"


def _find_model() -> str:
    """The name of the profile that writes it. Raises `CannotSuggest`."""
    try:
        profile = default_profile()
    except UnknownProfile as error:
        raise CannotSuggest(str(error)) from error
    if profile.offline:
        raise CannotSuggest(
            "Suggestions need a language model, and none is set. Set OPENAI_API_KEY or OPENAI_BASE_URL, "
            "or ask whoever runs Fill."
        )
    return profile.name


def _send(suggestion: Suggestion) -> None:
    try:
        current_app.send_task(TASK, (suggestion.pk,), queue=settings.FILL_QUEUE, ignore_result=True)
    except OperationalError as error:
        log.warning("%s: the broker cannot be reached: %s", suggestion, error)
        end_suggestion(suggestion, State.FAILED, error_code="broker", error=_NO_BROKER)


def cancel_suggestion(suggestion: Suggestion) -> None:
    """It is wanted no more; the call under way is closed, in whichever process it is."""
    end_suggestion(suggestion, State.CANCELLED)
    cancel_calls(call_key(suggestion.pk))


def end_suggestion(suggestion: Suggestion, state: str, **result: object) -> bool:
    """End it, unless it has ended: what comes late changes nothing. Whether it did."""
    unfinished = Suggestion.objects.filter(pk=suggestion.pk, state__in=UNFINISHED)
    return bool(unfinished.update(state=state, **result))


def bill_suggestion(suggestion: Suggestion, made: Sequence[Answer]) -> None:
    """What its calls have used is kept, also of one that was cancelled."""
    Suggestion.objects.filter(pk=suggestion.pk).update(
        input_tokens=sum(one.input_tokens for one in made),
        output_tokens=sum(one.output_tokens for one in made),
        cost=sum(one.cost for one in made),
        seconds=sum(one.seconds for one in made),
    )


def call_key(pk: int) -> tuple[str, int]:
    """By what its calls are known."""
    return ("suggestion", pk)
