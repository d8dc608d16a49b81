"""kill -9 in the middle of a report: after a restart every block is done exactly once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.generation.engine.case import BLOCKS
from tests.generation.engine.conftest import OWN_PART, wait_until
from tests.services import free_port, run_postgresql, run_redis
from tests.simulated_llm import Behaviour, SimulatedLLM

ROOT = Path(__file__).resolve().parents[3]


class Installation:
    """Fill in a folder of its own, with processes that can be killed."""

    def __init__(self, environment: dict[str, str], command: list[str]) -> None:
        self._environment = os.environ | environment
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment)

    def kill(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def case(self, what: str) -> bytes:
        command = [sys.executable, "-m", "tests.generation.engine.case", what]
        done = subprocess.run(command, cwd=ROOT, env=self._environment, check=True, stdout=subprocess.PIPE)
        return done.stdout

    def fills(self) -> list[dict[str, Any]]:
        return list(json.loads(self.case("look")))


def _in_one_process(folder: Path, stack: ExitStack) -> tuple[dict[str, str], list[str]]:
    return {}, [sys.executable, "manage.py", "up", "--port", str(free_port())]


def _on_servers(folder: Path, stack: ExitStack) -> tuple[dict[str, str], list[str]]:
    environment = {
        "CELERY_BROKER_URL": stack.enter_context(run_redis(folder)),
        "DATABASE_URL": stack.enter_context(run_postgresql(folder)),
    }
    worker = ["celery", "--app", "fillapp", "worker", "--pool", "threads", "--concurrency", "16"]
    return environment, [sys.executable, "-m", *worker, "--loglevel", "warning"]


@pytest.mark.parametrize(
    "settle",
    [
        pytest.param(_in_one_process, id="SQLite, worker in the process"),
        pytest.param(_on_servers, id="PostgreSQL, Redis", marks=pytest.mark.service("postgresql", "redis")),
    ],
)
def test_after_kill_9_every_block_is_done_exactly_once(
    tmp_path: Path, settle: Callable[[Path, ExitStack], tuple[dict[str, str], list[str]]]
) -> None:
    # An answer without problems, or it would be asked again and have two candidates.
    said = {"": "The committee agreed the budget and deferred the lease. " * 6}
    behaviour = Behaviour(latency=(0.3, 4), chunks=20, answers=said, part_after=OWN_PART)
    with ExitStack() as stack:
        llm = stack.enter_context(SimulatedLLM(behaviour))
        environment, command = settle(tmp_path, stack)
        model = {"OPENAI_BASE_URL": llm.base_url, "OPENAI_API_KEY": "simulated"}
        fill = Installation(environment | model | {"FILL_VAR": str(tmp_path)}, command)
        stack.callback(fill.kill)
        fill.case("make")
        fill.start()
        wait_until(lambda: len(llm.requests) - llm.running >= 1 and llm.running >= 2, 30)
        fill.kill()
        before = {row["block"]: row for row in fill.fills()}
        assert {"running"} < {row["state"] for row in before.values()} | {"done"}
        fill.start()
        wait_until(lambda: all(row["state"] == "done" for row in fill.fills()), 60, every=2)
        after = {row["block"]: row for row in fill.fills()}
    assert len(after) == BLOCKS
    assert [row["candidates"] for row in after.values()] == [1] * BLOCKS
    done_before = {key for key, row in before.items() if row["state"] == "done"}
    assert all(after[key] == before[key] for key in done_before)
    assert all(after[key]["attempts"] == 2 for key, row in before.items() if row["state"] == "running")
