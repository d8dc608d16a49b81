"""Fill in a folder of its own, with processes that can be killed, paused and resumed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import LiteralString, Self

import psycopg

from tests.generation.engine.case import BLOCKS
from tests.services import free_port, run_postgresql, run_rabbitmq, run_redis
from tests.simulated_llm import Behaviour, SimulatedLLM

ROOT = Path(__file__).resolve().parents[3]
LEASE_SECONDS = 1.2
MEMORY = "memory and SQLite"
REDIS = "Redis and PostgreSQL"
RABBITMQ = "RabbitMQ and PostgreSQL"
_WORKER = "-m celery --app fillapp worker --pool threads --concurrency 64 --loglevel error --hostname"

_ROWS: LiteralString = """
    select id, state, chosen_id, finished, changed, attempts,
        (select count(*) from generation_candidate where fill_id = fill.id),
        (select count(*) from generation_request where fill_id = fill.id),
        (select count(*) from generation_request where fill_id = fill.id and late)
    from generation_fill fill order by id
"""


@dataclass(frozen=True)
class Row:
    """A fill as its row says; `late` counts the requests billed for a result that came too late."""

    pk: int
    state: str
    chosen: int | None
    finished: object
    changed: object
    attempts: int
    candidates: int
    requests: int
    late: int


class Installation:
    """`with Installation(folder, MEMORY) as fill:` – a simulated model, a database, a broker and workers."""

    def __init__(self, folder: Path, on: str, behaviour: Behaviour) -> None:
        self._folder, self._on, self._behaviour = folder, on, behaviour
        self._stack, self._broker = ExitStack(), ExitStack()
        self._broker_port = free_port()
        self._workers: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.llm = self._stack.enter_context(SimulatedLLM(self._behaviour))
        self._environment = os.environ | {
            "FILL_VAR": str(self._folder),
            "FILL_LEASE_SECONDS": str(LEASE_SECONDS),
            "OPENAI_BASE_URL": self.llm.base_url,
            "OPENAI_API_KEY": "simulated",
        }
        if self._on != MEMORY:
            database = self._stack.enter_context(run_postgresql(self._folder))
            self._environment["DATABASE_URL"] = database
            self.start_broker()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._workers):
            self.kill(name)
        self._broker.close()
        self._stack.close()

    def start_broker(self) -> None:
        """Start it, the second time at the address where it was."""
        run = run_redis if self._on == REDIS else run_rabbitmq
        address = self._broker.enter_context(run(self._folder, self._broker_port))
        self._environment["CELERY_BROKER_URL"] = address

    def stop_broker(self) -> None:
        """End it. What Redis held is gone; what was not acknowledged, RabbitMQ knows again."""
        self._broker.close()

    def start(self, name: str = "first") -> None:
        """A worker; on the memory transport the site with its worker inside."""
        site = ["manage.py", "up", "--port", str(free_port())]
        words = site if self._on == MEMORY else [*_WORKER.split(), name]
        self._workers[name] = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, name: str = "first") -> None:
        """End a worker at once, as a power cut does."""
        worker = self._workers.pop(name)
        worker.kill()
        worker.wait()

    @contextmanager
    def paused(self, name: str = "first") -> Iterator[None]:
        """A worker that stands still, as in a virtual machine that is moved."""
        self._workers[name].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._workers[name].send_signal(signal.SIGCONT)

    def make(self, reports: int) -> None:
        """Start so many reports."""
        command = [sys.executable, "-m", "tests.generation.engine.case", str(reports)]
        subprocess.run(command, cwd=ROOT, env=self._environment, check=True, stderr=subprocess.DEVNULL)

    def look(self) -> dict[int, Row]:
        """Every fill by its key, read past Fill itself."""
        if self._on == MEMORY:
            with closing(sqlite3.connect(self._folder / "fill.sqlite3", timeout=30)) as database:
                rows = database.execute(_ROWS).fetchall()
        else:
            with psycopg.connect(self._environment["DATABASE_URL"]) as server:
                rows = server.execute(_ROWS).fetchall()
        return {row[0]: Row(*row) for row in rows}

    def connections(self) -> list[str]:
        """What each connection of a process of Fill to PostgreSQL is doing."""
        query = "select state from pg_stat_activity where application_name like 'fill %'"
        with psycopg.connect(self._environment["DATABASE_URL"]) as server:
            return [state for (state,) in server.execute(query)]

    def wait_until_done(self, reports: int, seconds: float) -> dict[int, Row]:
        """Every fill, once all are done."""
        end = time.monotonic() + seconds
        while True:
            rows = self.look()
            if len(rows) == reports * BLOCKS and all(row.state == "done" for row in rows.values()):
                return rows
            if time.monotonic() > end:
                raise AssertionError(f"not done: {[row for row in rows.values() if row.state != 'done']}")
            time.sleep(0.1)
