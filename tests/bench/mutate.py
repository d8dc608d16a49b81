"""Files with something broken in them: bytes changed, lost, added or doubled, also inside zipped parts."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx

from tests.generation.documents.tiny_ole import write_ole
from tests.generation.documents.tiny_pdf import write_pdf
from tests.templates.word.files import cell, paragraph, table, word_file

_ZIP = b"PK\x03\x04"
_MOST_CHANGES = 12
_LONGEST_CHUNK = 4000
# What parsers trip over more often than over a random byte.
_TELLING = (
    *(b"<", b">", b"/>", b"<!DOCTYPE a [", b"&#0;", b"&x;", b'"', b"\0", b"\xff", b"\xff\xff\xff\xff"),
    *(b"-1", b"999999999999", b"0", b"<w:p>", b"</w:tbl>", b"\n", b",", b"obj", b"endstream", b"\x80\x00"),
)


def mutate(data: bytes, random: Random) -> bytes:
    """A copy with one to twelve changes; of a zipped file, every second time inside one of its parts."""
    if data.startswith(_ZIP) and random.random() < 0.6:
        return _mutate_part(data, random)
    return _mutate_bytes(data, random)


def _mutate_bytes(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, _MOST_CHANGES)):
        random.choice(_CHANGES)(changed, random)
    return bytes(changed)


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _delete(data: bytearray, random: Random) -> None:
    start = random.randint(0, len(data))
    del data[start : start + random.randint(1, _LONGEST_CHUNK) // random.choice((1, 40, 1000))]


def _insert(data: bytearray, random: Random) -> None:
    start = random.randint(0, len(data))
    data[start:start] = random.choice(_TELLING) if random.random() < 0.7 else random.randbytes(20)


def _overwrite(data: bytearray, random: Random) -> None:
    new = random.choice(_TELLING)
    start = random.randint(0, len(data))
    data[start : start + len(new)] = new


def _double(data: bytearray, random: Random) -> None:
    start = random.randint(0, len(data))
    data[start:start] = data[start : start + random.randint(1, _LONGEST_CHUNK)]


def _truncate(data: bytearray, random: Random) -> None:
    if random.random() < 0.2:
        del data[random.randint(0, len(data)) :]


_CHANGES: tuple[Callable[[bytearray, Random], None], ...] = (
    *(_flip, _flip, _delete, _insert, _overwrite, _double, _truncate),
)


def _mutate_part(data: bytes, random: Random) -> bytes:
    """The file with one part changed, and zipped anew so that the parsers behind the zip are met."""
    made = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as new:
            names = old.namelist()
            chosen = random.choice([name for name in names if name.endswith((".xml", ".rels"))] or names)
            for name in names:
                part = old.read(name)
                new.writestr(name, _mutate_bytes(part, random) if name == chosen else part)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, IndexError):
        return _mutate_bytes(data, random)
    return made.getvalue()


def small_files() -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of small files of the kinds that can be written in a few lines."""
    document = docx.Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("Pay the rent", style="List Number")
    document.add_table(3, 3).cell(0, 0).merge(document.tables[0].cell(1, 1)).text = "Merged"
    file = BytesIO()
    document.save(file)
    yield "python.docx", file.getvalue()
    yield "small.docx", word_file(paragraph("a") + table(cell("b") + cell("c"))).getvalue()
    yield "small.pdf", write_pdf([["The roof leaks.", "It rains."], ["Second page."]], typed="field")
    yield "small.csv", b'Item;Cost\nRoof;1200\n"two\nlines";3\n'
    yield "small.html", b"<html><h1>A</h1><ul><li>b<table><tr><td colspan=2>c</table></ul></html>"
    yield "small.md", b"# A\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- c\n  - d\n"
    yield "small.txt", "Straße\n\nZwei".encode("utf-16")
    yield "old.doc", write_ole("WordDocument", "1Table")
    yield "small.xlsx", write_xlsx([["Item", "Cost"], ["Roof", "1200"]])


def write_xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet of texts and whole numbers."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/"
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{kinds}content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{kinds}relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Costs" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{kinds}relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="sheet1.xml"/></Relationships>'
        ),
        "xl/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(_rows(rows))}</sheetData></worksheet>",
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def _rows(rows: list[list[str]]) -> Iterator[str]:
    for n, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + column)}{n}"><v>{text}</v></c>'
            if text.isdecimal()
            else f'<c r="{chr(65 + column)}{n}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row)
        ]
        yield f'<row r="{n}">{"".join(cells)}</row>'


def files_of(folder: Path, most: int = 600_000) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of all files in a folder that are no larger than `most` bytes."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith("_") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.stat().st_size <= most:
            yield path.name, path.read_bytes()
