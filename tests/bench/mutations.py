"""Broken files, thousands of them: each must be read or refused with a sentence, in time.

Run as `python -m tests.bench.mutations --count 5000`. Starts from the files of FILL_CORPUS's `office_files`
(where it is set) and from small ones written here; file n is broken by the random numbers of seed n. Most are
read many to a process, which is quick; `--isolated` of them as an upload is. A file that crashed or hung the
process, or raised what was not foreseen, is kept in the folder `--keep`.
"""

import os
import resource
import time
import traceback
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from generation.documents.isolation.limits import MEGABYTE, Limits
from generation.documents.isolation.parent import read_isolated
from generation.documents.passages import UnreadableDocument
from generation.documents.read import read_document
from tests.bench.mutate import files_of, mutate, small_files

READ, REFUSED = "read", "refused with a sentence"
CRASHED, HUNG = "crashed the process", "hung beyond the limit"
_SECONDS = Limits().seconds
_FORK = get_context("fork")


def main() -> None:
    order = _parse()
    seeds = list(small_files())
    if corpus := os.environ.get("FILL_CORPUS"):
        seeds += files_of(Path(corpus) / "office_files")
    started = time.monotonic()
    with TemporaryDirectory() as folder:
        numbers = iter(range(order.first, order.first + order.count - order.isolated))
        results = Counter(_break_in_pool(numbers, seeds, Path(folder), order))
        _print(f"{results.total()} files, many to a process", results, started)
        started = time.monotonic()
        last = range(order.first + order.count - order.isolated, order.first + order.count)
        isolated = Counter(_read_alone(n, seeds, Path(folder)) for n in last)
        _print(f"{isolated.total()} files, each in a process of its own", isolated, started)


def _parse() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--isolated", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="where files that made trouble are kept")
    return parser.parse_args()


def make(number: int, seeds: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Broken file `number`: always the same for the same seeds."""
    random = Random(number)
    name, data = seeds[number % len(seeds)]
    return name, mutate(data, random)


class _Worker:
    """A process that reads one broken file after the other, and may die of it."""

    def __init__(self, seeds: list[tuple[str, bytes]], folder: Path) -> None:
        self.pipe, other = _FORK.Pipe()
        self._process = _FORK.Process(target=_work, args=(other, seeds, folder), daemon=True)
        self._process.start()
        other.close()
        self.number = -1
        self.started = time.monotonic()

    def give(self, number: int) -> None:
        self.number, self.started = number, time.monotonic()
        self.pipe.send(number)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _work(pipe: "Connection[int, int]", seeds: list[tuple[str, bytes]], folder: Path) -> None:
    memory = Limits().memory * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    path = folder / f"file-{os.getpid()}"
    while True:
        name, data = make(pipe.recv(), seeds)
        path.write_bytes(data)
        pipe.send(_try(path, name))  # type: ignore[arg-type]


def _try(path: Path, name: str) -> str:
    try:
        read_document(path, name)
    except UnreadableDocument:
        return REFUSED
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"unforeseen {type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {error}"[
            :150
        ]
    return READ


def _break_in_pool(
    numbers: Iterator[int], seeds: list[tuple[str, bytes]], folder: Path, order: Namespace
) -> Iterator[str]:
    workers = [_Worker(seeds, folder) for _ in range(order.processes)]
    waiting = []
    for worker in workers:
        if (number := next(numbers, None)) is not None:
            worker.give(number)
            waiting.append(worker)
    while waiting:
        ready = wait([worker.pipe for worker in waiting], timeout=1)
        for worker in list(waiting):
            result = _result(worker, worker.pipe in ready)
            if not result:
                continue
            yield result
            if result not in (READ, REFUSED):
                _keep(worker.number, result, seeds, order.keep)
            waiting.remove(worker)
            if result in (CRASHED, HUNG):
                worker.end()
                worker = _Worker(seeds, folder)
            if (number := next(numbers, None)) is not None:
                worker.give(number)
                waiting.append(worker)


def _result(worker: _Worker, ready: bool) -> str:
    """What became of the worker's file; "" while it is still being read."""
    if ready:
        try:
            return str(worker.pipe.recv())
        except EOFError:
            return CRASHED
    return HUNG if time.monotonic() - worker.started > _SECONDS else ""


def _keep(number: int, result: str, seeds: list[tuple[str, bytes]], keep: Path | None) -> None:
    name, data = make(number, seeds)
    print(f"{number} {name}: {result}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{number}-{name}").write_bytes(data)


def _read_alone(number: int, seeds: list[tuple[str, bytes]], folder: Path) -> str:
    name, data = make(number, seeds)
    path = folder / "alone"
    path.write_bytes(data)
    try:
        read_isolated(path, name, Limits(seconds=_SECONDS))
    except UnreadableDocument as refusal:
        limited = ("took longer", "too large", "reading it broke off")
        return next((f"refused: {word}" for word in limited if word in str(refusal)), REFUSED)
    except Exception as error:
        return f"raised {error!r}"[:150]
    return READ


def _print(title: str, results: Counter[str], started: float) -> None:
    print(f"\n{title}, {time.monotonic() - started:.0f} s")
    for result, count in results.most_common():
        print(f"{count:7} {result}")


if __name__ == "__main__":
    main()
