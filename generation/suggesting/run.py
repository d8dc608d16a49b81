"""Writing one suggestion, in a worker."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import connections
from django.utils import timezone

from generation.answers import Answer
from generation.calls import Call, Cancelled, watched
from generation.failures import ModelFailure
from generation.llm import ModelRequest, ask_model
from generation.models import Suggestion
from generation.profiles import ModelProfile, UnknownProfile, find_fallback, find_profile
from generation.prompt import add_correction
from generation.suggesting.answer import NoSuggestion, find_new_problems, read_suggestion, room_for
from generation.suggesting.asking import BEAT, TASK, bill_suggestion, call_key, end_suggestion
from generation.suggesting.prompt import write_messages
from templates.blocks.base import Json
from templates.body import TemplateBody

log = logging.getLogger(__name__)
State = Suggestion.State
# Of a word, in most languages; and what a model says around its answer.
_TOKENS_A_WORD, _MORE_TOKENS = 3, 100
_INTERNAL = "Fill itself failed on this suggestion; its log has the details."


@shared_task(name=TASK, ignore_result=True)
def run_suggestion(pk: int) -> None:
    """Write a suggestion, unless another process does or nobody wants it any more."""
    queued = Suggestion.objects.filter(pk=pk, state=State.QUEUED)
    if not queued.update(state=State.RUNNING, alive=timezone.now()):
        return
    suggestion = Suggestion.objects.select_related("snapshot").get(pk=pk)
    try:
        _write(suggestion)
    except (NoSuggestion, ModelFailure) as failure:
        end_suggestion(suggestion, State.FAILED, error_code=failure.code, error=str(failure))
    except UnknownProfile as error:
        end_suggestion(suggestion, State.FAILED, error_code="unknown_profile", error=str(error))
    except Cancelled:
        end_suggestion(suggestion, State.CANCELLED)
    except Exception:
        log.exception("%s", suggestion)
        end_suggestion(suggestion, State.FAILED, error_code="internal", error=_INTERNAL)


def _write(suggestion: Suggestion) -> None:
    """Ask, ask once more where there are problems, keep the better one. Raises what came in between."""
    body = suggestion.snapshot.parsed
    profile = find_profile(suggestion.profile)
    made: list[Answer] = []
    call = Call(**profile.times)
    # The connection goes back to its pool: a call may take minutes.
    connections.close_all()
    try:
        with watched(call_key(suggestion.pk), call), _alive(suggestion.pk, call):
            text, problems = _find_best(suggestion, body, profile, call, made)
    finally:
        bill_suggestion(suggestion, made)
    end_suggestion(suggestion, State.DONE, text=text, problems=problems)


def _find_best(
    suggestion: Suggestion, body: TemplateBody, profile: ModelProfile, call: Call, made: list[Answer]
) -> tuple[str, list[str]]:
    """Of a first and a corrected suggestion the one with fewer problems, and these."""
    messages = write_messages(body, body.block(suggestion.block), suggestion.passages)
    text = _ask(suggestion, profile, messages, call, made)
    problems = find_new_problems(body, suggestion.block, text, suggestion.passages)
    if not problems:
        return text, []
    try:
        again = _ask(suggestion, profile, add_correction(messages, text, problems), call, made)
    except (NoSuggestion, ModelFailure):
        return text, problems
    left = find_new_problems(body, suggestion.block, again, suggestion.passages)
    return (again, left) if len(left) < len(problems) else (text, problems)


def _ask(
    suggestion: Suggestion, profile: ModelProfile, messages: list[Json], call: Call, made: list[Answer]
) -> str:
    """The suggestion of this model, or of its fallback where its server is of no use."""
    other = find_fallback(profile)
    other = None if other is None or other.offline else other
    room = room_for(suggestion.instructions) * _TOKENS_A_WORD + _MORE_TOKENS
    try:
        answer = ask_model(profile, ModelRequest(messages, room), call, made, has_fallback=other is not None)
    except ModelFailure as failure:
        if other is None or not failure.another_may_do:
            raise
        call.allow(**other.times)
        return _ask(suggestion, other, messages, call, made)
    return read_suggestion(answer, suggestion.instructions)


@contextmanager
def _alive(pk: int, call: Call) -> Iterator[None]:
    """Say every few seconds that it is being written; end the call when it is wanted no more."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT.total_seconds()):
            try:
                running = Suggestion.objects.filter(pk=pk, state=State.RUNNING)
                if not running.update(alive=timezone.now()):
                    call.cancel()
            except Exception:
                # A database that is away for a moment ends no call.
                log.exception("suggestion %s", pk)
            finally:
                connections.close_all()

    threading.Thread(target=beat, name="fill-suggestion", daemon=True).start()
    try:
        yield
    finally:
        done.set()
