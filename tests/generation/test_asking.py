"""What judges among signals ask: a simulated model, its failures as sentences, and Cancel."""

import threading

import pytest

from generation.asking import AskModel, asking_for
from generation.calls import cancel_calls
from signals.handed import CannotAsk, hands
from tests.factories import make_profile
from tests.generation.engine.conftest import llm
from tests.generation.engine.waiting import wait_until
from tests.simulated_llm import Behaviour, Fault, SimulatedLLM

__all__ = ["llm"]
SCHEMA = {"type": "object", "properties": {}, "additionalProperties": False}


def test_the_answer_is_the_models_and_what_it_cost_is_kept(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(answers={"": "{}"}))
    ask = AskModel(make_profile(llm.base_url, input_price=1, output_price=1))
    with asking_for("these") as asking:
        assert ask("You judge.", "Is it so?", SCHEMA) == "{}"
    assert len(asking.made) == 1
    assert asking.cost > 0


def test_a_model_that_fails_says_why(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(answers={"": "{}"}))
    llm.add_fault(Fault("wrong_key"))
    with pytest.raises(CannotAsk, match=r"^The "):
        AskModel(make_profile(llm.base_url))("You judge.", "Is it so?", SCHEMA)


def test_a_question_under_way_can_be_cancelled(llm: SimulatedLLM) -> None:
    llm.reset(Behaviour(latency=30, answers={"": "{}"}))
    said: list[str] = []

    def ask() -> None:
        with asking_for("these"):
            try:
                AskModel(make_profile(llm.base_url))("You judge.", "Is it so?", SCHEMA)
            except CannotAsk as error:
                said.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: bool(llm.requests), 10)
    cancel_calls("these")
    thread.join(10)
    assert said == ["it was cancelled."]


def test_with_nothing_set_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert AskModel().name == ""


def test_the_site_hands_it_over_at_its_start() -> None:
    assert isinstance(hands.ask, AskModel)
