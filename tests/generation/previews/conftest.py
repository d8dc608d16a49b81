"""A template with an example, whose preview a worker in this process writes with a simulated model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import Settings

from fillapp.celery import IN_PROCESS, start_worker
from generation.examples import add_documents, add_example_case
from generation.models import ExampleCase, Fill, Report
from generation.models.fills import UNFINISHED
from generation.previews import Followed, find_preview, follow_draft, refresh, refresh_all
from templates.body import read_body
from templates.models import ReportTemplate, take_snapshot
from tests.factories import OWN_PART, make_document
from tests.generation.engine.waiting import wait_until
from tests.simulated_llm import Behaviour, SimulatedLLM

QUEUE = "tests"
DOCUMENT = "The committee agreed the budget and deferred the lease. The roof survey is still missing. " * 20
USUAL = Behaviour(part_after=OWN_PART, words=30)
BLOCKS: list[dict[str, Any]] = [
    {"heading": "Minutes"},
    {"block": "summary", "kind": "long_text", "title": "Summary", "settings": {"max_words": 60}},
    {"block": "risks", "kind": "long_text", "title": "Risks", "settings": {"max_words": 60}},
    {
        "block": "end",
        "kind": "long_text",
        "title": "End",
        "settings": {"max_words": 60},
        "after": ["summary"],
    },
]


@dataclass
class Studio:
    """A template that is being built, seen on one example."""

    template: ReportTemplate
    case: ExampleCase
    body: dict[str, Any]

    @property
    def preview(self) -> Report:
        return find_preview(self.template, self.case, None)

    def change(self, block: str = "", **more: Any) -> Followed:
        """Save something else of a block, or of the whole; how the preview stands then."""
        parts = self.body["blocks"]
        if block:
            parts = [one | more if one.get("block") == block else one for one in parts]
            more = {}
        self.body = self.body | {"blocks": parts} | more
        self.template.draft = take_snapshot(read_body(self.body))
        self.template.save()
        return self.follow()

    def follow(self) -> Followed:
        return follow_draft(self.preview)

    def write(self, *keys: str, anew: bool = False) -> dict[str, Fill]:
        """Have these blocks written, or all; the fills, once they are."""
        refresh(self.preview, keys, anew=anew) if keys else refresh_all(self.preview)
        return self.wait()

    def wait(self) -> dict[str, Fill]:
        """The fills, once none is unfinished."""
        preview = self.preview
        wait_until(lambda: not preview.fills.filter(state__in=UNFINISHED).exists())
        return {fill.block: fill for fill in preview.fills.select_related("chosen")}

    @property
    def standings(self) -> dict[str, str]:
        return {key: str(one.standing) for key, one in self.follow().blocks.items()}


@pytest.fixture
def studio(transactional_db: None, settings: Settings) -> Studio:
    """A template of three blocks, one of which reads another, with an example of one document."""
    settings.FILL_QUEUE = QUEUE
    body = {"fill": 1, "name": "Minutes", "blocks": BLOCKS}
    template = ReportTemplate.objects.create(slug="minutes", draft=take_snapshot(read_body(body)))
    case = add_example_case(template)
    add_documents(case, [make_document(DOCUMENT)])
    return Studio(template, case, body)


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    """A simulated model that is the default profile."""
    with SimulatedLLM(USUAL) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield server


@pytest.fixture(scope="session")
def worker() -> None:
    """A Celery worker on the memory transport, for the whole run."""
    start_worker(QUEUE, broker=IN_PROCESS)
