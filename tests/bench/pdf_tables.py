"""How well tables in PDFs are found: cells beside each other, as the ICDAR 2013 competition counts them.

Run as `python -m tests.bench.pdf_tables FOLDER`, FOLDER holding pairs of `x.pdf` and `x-cells.xml`.
pdfplumber's default is the reference in the same run, on the same pages.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pdfplumber
from lxml import etree

from generation.documents.pdf.pages import read_pages
from generation.documents.pdf.tables import Table

# Two cells beside each other, and whether the second is to the right or below (Göbel et al. 2012).
Relation = tuple[str, str, str]
Grid = Sequence[Sequence[str]]
Read = Callable[[Path], list[Grid]]


def relations(table: Grid) -> Counter[Relation]:
    """Each cell with text, and the nearest with text to its right and below."""
    found: Counter[Relation] = Counter()
    columns = list(zip(*table, strict=True)) if table else []
    for lines, direction in ((table, "right"), (columns, "below")):
        for line in lines:
            cells = [_normalise(cell) for cell in line if _normalise(cell)]
            found.update((one, other, direction) for one, other in pairwise(cells))
    return found


def _normalise(cell: str | None) -> str:
    return "".join(letter.lower() for letter in cell or "" if letter.isalnum() or letter in "%$—–-")


def read_truth(path: Path) -> list[Grid]:
    """The tables of an ICDAR `-str.xml`, a cell over several columns in its first."""
    tables: list[Grid] = []
    for table in etree.parse(path).iter("table"):
        cells: dict[tuple[int, int], str] = {}
        for region in table.iter("region"):
            down, right = (int(region.get(f"{side}-increment") or 0) for side in ("row", "col"))
            for cell in region.iter("cell"):
                place = (int(cell.get("start-row", "0")) + down, int(cell.get("start-col", "0")) + right)
                cells[place] = cell.findtext("content") or ""
        rows, columns = (max(place[side] for place in cells) + 1 for side in (0, 1))
        tables.append([[cells.get((row, column), "") for column in range(columns)] for row in range(rows)])
    return tables


def read_ours(path: Path) -> list[Grid]:
    pages = read_pages(path, path.name)
    return [part.rows for page in pages if page for part in page.parts if isinstance(part, Table)]


def read_reference(path: Path) -> list[Grid]:
    with pdfplumber.open(path) as file:
        found = [table for page in file.pages for table in page.extract_tables()]
    return [[[cell or "" for cell in row] for row in table] for table in found]


def count(tables: Iterable[Grid]) -> Counter[Relation]:
    return sum((relations(table) for table in tables), Counter[Relation]())


def main(folder: Path) -> None:
    """Print precision, recall, their harmonic mean and CPU seconds for each file and for all."""
    titles = "    P     R    F1     s"
    print(f"{'':26}{'ours':<32}pdfplumber\n{'':10} {'cells beside':>12}   {titles}         {titles}")
    sums = [[0, 0, 0, 0.0], [0, 0, 0, 0.0]]
    for truth in sorted(folder.glob("*-cells.xml")):
        name = truth.name.removesuffix("-cells.xml")
        true = count(read_truth(truth))
        shown = []
        for read, total in zip((read_ours, read_reference), sums, strict=True):
            start = time.process_time()
            found = count(read(folder / f"{name}.pdf"))
            figures = [(true & found).total(), found.total(), true.total(), time.process_time() - start]
            total[:] = [one + other for one, other in zip(total, figures, strict=True)]
            shown.append(_show(figures))
        print(f"{name:10} {true.total():12}   {'     '.join(shown)}")
    print(f"{'all':10} {sums[0][2]:12}   {'     '.join(map(_show, sums))}")


def _show(figures: Sequence[float]) -> str:
    right, found, true, seconds = figures
    precision, recall = right / found if found else 0.0, right / true if true else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"   {precision:.3f} {recall:.3f} {both:.3f} {seconds:5.2f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
