"""Twenty blocks on 400 KB of documents: Fill against a plain script that makes the very same calls.

CPU is that of the process that fills, of the script alike; the simulated LLM runs in a process of its own.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.bench.fill_reports import BLOCKS
from tests.bench.processes import Cost, forget_prefixes, read_cpu, run_simulated, run_to_end, run_workers
from tests.services import run_redis

FILL = ["-m", "tests.bench.fill_reports"]
SCRIPT = ["-m", "tests.bench.reference_gather"]
_MARK = ["--part-after", "Now write only the part"]
Way = Callable[[], tuple[Cost, Cost]]


def compare(options: list[str], ways: list[str], runs: int) -> dict[str, list[tuple[Cost, Cost]]]:
    """For each way, in turn: (from start to end of the process, while it filled)."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(run_simulated(*options, *_MARK))
        model = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "simulated"}
        run_to_end([*FILL, "--requests", str(folder / "requests.json")], model | {"FILL_VAR": str(folder)})
        known = {
            "script": lambda: _run([*SCRIPT, url, str(folder / "requests.json")], model),
            "memory": lambda: _run([*FILL, "--own-worker"], model | {"FILL_VAR": str(folder / "memory")}),
        }
        if "redis" in ways:
            known["redis"] = _on_redis(folder, model, stack)
        costs: dict[str, list[tuple[Cost, Cost]]] = {way: [] for way in ways}
        for _ in range(runs):
            for way in ways:
                forget_prefixes(url)
                costs[way].append(known[way]())
    return costs


def _run(command: list[str], environment: dict[str, str]) -> tuple[Cost, Cost]:
    whole, printed = run_to_end(command, environment)
    if printed["calls"] != BLOCKS:
        raise RuntimeError(f"{printed['calls']} calls instead of {BLOCKS}")
    return whole, Cost(printed["wall"], printed["cpu"])


def _on_redis(folder: Path, model: dict[str, str], stack: ExitStack) -> Way:
    """A worker that was started, and has filled a report, before."""
    environment = model | {
        "FILL_VAR": str(folder / "redis"),
        "CELERY_BROKER_URL": stack.enter_context(run_redis(folder)),
    }
    (worker,) = stack.enter_context(run_workers(1, environment, concurrency=64))
    _run(FILL, environment)

    def fill() -> tuple[Cost, Cost]:
        before = read_cpu(worker)
        whole, filled = _run(FILL, environment)
        return whole, Cost(filled.wall, read_cpu(worker) - before)

    return fill


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one run of each")
    chosen, _ = parser.parse_known_args()
    runs = 1 if chosen.quick else chosen.runs
    print(
        f"20 blocks, 400 KB, calls of 2-6 s in 100 chunks; medians of {runs}, load {os.getloadavg()[0]:.1f}"
    )
    _print_cpu(compare(["--latency", "2-6", "--chunks", "100"], ["script", "memory", "redis"], runs))
    print("  the same with prefill of 10,000 tokens/s and the provider's cache on")
    prefill = ["--latency", "2-6", "--chunks", "100", "--prefill-speed", "10000"]
    _print_wall(compare(prefill, ["script", "memory"], max(1, runs - 1)))


def _print_cpu(costs: dict[str, list[tuple[Cost, Cost]]]) -> None:
    names = {
        "script": "the script",
        "memory": "Fill, default broker, SQLite",
        "redis": "Fill, Redis, worker warm",
    }
    print(f"  {'':30}{'CPU ms/block':>14}{'ratio':>8}{'with start-up':>15}{'wall s':>8}")
    base = _milliseconds([filled for _, filled in costs["script"]])
    for way, runs in costs.items():
        filled = _milliseconds([filled for _, filled in runs])
        # Of a worker started before, no start-up is counted; the process measured here only submits.
        whole = f"{_milliseconds([whole for whole, _ in runs]):15.1f}" if way != "redis" else f"{'':15}"
        wall = statistics.median(filled.wall for _, filled in runs)
        print(f"  {names[way]:30}{filled:14.1f}{filled / base:8.2f}{whole}{wall:8.2f}")


def _print_wall(costs: dict[str, list[tuple[Cost, Cost]]]) -> None:
    script, fill = (
        statistics.median(filled.wall for _, filled in costs[way]) for way in ("script", "memory")
    )
    print(f"  wall: Fill {fill:.2f} s, the script {script:.2f} s, ratio {fill / script:.3f} (target 1.10)")


def _milliseconds(costs: list[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs) / BLOCKS * 1000


if __name__ == "__main__":
    main()
