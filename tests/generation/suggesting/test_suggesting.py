"""Suggestions from being asked for to being there, and all that may come in between."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from fillapp.celery import IN_PROCESS, start_worker
from generation.models import Suggestion
from generation.suggesting import CannotSuggest, ask_for_suggestion, cancel_suggestion, look_up_suggestion
from generation.suggesting.run import run_suggestion
from templates.models import ReportTemplate
from tests.generation.engine.profiles import use_profiles
from tests.generation.engine.waiting import wait_until
from tests.generation.suggesting.conftest import BETTER, QUEUE, Answers
from tests.services import free_port
from tests.simulated_llm import Behaviour, SimulatedLLM

State = Suggestion.State


def write(suggestion: Suggestion) -> Suggestion:
    """As a worker does."""
    run_suggestion(suggestion.pk)
    suggestion.refresh_from_db()
    return suggestion


def asked(llm: SimulatedLLM, number: int) -> str:
    """What the model was told last in this request."""
    request = llm.requests[number].asked
    return request.last_message if request else ""


def test_a_suggestion_is_written_and_billed(template: ReportTemplate, llm: SimulatedLLM) -> None:
    written = write(ask_for_suggestion(template, "actions", "list the actions"))
    assert (written.state, written.text, written.problems) == (State.DONE, BETTER, [])
    assert written.input_tokens > 0
    assert written.output_tokens > 0
    assert written.instructions == "list the actions"


def test_it_is_asked_for_with_the_words_in_the_field_and_the_draft_stays(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    before = template.draft.hash
    write(ask_for_suggestion(template, "actions", "typed a moment ago"))
    assert "typed a moment ago" in asked(llm, 0)
    template.refresh_from_db()
    assert template.draft.hash == before


def test_a_suggestion_with_problems_is_asked_for_once_more(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = ["Put the name into the column “Responsible”.", BETTER]
    written = write(ask_for_suggestion(template, "actions", "who does what"))
    assert (written.text, written.problems, len(llm.requests)) == (BETTER, [], 2)
    assert "There is no column “Responsible”." in asked(llm, 1)


def test_problems_that_stay_are_kept_with_the_suggestion(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = ["Put the name into the column “Responsible”."]
    written = write(ask_for_suggestion(template, "actions", "who does what"))
    assert written.state == State.DONE
    assert written.problems == ["There is no column “Responsible”. The columns are “Action”, “Cost”."]
    assert len(llm.requests) == 2


def test_a_second_answer_that_is_none_leaves_the_first(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = ["Put the name into the column “Responsible”.", ""]
    written = write(ask_for_suggestion(template, "actions", "who does what"))
    assert (written.state, len(written.problems)) == (State.DONE, 1)


def test_an_answer_that_is_no_suggestion_fails_with_a_sentence(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = ["list the actions"]
    written = write(ask_for_suggestion(template, "actions", "list the actions"))
    assert (written.state, written.error_code) == (State.FAILED, "same")
    assert written.error == "The model would leave these instructions as they are."
    assert written.input_tokens > 0


def test_a_server_that_is_down_is_said(
    template: ReportTemplate, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(settings, tmp_path, quick={"base_url": f"http://127.0.0.1:{free_port()}/v1", "retries": 0})
    written = write(ask_for_suggestion(template, "actions", "list"))
    assert (written.state, written.error_code) == (State.FAILED, "unreachable")
    assert written.error == "The model's server cannot be reached. Check that it runs, then try again."


def test_a_fallback_writes_it_when_the_server_is_down(
    template: ReportTemplate, llm: SimulatedLLM, settings: Settings, tmp_path: Path
) -> None:
    down = {"base_url": f"http://127.0.0.1:{free_port()}/v1", "retries": 0, "fallback": "other"}
    use_profiles(settings, tmp_path, quick=down, other={"base_url": llm.base_url})
    assert write(ask_for_suggestion(template, "actions", "list")).text == BETTER


def test_without_a_model_it_is_refused_with_what_to_do(template: ReportTemplate) -> None:
    with pytest.raises(CannotSuggest, match="need a language model, and none is set"):
        ask_for_suggestion(template, "actions", "list")
    assert not Suggestion.objects.exists()


def test_far_too_long_instructions_are_refused(template: ReportTemplate, llm: SimulatedLLM) -> None:
    with pytest.raises(CannotSuggest, match="Use at most 10,000 characters"):
        ask_for_suggestion(template, "actions", "x" * 10_001)


def test_a_block_that_is_not_there_has_none(template: ReportTemplate, llm: SimulatedLLM) -> None:
    with pytest.raises(KeyError):
        ask_for_suggestion(template, "nothing", "list")


def test_asking_again_ends_what_the_same_person_asked_before(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    ann, ben = User.objects.create_user("ann"), User.objects.create_user("ben")
    first = ask_for_suggestion(template, "actions", "list", by=ann)
    other = ask_for_suggestion(template, "actions", "list", by=ben)
    ask_for_suggestion(template, "actions", "list all", by=ann)
    states = dict(Suggestion.objects.values_list("pk", "state"))
    assert (states[first.pk], states[other.pk]) == (State.CANCELLED, State.QUEUED)
    assert write(first).text == ""
    assert not llm.requests


def test_cancel_closes_the_call_under_way(template: ReportTemplate, monkeypatch: pytest.MonkeyPatch) -> None:
    with SimulatedLLM(Behaviour(latency=30)) as slow:
        monkeypatch.setenv("OPENAI_BASE_URL", slow.base_url)
        suggestion = ask_for_suggestion(template, "actions", "list")
        worker = Thread(target=_write_in_thread, args=[suggestion.pk])
        worker.start()
        wait_until(lambda: bool(slow.requests))
        cancel_suggestion(suggestion)
        worker.join(timeout=5)
        assert not worker.is_alive()
    suggestion.refresh_from_db()
    assert suggestion.state == State.CANCELLED


def _write_in_thread(pk: int) -> None:
    try:
        run_suggestion(pk)
    finally:
        connections.close_all()


def test_one_whose_process_has_ended_is_lost_and_says_so(template: ReportTemplate, llm: SimulatedLLM) -> None:
    suggestion = ask_for_suggestion(template, "actions", "list")
    running = Suggestion.objects.filter(pk=suggestion.pk)
    running.update(state=State.RUNNING, alive=timezone.now() - timedelta(seconds=20))
    assert look_up_suggestion(suggestion).state == State.RUNNING
    running.update(alive=timezone.now() - timedelta(seconds=40))
    lost = look_up_suggestion(suggestion)
    assert (lost.state, lost.error_code) == (State.FAILED, "lost")
    assert lost.error.endswith("Try again.")


def test_one_that_no_worker_takes_is_lost_after_some_minutes(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    suggestion = ask_for_suggestion(template, "actions", "list")
    waiting = Suggestion.objects.filter(pk=suggestion.pk)
    waiting.update(alive=timezone.now() - timedelta(minutes=2))
    assert look_up_suggestion(suggestion).state == State.QUEUED
    waiting.update(alive=timezone.now() - timedelta(minutes=4))
    assert look_up_suggestion(suggestion).state == State.FAILED
    assert write(suggestion).text == ""


def test_a_worker_takes_it_from_the_queue(template: ReportTemplate, llm: SimulatedLLM) -> None:
    start_worker(QUEUE, broker=IN_PROCESS)
    suggestion = ask_for_suggestion(template, "actions", "list")
    wait_until(lambda: look_up_suggestion(suggestion).state == State.DONE)
    assert suggestion.text == BETTER
