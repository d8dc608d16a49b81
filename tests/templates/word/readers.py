"""What is in a Word file, counted by programs that know nothing of Fill."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from lxml import etree

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {"text": f"{_ODF}:text:1.0", "table": f"{_ODF}:table:1.0"}
_SLOWEST = 300


@dataclass(frozen=True)
class Counts:
    """How much of everything there is; paragraphs are those that are nothing else and not empty."""

    headings: int
    paragraphs: int
    tables: int
    rows: int
    cells: int
    bullets: int


def count_by_python_docx(data: bytes) -> Counts:
    document = Document(BytesIO(data))
    styles = [(p.style.name if p.style else "") or "" for p in document.paragraphs if p.text]
    rows = [row for table in document.tables for row in table._tbl.tr_lst]
    return Counts(
        headings=sum(style.startswith("Heading") for style in styles),
        paragraphs=styles.count("Normal"),
        tables=len(document.tables),
        rows=len(rows),
        cells=sum(len(row.tc_lst) for row in rows),
        bullets=sum(style.startswith("List Bullet") for style in styles),
    )


def count_by_libreoffice(data: bytes, folder: Path) -> Counts:
    """As it stands in the .odt that LibreOffice makes of it."""
    with ZipFile(BytesIO(convert(data, folder, "odt"))) as package:
        root = etree.fromstring(package.read("content.xml"), etree.XMLParser(huge_tree=True))

    def count(path: str) -> int:
        return len(root.xpath(path, namespaces=_NAMES))

    loose = "not(ancestor::table:table) and not(ancestor::text:list-item) and normalize-space()"
    return Counts(
        headings=count("//text:h"),
        paragraphs=count(f"//text:p[{loose}]"),
        tables=count("//table:table"),
        rows=count("//table:table-row"),
        cells=count("//table:table-cell"),
        bullets=count("//text:list-item[text:p]"),
    )


def count_by_pandoc(data: bytes) -> Counts:
    done = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "json"], input=data, capture_output=True, check=True, timeout=_SLOWEST
    )
    found = list(_walk(json.loads(done.stdout)["blocks"]))
    rows = [row for kind, content in found if kind == "Table" for row in _pandoc_rows(content)]
    return Counts(
        headings=sum(kind == "Header" for kind, _ in found),
        paragraphs=sum(kind == "Para" for kind, _ in found),
        tables=sum(kind == "Table" for kind, _ in found),
        rows=len(rows),
        cells=sum(len(cells) for _, cells in rows),
        bullets=sum(len(content) for kind, content in found if kind == "BulletList"),
    )


def convert(data: bytes, folder: Path, form: str) -> bytes:
    """The file that LibreOffice makes of a .docx, in a profile beside `folder`: making one takes seconds."""
    (folder / "file.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "file.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_SLOWEST)
    return (folder / f"file.{form}").read_bytes()


def _walk(blocks: list[Any]) -> Iterator[tuple[str, Any]]:
    """The kind and content of each block, those inside the points of a list too if they are lists."""
    for block in blocks:
        kind, content = block["t"], block.get("c")
        yield kind, content
        if kind == "BulletList":
            yield from _walk([inner for item in content for inner in item if inner["t"] == "BulletList"])


def _pandoc_rows(table: list[Any]) -> list[Any]:
    _, _, _, head, bodies, foot = table
    return [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
