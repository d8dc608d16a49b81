"""Real Word files as house styles: each filled with a report of every kind, then opened and looked through.

Run as `python -m tests.bench.house_styles [FOLDER] [OUTPUT]`; FOLDER holds Word files (else what FILL_CORPUS
names is searched). Every third file gets `{{ report }}` in its middle, every third `{{ summary }}` in a cell
and a sentence with `{{ outcome }}`, the others stay as they are.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
from docx import Document
from lxml import etree

from templates.blocks import KINDS
from templates.blocks.base import BlockType
from templates.word.body import Body, Run
from templates.word.house import UnreadableWord, check_house, write_house
from templates.word.house.package import HousePackage
from templates.word.read.document import read_word
from templates.word.report import ReportPart, WordReport
from tests.bench.word_package import find_faults

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
WAYS = ("as it is", "{{ report }}", "block by block")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREPARED = (
    "<w:p><w:r><w:t>Outcome: {{ </w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr>"
    "<w:t>outcome</w:t></w:r><w:r><w:t> }}.</w:t></w:r></w:p>"
    "<w:tbl><w:tblPr><w:tblW w:w='5000' w:type='pct'/></w:tblPr><w:tblGrid><w:gridCol w:w='2500'/>"
    "<w:gridCol w:w='6000'/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w='2500' w:type='dxa'/></w:tcPr>"
    "<w:p><w:r><w:t>Summary</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w='6000' w:type='dxa'/></w:tcPr>"
    "<w:p><w:r><w:t>{{ summary }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
)


@dataclass
class Row:
    """What became of one file."""

    name: str
    way: str
    refused: str = ""
    seconds: float = 0
    size: int = 0
    pages: int = 0
    faults: list[str] = field(default_factory=list)


def demo_report() -> WordReport:
    """Every kind's example, nested lists that restart, and notices."""
    parts = [ReportPart(title="Findings of the review"), ReportPart(write=_text)]
    for kind, block_type in KINDS.items():
        example = block_type.example()
        key = {"long_text": "summary", "selection": "outcome"}.get(kind, kind)
        text = block_type.text(example.value)
        parts.append(
            ReportPart(
                key=key,
                title=f"{block_type.name} of the example",
                level=2,
                notes=("Not reviewed yet.",),
                line=text if "\n" not in text and len(text) < 200 else "",
                write=partial(_example, block_type),
            )
        )
    parts += [ReportPart(title="Lists"), ReportPart(key="lists", title="Nested", level=3, write=_lists)]
    return WordReport(
        title="Annual review of the harbour office",
        parts=tuple(parts),
        subtitle="A report of every kind",
        author="Ada Byron",
        template="Review",
        date="21 November 2026",
        notices=("Draft: 5 of 5 parts are not reviewed yet.",),
        toc=True,
    )


def _example(block_type: BlockType[Any, Any], body: Body) -> None:
    example = block_type.example()
    block_type.write_word(example.value, example.settings, body)


def _text(body: Body) -> None:
    body.paragraph([Run("This text stands in every report, and "), Run("a link", link="https://example.org")])


def _lists(body: Body) -> None:
    for start in (1, 4):
        numbered = body.new_list(ordered=True, start=start)
        for level, text in enumerate(("Ask for a quote", "from the roofer", "in writing")):
            body.list_item([Run(f"{text}, list from {start}")], level, numbered)
        body.list_item([Run(f"Decide in June, list from {start}")], 0, numbered)
        body.paragraph([Run(f"Between the lists, after {start}.")])
    bullets = body.new_list(ordered=False)
    for level in range(3):
        body.list_item([Run(f"A point on level {level}")], level, bullets)


def prepare(data: bytes, way: str) -> bytes:
    """The file with placeholders where the way wants them."""
    if way == WAYS[0]:
        return data
    package = HousePackage(data)
    root = etree.fromstring(package.parts[package.main])
    body = root.find(f"{{{W}}}body")
    assert body is not None
    added = (
        PREPARED if way == WAYS[2] else "<w:p><w:r><w:t>{{ re</w:t></w:r><w:r><w:t>port }}</w:t></w:r></w:p>"
    )
    place = len(body) // 2 if way == WAYS[1] else 0
    for element in reversed(etree.fromstring(f'<w:x xmlns:w="{W}">{added}</w:x>')):
        body.insert(place, element)
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            strict = HousePackage(data).parts if b"purl.oclc.org" in old.read(package.main)[:4000] else {}
            new.writestr(
                name, etree.tostring(root) if name == package.main else strict.get(name, old.read(name))
            )
    return file.getvalue()


