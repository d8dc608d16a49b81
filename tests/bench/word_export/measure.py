"""Times the ways of writing the report against each other, and counts what readers find in Fill's file."""

import gc
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from tests.bench.word_export.contenders import (
    make_docxtpl_template,
    write_floor,
    write_with_docxtpl,
    write_with_fill,
)
from tests.bench.word_export.content import Size, make_sections, stored_blocks
from tests.templates.word.readers import Counts, count_by_libreoffice, count_by_pandoc, count_by_python_docx

FILL, FLOOR, DOCXTPL = "Fill", "XML floor", "docxtpl"
MOST_FLOORS = 6.0
LEAST_FASTER = 3.0
_SAID = "headings {}, paragraphs {}, tables {}, rows {}, cells {}, bullets {}"


def time_all(size: Size, runs: int) -> dict[str, list[float]]:
    """CPU seconds of each way, run by run; who is first changes from run to run."""
    sections = make_sections(size)
    blocks, template = stored_blocks(sections), make_docxtpl_template()
    ways: list[tuple[str, Callable[[], bytes]]] = [
        (FLOOR, lambda: write_floor(sections)),
        (FILL, lambda: write_with_fill(blocks)),
        (DOCXTPL, lambda: write_with_docxtpl(template, sections)),
    ]
    seconds: dict[str, list[float]] = {name: [] for name, _ in ways}
    for run in range(runs):
        for name, write in ways[run % len(ways) :] + ways[: run % len(ways)]:
            # Nobody pays for what the one before left behind.
            gc.collect()
            start = time.process_time()
            write()
            seconds[name].append(time.process_time() - start)
    return seconds


def count_all(size: Size) -> dict[str, Counts | str]:
    """What each reader finds in the file, or why it was not asked."""
    data = write_with_fill(stored_blocks(make_sections(size)))
    found: dict[str, Counts | str] = {"python-docx": count_by_python_docx(data)}
    if shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            found["LibreOffice"] = count_by_libreoffice(data, Path(folder))
    else:
        found["LibreOffice"] = "not installed here"
    found["pandoc"] = count_by_pandoc(data) if shutil.which("pandoc") else "not installed here"
    return found


def main(runs: int = 9) -> None:
    """Print the medians, their ratios, and the counts."""
    size = Size()
    seconds = time_all(size, runs)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(
        f"Word export, {size.counts.headings} headings, {size.counts.paragraphs:,} paragraphs of 5 runs, ",
        end="",
    )
    print(f"{size.counts.tables} tables of {size.rows} x 6, {size.bullets} bullets; CPU, median of {runs}")
    for name, times in seconds.items():
        spread = f"{min(times):.3f} to {max(times):.3f}"
        print(f"  {name:10} {medians[name]:.3f} s ({spread}), {medians[name] / medians[FLOOR]:.1f} x floor")
    floors, faster = medians[FILL] / medians[FLOOR], medians[DOCXTPL] / medians[FILL]
    print(f"  Fill is {floors:.1f} x the floor (target at most {MOST_FLOORS:g})", end="")
    print(f" and {faster:.1f} x faster than docxtpl (target at least {LEAST_FASTER:g})")
    print(
        "  From stored values on: reading and checking them, figures and dates by locale, kinds, styles, zip."
    )
    for name, found in {"written": size.counts, **count_all(size)}.items():
        said = found if isinstance(found, str) else _SAID.format(*astuple(found))
        same = "" if isinstance(found, str) or found == size.counts else "  <- DIFFERS"
        print(f"  {name:12} {said}{same}")
