"""Reading a long PDF and a large sheet, against the library alone that each stands on.

Run as `python -m tests.bench.floors`. The PDF is a report of about 400 pages (300 headings, 3,000
paragraphs of 5 runs, 60 tables of 40×6, 500 bullets), written by our own Word export and printed by
LibreOffice; without LibreOffice a PDF of as many pages and words is written by hand. The sheet has 50,000
rows of 8 columns.
The reference is a process that imports its library, reads and ends; the product's is what its own reading
process and the waiting for it cost. Median of the CPU seconds, and of the pairs' ratios.
"""

import resource
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from generation.documents.isolation.limits import Limits
from generation.documents.isolation.parent import read_isolated
from templates.word.body import Body, Run
from templates.word.write import write_word
from tests.bench.mutate import write_xlsx
from tests.generation.documents.tiny_pdf import write_pdf

_ROUNDS = 5
_MOST = {"PDF": 1.5, "sheet": 2.0}
_TEXT = """
the committee agreed to defer lease until summer meeting and asked for second quote of roof before any money
is spent on it while tenant may leave when repairs take longer than planned in budget year
"""
_WORDS = _TEXT.split()
_FLOORS = {
    "PDF": """
import sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
print(sum(len(page.get_textpage().get_text_range()) for page in document))
""",
    "sheet": """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
print(sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names))
""",
}


def main() -> None:
    with TemporaryDirectory() as folder:
        files = {"PDF": write_report(Path(folder)), "sheet": write_sheet(Path(folder))}
        print(
            f"{'':8} {'product s':>10} {'alone s':>10} {'ratio':>7} {'at most':>8}   CPU, median of {_ROUNDS}"
        )
        for kind, path in files.items():
            pairs = [(_read(path), _run(_FLOORS[kind], path)) for _ in range(_ROUNDS)]
            product, alone = (median(pair[n] for pair in pairs) for n in (0, 1))
            about = read_isolated(path, path.name, Limits())
            ratio = median(pair[0] / pair[1] for pair in pairs)
            print(
                f"{kind:8} {product:10.3f} {alone:10.3f} {ratio:7.2f} {_MOST[kind]:8.1f}   "
                f"{about.pages} pages or sheets, {len(about.text):,} characters"
            )


def _read(path: Path) -> float:
    """The CPU seconds of reading a file as an upload is read."""
    before = _spent()
    read_isolated(path, path.name, Limits())
    return _spent() - before


def _run(program: str, path: Path) -> float:
    """The CPU seconds of a process of its own."""
    before = _spent()
    subprocess.run([sys.executable, "-c", program, path], check=True, stdout=subprocess.DEVNULL)
    return _spent() - before


def _spent() -> float:
    """The CPU seconds of this process and all that it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def write_report(folder: Path) -> Path:
    """The report as a PDF."""
    path = folder / "report.pdf"
    office = shutil.which("soffice")
    if office is None:
        path.write_bytes(write_pdf([[_sentence(Random(page), 12) for _ in range(45)] for page in range(358)]))
        return path
    word = folder / "report.docx"
    word.write_bytes(write_word(_make_body(Random(1)), title="Report"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return path


def _make_body(random: Random) -> Body:
    body = Body()
    for section in range(300):
        body.heading(_sentence(random, 5), 1 + section % 3)
        for _ in range(10):
            body.paragraph([Run(_sentence(random, 14) + " ", bold=n == 1, italic=n == 3) for n in range(5)])
        if section % 5 == 0:
            rows = [[str(random.randint(1, 99_999)) for _ in range(6)] for _ in range(39)]
            body.table([_sentence(random, 2) for _ in range(6)], rows)
        bullets = body.new_list(ordered=False)
        for _ in range(5 if section % 3 == 0 else 0):
            body.list_item([Run(_sentence(random, 10))], 0, bullets)
    return body


def write_sheet(folder: Path) -> Path:
    """The sheet as a workbook: names, words and whole numbers."""
    random = Random(2)
    rows = [["Item", "Place", "Who", "May", "June", "July", "August", "Note"]]
    rows += [
        [
            *(_sentence(random, 2), random.choice(_WORDS), random.choice(_WORDS)),
            *(str(random.randint(1, 99_999)) for _ in range(4)),
            _sentence(random, 4),
        ]
        for _ in range(50_000)
    ]
    path = folder / "sheet.xlsx"
    path.write_bytes(write_xlsx(rows))
    return path


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(_WORDS, k=words)).capitalize()


if __name__ == "__main__":
    main()