def fill(path: Path, way: str, report: WordReport, output: Path) -> Row:
    """Fill one file and look through what came out."""
    row = Row(path.name, way)
    try:
        given = prepare(path.read_bytes(), way)
        check_house(given, [part.key for part in report.parts if part.key])
        start = time.process_time()
        data = write_house(given, report)
        row.seconds = time.process_time() - start
    except UnreadableWord as refusal:
        row.refused = str(refusal)
        return row
    row.size = len(data)
    (output / f"{path.stem}.docx").write_bytes(data)
    row.faults = [*find_faults(data, given), *_changed_edges(given, data), *_missing(data, report)]
    try:
        Document(BytesIO(data))
    except Exception as error:  # whatever python-docx says of the file
        row.faults.append(f"python-docx: {type(error).__name__} {error}")
    return row


def _changed_edges(before: bytes, after: bytes) -> Iterator[str]:
    """Headers, footers, pictures and themes that are not byte for byte what they were."""
    # Strict files are spelt anew throughout: compared with themselves in the other spelling.
    old = HousePackage(before).parts
    with ZipFile(BytesIO(after)) as new:
        for name, data in old.items():
            if not re.search(r"/(header|footer|media|theme|embeddings|footnotes)", name):
                continue
            if name not in new.namelist():
                yield f"{name} is gone"
            elif hashlib.sha256(new.read(name)).digest() != hashlib.sha256(data).digest():
                yield f"{name} is changed"


def _missing(data: bytes, report: WordReport) -> Iterator[str]:
    body = Body()
    report.write(body)
    wanted = re.findall(r"<w:t[^>]*>([^<]+)</w:t>", body.xml)
    said = re.sub(r"\s+", " ", " ".join(_words(read_word(BytesIO(data)))))
    for text in wanted:
        plain = re.sub(r"\s+", " ", text.replace("&amp;", "&").replace("&quot;", '"')).strip()
        # A house document may show the title in a field, and its own heading over a block.
        if plain in (report.title, report.subtitle) or plain.endswith(" of the example"):
            continue
        if plain not in said:
            yield f"lost: {plain[:40]}"


def _words(parts: Sequence[object]) -> Iterator[str]:
    for part in parts:
        if rows := getattr(part, "rows", None):
            yield from (cell for row in rows for cell in row)
        else:
            yield getattr(part, "text", "")


def convert(output: Path) -> None:
    """All files to PDF in a few calls of LibreOffice."""
    files = sorted(output.glob("*.docx"))
    for n in range(0, len(files), 10):
        some = [path.name for path in files[n : n + 10]]
        profile = f"-env:UserInstallation={(output / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", *some]
        try:
            subprocess.run(command, cwd=output, capture_output=True, timeout=400, check=False)
        except subprocess.TimeoutExpired:
            print(f"LibreOffice took too long over {', '.join(some)}")


def count_pages(output: Path, rows: list[Row]) -> None:
    """How many pages each has as a PDF; one without a PDF could not be opened."""
    for row in rows:
        pdf = output / f"{Path(row.name).stem}.pdf"
        if row.refused:
            continue
        if not pdf.exists():
            row.faults.append("LibreOffice made no PDF")
            continue
        document = pypdfium2.PdfDocument(pdf)
        row.pages = len(document)
        document.close()


def main(folder: Path, output: Path) -> None:
    """Fill every Word file of a folder and print what became of it."""
    report = demo_report()
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    rows = [fill(path, WAYS[n % 3], report, output) for n, path in enumerate(paths)]
    if shutil.which("soffice"):
        convert(output)
        count_pages(output, rows)
    print(f"{'file':42} {'filled':15} {'CPU s':>6} {'kB':>6} {'pages':>5}  what is wrong")
    for row in rows:
        said = row.refused or "; ".join(row.faults[:3]) or "–"
        print(
            f"{row.name[:42]:42} {row.way:15} {row.seconds:6.2f} {row.size // 1000:6} {row.pages:5}  {said}"
        )
    filled = [row for row in rows if not row.refused]
    sound = sum(not row.faults for row in filled)
    print(f"{len(filled)} filled, {len(rows) - len(filled)} refused, {sound} without a fault")


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("FILL_CORPUS", "")
    if not given:
        sys.exit("Name a folder of Word files.")
    place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    place.mkdir(parents=True, exist_ok=True)
    main(Path(given), place)
    print(f"The files are in {place}")
