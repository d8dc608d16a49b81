"""What every file of a folder gives: its text or its reason, the time and the memory that took.

Run as `python -m tests.bench.readers [FOLDER]`; the folder is FILL_CORPUS's `office_files` unless given.
Each file is read as an upload is, in a process of its own. `of ref.` is the share of the words of a
reference extraction (`_reference_extraction/<name>.<tool>.md`) that stand in our text too, `baseline` what a
plain library gave (from INDEX.csv).
"""

import csv
import os
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generation.documents.isolation.limits import Limits
from generation.documents.isolation.parent import read_isolated
from generation.documents.passages import ReadDocument, UnreadableDocument

_WORD = re.compile(r"\w+")
_SKIPPED = ("INDEX.csv", "README.md")
_HEAD = ("file", "chars", "passages", "tables", "pages", "wall s", "CPU s", "MB", "of ref.", "baseline")
_ROW = "{:46} {:>9} {:>8} {:>6} {:>9} {:>6} {:>6} {:>5} {:>7} {:>12}  {}"


@dataclass(frozen=True)
class Reading:
    """One file's figures; `reason` is why it was refused, `trouble` what should never have come out."""

    document: ReadDocument | None
    reason: str
    trouble: str
    wall: float
    cpu: float
    memory: float


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ["FILL_CORPUS"]) / "office_files"
    baselines = _read_baselines(folder)
    print(_ROW.format(*_HEAD, "warnings, or why not"))
    readings: dict[str, Reading] = {}
    for path in _files(folder):
        name = str(path.relative_to(folder))
        readings[name] = measure(path)
        print(_show(name, readings[name], _share_of_reference(folder, path, readings[name]), baselines))
    _sum_up(readings)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith("_") for part in path.relative_to(folder).parts)
        if path.is_file() and path.name not in _SKIPPED and not hidden:
            yield path


def measure(path: Path) -> Reading:
    """Reads one file in a fork of this process, whose only child is the reader: so its peak is its own."""
    out, into = os.pipe()
    started = time.monotonic()
    fork = os.fork()
    if not fork:
        _read_in_fork(path, into)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        data = pipe.read()
    os.waitpid(fork, 0)
    wall = time.monotonic() - started
    import pickle  # of our own making

    document, reason, trouble, cpu, memory = pickle.loads(data)
    return Reading(document, reason, trouble, wall, cpu, memory)


def _read_in_fork(path: Path, into: int) -> None:
    import pickle

    document, reason, trouble = None, "", ""
    try:
        document = read_isolated(path, path.name, Limits())
    except UnreadableDocument as refusal:
        reason = str(refusal)
    except BaseException as error:
        trouble = repr(error)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    kilobytes = used.ru_maxrss / (1 if sys.platform == "linux" else 1024)
    with os.fdopen(into, "wb") as pipe:
        pickle.dump((document, reason, trouble, used.ru_utime + used.ru_stime, kilobytes / 1000), pipe)
    os._exit(0)


def _show(name: str, reading: Reading, share: str, baselines: dict[str, str]) -> str:
    document = reading.document
    figures: tuple[object, ...] = ("-",) * 4
    if document:
        pages = "-" if document.pages is None else f"{document.pages_with_text}/{document.pages}"
        figures = (len(document.text), len(document.passages), document.tables, pages)
    said = " ".join(document.warnings) if document else reading.trouble or reading.reason
    spent = (f"{reading.wall:.2f}", f"{reading.cpu:.2f}", f"{reading.memory:.0f}")
    return _ROW.format(name[:46], *figures, *spent, share, baselines.get(name, "-")[:12], said)


def _read_baselines(folder: Path) -> dict[str, str]:
    index = folder / "INDEX.csv"
    if not index.exists():
        return {}
    with index.open(newline="") as file:
        return {
            row["file"]: row["naive_baseline"].removeprefix("ok ").replace(" chars", "")
            for row in csv.DictReader(file)
        }


def _share_of_reference(folder: Path, path: Path, reading: Reading) -> str:
    references = sorted((folder / "_reference_extraction").glob(f"{path.name}.*.md"))
    if not references or not reading.document:
        return "-"
    wanted = Counter(_WORD.findall(references[0].read_text().lower()))
    found = wanted & Counter(_WORD.findall(reading.document.text.lower()))
    return f"{found.total() / max(wanted.total(), 1):.0%}"


def _sum_up(readings: dict[str, Reading]) -> None:
    read = [reading for reading in readings.values() if reading.document]
    troubles = [name for name, reading in readings.items() if reading.trouble]
    slowest = max(readings, key=lambda name: readings[name].wall)
    largest = max(readings, key=lambda name: readings[name].memory)
    print(
        f"\n{len(readings)} files: {len(read)} read, "
        f"{len(readings) - len(read) - len(troubles)} refused with a reason, {len(troubles)} tracebacks"
    )
    print(
        f"slowest: {slowest}, {readings[slowest].wall:.2f} s; largest: {largest}, "
        f"{readings[largest].memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
