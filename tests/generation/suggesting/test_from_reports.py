"""Suggestions for all blocks from what earlier reports say, until somebody takes or leaves them."""

from datetime import timedelta

import pytest
from celery import Celery
from django.contrib.auth.models import User
from django.utils import timezone
from kombu.exceptions import OperationalError

from generation.models import Suggestion
from generation.suggesting import (
    ask_for_all,
    ask_for_suggestion,
    cancel_suggestion,
    find_waiting,
    look_up_suggestion,
    say_why_not,
    settle_suggestion,
)
from generation.suggesting.run import run_suggestion
from templates.models import ReportTemplate
from tests.generation.suggesting.conftest import BETTER, Answers
from tests.simulated_llm import SimulatedLLM

State = Suggestion.State
PASSAGES = {"risks": ["The roof may leak.", "The lift may stop."]}


def of(key: str) -> Suggestion:
    return Suggestion.objects.get(block=key)


def test_each_block_is_asked_for_with_what_the_reports_say_there(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    assert ask_for_all(template, PASSAGES) == 4
    keys = [block.block for block in template.draft.parsed.fillable]
    assert sorted(Suggestion.objects.values_list("block", flat=True)) == sorted(keys)
    for one in Suggestion.objects.order_by("pk"):
        run_suggestion(one.pk)
    told = [request.asked.last_message for request in llm.requests if request.asked]
    assert ["The lift may stop." in asked for asked in told] == [key == "risks" for key in keys]
    assert of("risks").text == BETTER
    template.refresh_from_db()
    assert template.draft.parsed.block("risks").instructions != BETTER


def test_long_passages_are_shortened_and_only_a_few_are_kept(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    ask_for_all(template, {"risks": ["word " * 1000, "b", "c", "d"]})
    first, *others = of("risks").passages
    assert first.endswith("word […]")
    assert len(first) < 1000
    assert others == ["b", "c"]


def test_a_suggestion_with_words_of_one_report_is_asked_for_once_more(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = ["Say that the old roof of the hall may leak.", BETTER]
    asked = ask_for_suggestion(template, "risks", "list", passages=["The old roof of the hall may leak."])
    run_suggestion(asked.pk)
    assert of("risks").text == BETTER
    again = llm.requests[1].asked
    assert again
    assert "is from one report" in again.last_message


def test_without_a_worker_to_be_reached_one_failure_is_enough(
    template: ReportTemplate, llm: SimulatedLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Celery, "send_task", _refuse)
    assert ask_for_all(template, PASSAGES) == 0
    assert Suggestion.objects.get().error_code == "broker"


def _refuse(*_: object, **__: object) -> None:
    raise OperationalError


def test_whether_a_model_is_set_is_said(
    template: ReportTemplate, llm: SimulatedLLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say_why_not() == ""
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.delenv("OPENAI_API_KEY")
    assert say_why_not().startswith("Suggestions need a language model, and none is set.")


def test_one_waits_until_it_is_taken_or_left_and_then_the_passages_are_forgotten(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    ask_for_all(template, PASSAGES)
    assert find_waiting(template)["risks"].state == State.QUEUED
    run_suggestion(of("risks").pk)
    assert find_waiting(template)["risks"].state == State.DONE
    settle_suggestion(of("risks"))
    assert "risks" not in find_waiting(template)
    assert of("risks").passages == []
    assert len(find_waiting(template)) == 3


def test_one_that_was_stopped_or_that_changes_nothing_does_not_wait(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    cancel_suggestion(ask_for_suggestion(template, "risks", "list"))
    same = ask_for_suggestion(template, "actions", "list the actions")
    answers.left = ["list the actions"]
    run_suggestion(same.pk)
    assert find_waiting(template) == {}


def test_one_that_failed_waits_with_its_reason(
    template: ReportTemplate, llm: SimulatedLLM, answers: Answers
) -> None:
    answers.left = [""]
    run_suggestion(ask_for_suggestion(template, "risks", "list").pk)
    assert find_waiting(template)["risks"].error == "The model suggested nothing. Try again."


def test_asking_again_uses_what_the_reports_say_and_replaces_ones_own_earlier(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    ann, ben = User.objects.create_user("ann"), User.objects.create_user("ben")
    ask_for_all(template, PASSAGES, by=ann)
    first = of("risks")
    run_suggestion(first.pk)
    other = ask_for_suggestion(template, "risks", "mine", by=ben)
    again = ask_for_suggestion(template, "risks", "list", by=ann)
    assert again.passages == PASSAGES["risks"]
    assert other.passages == []
    assert find_waiting(template)["risks"] == again
    settle_suggestion(again)
    assert "risks" not in find_waiting(template)


def test_one_in_a_long_queue_is_not_lost_while_others_are_written(
    template: ReportTemplate, llm: SimulatedLLM
) -> None:
    ask_for_all(template, PASSAGES)
    Suggestion.objects.update(alive=timezone.now() - timedelta(minutes=10))
    running = Suggestion.objects.filter(block="actions")
    running.update(state=State.RUNNING, alive=timezone.now())
    assert look_up_suggestion(of("risks")).state == State.QUEUED
    running.update(alive=timezone.now() - timedelta(minutes=10))
    assert find_waiting(template)["risks"].error_code == "lost"
