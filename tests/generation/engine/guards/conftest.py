"""A report whose blocks are guarded, and what a model says of each block."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from generation.engine.schedule import (
    start_report,
)
from generation.guards.said import GuardReading
from generation.models import Fill, Report
from generation.reports import create_report
from generation.uploads import store_document
from templates.body import read_body
from templates.models import take_snapshot
from tests.generation.engine.conftest import DOCUMENT, QUEUE
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Asked, Behaviour, SimulatedLLM
from tests.taught import PLAIN, PROMISE

MakeGuarded = Callable[..., Report]


@pytest.fixture
def make_guarded(settings: Settings) -> MakeGuarded:
    """A report with a summary, a conclusion that reads it and a note, watched by these guards."""
    settings.FILL_QUEUE = QUEUE

    def make(*guards: dict[str, object], owner: User | None = None) -> Report:
        blocks = [
            {"block": "summary", "kind": "long_text", "title": "Summary"},
            {"block": "conclusion", "kind": "long_text", "title": "Conclusion", "after": ["summary"]},
            {"block": "note", "kind": "long_text", "title": "Note"},
        ]
        body = read_body({"fill": 1, "name": "Test", "blocks": blocks, "guards": list(guards)})
        document = store_document(DOCUMENT.encode(), "minutes.txt")
        return create_report(take_snapshot(body), [(document, "")], title="A test", queue=QUEUE, owner=owner)

    return make


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """What the model says of each block, one answer after the other; the last again and again."""
    answers = {"Summary": [f"{PLAIN} {PROMISE}"], "Conclusion": [PLAIN], "Note": [PLAIN]}

    def answer(asked: Asked) -> str | None:
        # Asked once more, the part of the prompt is the correction.
        whole = str(asked)
        for title, texts in answers.items():
            if f"only the part “{title}”" in whole:
                return texts.pop(0) if len(texts) > 1 else texts[0]
        return None

    with SimulatedLLM(Behaviour(part_after=OWN_PART, answers=answer)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield answers


def now(report: Report, block: str = "summary") -> Fill:
    return report.fills.select_related("chosen", "edit", "report").get(block=block)


def readings(report: Report, block: str = "summary") -> list[GuardReading]:
    """What the guards said of the candidate that was chosen."""
    chosen = now(report, block).chosen
    assert chosen
    return chosen.guard_readings


def wait_until_settled(report: Report) -> None:
    wait_until(lambda: Report.objects.get(pk=report.pk).finished is not None, 20)


def start(report: Report) -> None:
    start_report(report)
    wait_until_settled(report)
