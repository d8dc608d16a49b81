"""A template, a simulated model that suggests, and suggestions asked of it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import make_body
from tests.simulated_llm import Asked, Behaviour, SimulatedLLM

QUEUE = "suggestion-tests"
BETTER = "Every action that the meeting agreed, in its order. Leave out proposals that fell."


class Answers:
    """What the model answers, one after the other; the last again and again."""

    def __init__(self) -> None:
        self.left = [BETTER]

    def __call__(self, asked: Asked) -> str:
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def llm(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    """A simulated model that is the default profile."""
    with SimulatedLLM(Behaviour(answers=answers)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield server


@pytest.fixture
def template(transactional_db: None, settings: Settings) -> ReportTemplate:
    """With a block of every kind; nobody serves the queue unless a test does."""
    settings.FILL_QUEUE = QUEUE
    return save_draft(make_body(), slug="minutes")
