"""A worker in this process, and reports to fill with the offline writer or a simulated model."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from fillapp.celery import IN_PROCESS, start_worker
from generation.engine.schedule import start_report
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.reports import create_report
from generation.uploads import store_document
from templates.body import read_body
from templates.models import take_snapshot
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour, SimulatedLLM

QUEUE = "tests"
DOCUMENT = "The committee agreed the budget and deferred the lease. The roof survey is still missing. " * 20

MakeReport = Callable[..., Report]


@pytest.fixture
def make_report(transactional_db: None, settings: Settings) -> MakeReport:
    """A report with one long text a key; `after` and settings by key."""
    settings.FILL_QUEUE = QUEUE

    def make(*keys: str, queue: str = QUEUE, **more: dict[str, object]) -> Report:
        blocks = [
            {"block": key, "kind": "long_text", "title": key.title(), "settings": {"max_words": 60}}
            | more.get(key, {})
            for key in keys
        ]
        snapshot = take_snapshot(read_body({"fill": 1, "name": "Test", "blocks": blocks}))
        document = store_document(DOCUMENT.encode(), "minutes.txt")
        return create_report(snapshot, [(document, "")], title="A test", queue=queue)

    return make


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedLLM]:
    """A simulated model that is the default profile."""
    with SimulatedLLM(Behaviour(part_after=OWN_PART, words=30)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "simulated")
        yield server


@pytest.fixture(scope="session")
def worker() -> None:
    """A Celery worker on the memory transport, for the whole run."""
    start_worker(QUEUE, broker=IN_PROCESS)


def fill_all(report: Report, seconds: float = 20) -> dict[str, Fill]:
    """Start the report and wait until every block is finished."""
    start_report(report)
    return wait_until_finished(report, seconds)


def wait_until_finished(report: Report, seconds: float = 20) -> dict[str, Fill]:
    """The fills by block, once none is unfinished."""
    wait_until(lambda: not report.fills.filter(state__in=UNFINISHED).exists(), seconds)
    return {fill.block: fill for fill in report.fills.select_related("chosen")}
