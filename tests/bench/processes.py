"""The processes of a benchmark: the simulated LLM, workers and scripts, and the CPU each has used."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 60


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds (user and system) of what was measured."""

    wall: float
    cpu: float


@contextmanager
def run_simulated(*options: str) -> Iterator[str]:
    """The base URL of a simulated LLM in a process of its own, so that its CPU is nobody else's."""
    port = free_port()
    command = [sys.executable, "-m", "tests.simulated_llm", "--port", str(port), *options]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert server.stdout
        server.stdout.readline()
        _wait_for_port(port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def forget_prefixes(base_url: str) -> None:
    """Empty the simulated LLM's cache, so that the next run begins as the last one did."""
    request = urllib.request.Request(base_url.replace("/v1", "/simulated/reset"), method="POST")
    urllib.request.urlopen(request).close()


def read_model_cpu(base_url: str) -> float:
    """CPU seconds the simulated LLM has used: it shares the cores with those that are measured."""
    with urllib.request.urlopen(base_url.replace("/v1", "/simulated/totals")) as totals:
        return float(json.load(totals)["cpu_seconds"])


@contextmanager
def run_workers(count: int, environment: Mapping[str, str], concurrency: int) -> Iterator[list[int]]:
    """The process ids of Celery workers as the README starts them, ready to fill."""
    words = f"-m celery --app fillapp worker --pool threads --concurrency {concurrency} --loglevel warning"
    workers = [
        subprocess.Popen(
            [sys.executable, *words.split(), "--hostname", f"bench-{number}@localhost"],
            cwd=ROOT,
            env=os.environ | dict(environment),
            stdout=subprocess.DEVNULL,
        )
        for number in range(count)
    ]
    try:
        _wait_for_workers(count, environment)
        yield [worker.pid for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def read_cpu(pid: int) -> float:
    """CPU seconds of a running process and of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / _TICKS


def run_to_end(command: list[str], environment: Mapping[str, str]) -> tuple[Cost, dict[str, float]]:
    """What a Python command took from start to end, and the line of JSON it printed last."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=os.environ | dict(environment), stdout=subprocess.PIPE
    )
    assert process.stdout
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    cost = Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime)
    return cost, json.loads(printed.splitlines()[-1])


def _wait_for_workers(count: int, environment: Mapping[str, str]) -> None:
    from celery import Celery

    app = Celery(broker=environment["CELERY_BROKER_URL"])
    end = time.monotonic() + _START_SECONDS
    while len(app.control.ping(timeout=0.5) or ()) < count:
        if time.monotonic() > end:
            raise RuntimeError("the workers did not start")


def _wait_for_port(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models").close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
