"""1,000 calls at once: fifty reports over two workers on Redis and PostgreSQL, against a plain script."""

import argparse
import os
import statistics
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.bench.fill_reports import BLOCKS
from tests.bench.processes import (
    forget_prefixes,
    read_cpu,
    read_model_cpu,
    run_simulated,
    run_to_end,
    run_workers,
)
from tests.services import run_postgresql, run_redis

WORKERS = 2
THREADS = 512
KILOBYTES = 20
_PROFILE = """[[profile]]
name = "many"
model = "simulated"
concurrency = {threads}
"""


def compare(reports: int, runs: int) -> None:
    """Print wall, CPU and connections of Fill and of the script, in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        options = ["--latency", "2-6", "--chunks", "40", "--part-after", "Now write only the part"]
        url = stack.enter_context(run_simulated(*options))
        environment = _settle(folder, url, stack)
        fill = ["-m", "tests.bench.fill_reports", "--kilobytes", str(KILOBYTES)]
        run_to_end([*fill, "--requests", str(folder / "requests.json")], environment)
        script = ["-m", "tests.bench.reference_gather", url, str(folder / "requests.json")]
        workers = stack.enter_context(run_workers(WORKERS, environment, THREADS))
        run_to_end([*fill, "--reports", "4"], environment)
        walls: dict[str, list[float]] = {"script": [], "Fill": []}
        for _ in range(runs):
            forget_prefixes(url)
            model = read_model_cpu(url)
            _, printed = run_to_end([*script, "--repeat", str(reports)], environment)
            walls["script"].append(printed["wall"])
            model = read_model_cpu(url) - model
            _print("the script", printed["wall"], printed["cpu"], model, int(printed["calls"]))
            forget_prefixes(url)
            model = read_model_cpu(url)
            before = sum(map(read_cpu, workers))
            with _watch_connections(environment["DATABASE_URL"]) as most:
                _, printed = run_to_end([*fill, "--reports", str(reports)], environment)
            walls["Fill"].append(printed["wall"])
            cpu = sum(map(read_cpu, workers)) - before
            model = read_model_cpu(url) - model
            _print("Fill", printed["wall"], cpu, model, int(printed["done"]))
            if printed["calls"] > printed["done"]:
                print(f"    {printed['calls'] - printed['done']} calls more: answers were asked for again")
            # The process that starts the reports is a client too, but not a worker.
            print(f"    connections: {', '.join(str(n) for _, n in most.most_common(WORKERS))} (target 25)")
    script_wall, fill_wall = (statistics.median(walls[one]) for one in ("script", "Fill"))
    print(
        f"  wall: Fill {fill_wall:.1f} s, the script {script_wall:.1f} s,"
        f" ratio {fill_wall / script_wall:.2f} (target 1.30)"
    )


def _settle(folder: Path, url: str, stack: ExitStack) -> dict[str, str]:
    profiles = folder / "llm.toml"
    profiles.write_text(_PROFILE.format(threads=THREADS))
    return {
        "FILL_VAR": str(folder / "var"),
        "FILL_MODELS": str(profiles),
        "FILL_MODEL": "many",
        "OPENAI_BASE_URL": url,
        "CELERY_BROKER_URL": stack.enter_context(run_redis(folder)),
        "DATABASE_URL": stack.enter_context(run_postgresql(folder)),
    }


def _print(name: str, wall: float, cpu: float, model: float, calls: int) -> None:
    print(
        f"  {name:12} wall {wall:6.2f} s  CPU {cpu / calls * 1000:5.1f} ms/call,"
        f" the model's {model / calls * 1000:4.1f}  {calls} answered",
        flush=True,
    )


@contextmanager
def _watch_connections(database: str) -> Iterator[Counter[str]]:
    """The most connections each client process had at once, sampled ten times a second."""
    most: Counter[str] = Counter()
    stop = threading.Event()

    def look() -> None:
        query = (
            "select application_name, count(*) from pg_stat_activity"
            " where application_name like 'fill %' group by 1"
        )
        with psycopg.connect(database, autocommit=True) as connection:
            while not stop.wait(0.1):
                for name, count in connection.execute(query):
                    most[name] = max(most[name], count)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        stop.set()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=50)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="one run of each")
    chosen, _ = parser.parse_known_args()
    print(
        f"{chosen.reports * BLOCKS} calls of 2-6 s in 40 chunks at once, {WORKERS} workers,"
        f" Redis, PostgreSQL; load {os.getloadavg()[0]:.1f}"
    )
    compare(chosen.reports, 1 if chosen.quick else chosen.runs)


if __name__ == "__main__":
    main()
