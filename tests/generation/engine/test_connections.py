"""Database connections: none is held while a block waits for the model, for its turn, or for Retry-After."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from generation.engine.leases import claim_fill
from generation.engine.progress import Progress
from generation.engine.run import run_fill
from generation.models import Fill, Report
from generation.profiles import find_profile
from generation.servers import server_of
from tests.factories import make_call
from tests.generation.engine.conftest import MakeReport
from tests.generation.engine.profiles import use_profiles
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Asked, Behaviour, Fault, SimulatedLLM

Later = Callable[[Callable[[], bool], Callable[[], None]], None]


class Connection:
    """The connection of the thread that fills, as another thread sees it."""

    def __init__(self) -> None:
        self._wrapper = connections["default"]

    @property
    def is_held(self) -> bool:
        return self._wrapper.connection is not None


@pytest.fixture
def fill(make_report: MakeReport, llm: SimulatedLLM, settings: Settings, tmp_path: Path) -> Fill:
    """A block that is queued; this thread fills it by `run_fill`."""
    use_profiles(settings, tmp_path, only={"base_url": llm.base_url, "concurrency": 1})
    report = make_report("summary")
    Report.objects.filter(pk=report.pk).update(watched_until=timezone.now() + timedelta(hours=1))
    Fill.objects.update(state=Fill.State.QUEUED)
    return report.fills.get()


@pytest.fixture
def seen(llm: SimulatedLLM, fill: Fill) -> list[bool]:
    """Whether the connection was held, each time the model was asked."""
    connection, seen = Connection(), list[bool]()

    def look(asked: Asked) -> str:
        seen.append(connection.is_held)
        return "The lease was deferred."

    llm.reset(Behaviour(part_after=OWN_PART, answers=look, chunks=4, latency=0.2))
    return seen


@pytest.fixture
def later() -> Iterator[Later]:
    """Do something in another thread, as soon as something holds."""
    threads: list[threading.Thread] = []

    def start(holds: Callable[[], bool], task: Callable[[], None]) -> None:
        def wait_and_do() -> None:
            wait_until(holds)
            task()

        threads.append(threading.Thread(target=wait_and_do))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(5)


def test_none_is_held_while_the_model_writes(fill: Fill, seen: list[bool]) -> None:
    run_fill(fill.pk)

    assert seen == [False]
    assert Fill.objects.get().state == "done"


def test_none_is_held_while_a_server_asks_to_wait(
    fill: Fill,
    llm: SimulatedLLM,
    seen: list[bool],
    later: Later,
) -> None:
    llm.add_fault(Fault("rate_limit", retry_after=0.5))
    connection, waiting = Connection(), list[tuple[int, bool]]()
    later(lambda: bool(llm.requests), lambda: waiting.append((len(llm.requests), connection.is_held)))

    run_fill(fill.pk)

    assert waiting == [(1, False)]
    assert seen == [False]


def test_none_is_held_while_a_block_waits_for_its_turn(fill: Fill, seen: list[bool], later: Later) -> None:
    server, connection = server_of(find_profile("only")), Connection()
    waiting: list[tuple[int, bool]] = []
    turn = server.turn(make_call())
    turn.__enter__()

    def look_and_go() -> None:
        waiting.append((len(server._queue), connection.is_held))
        turn.__exit__(None, None, None)

    later(lambda: bool(server._queue), look_and_go)
    run_fill(fill.pk)

    assert waiting == [(1, False)]
    assert seen == [False]


def test_what_is_stored_of_an_answer_under_way_keeps_no_connection(fill: Fill) -> None:
    claim, connection = claim_fill(fill.pk), Connection()
    assert claim
    progress = Progress(claim)
    connections.close_all()

    progress("The lease was deferred.")

    assert not connection.is_held
    assert Fill.objects.get().partial == "The lease was deferred."
