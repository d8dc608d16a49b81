"""What a workbook says about the look of its cells: number formats, and what is hidden or not calculated."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generation.documents.passages import UnreadableDocument
from generation.documents.sheets.number_formats import BUILT_IN, Show, read_format
from generation.documents.zipped import Element, ZippedFile, attribute, local

# Sheets of a million cells are searched as bytes: parsing them takes longer than reading their values.
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row [^>]*?\bhidden=["'](?:1|true)["'][^>]*""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col [^>]*?\bhidden=["'](?:1|true)["'][^>]*""")
_NOT_CALCULATED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_NUMBER = rb"""\b%s=["'](\d+)["']"""
_MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class SheetLook:
    """Rows and columns count from 0.

    `formatted` are the cells whose numbers have a format of their own: column letters, row number and
    style, by which it is found in `formats`.
    """

    formatted: Sequence[tuple[bytes, bytes, bytes]] = ()
    formats: dict[bytes, Show] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    not_calculated: int = 0


@dataclass
class Looks:
    """The looks of the sheets of one workbook; `lost` tells that they could not be read."""

    lost: bool = False
    _file: ZippedFile | None = None
    _parts: dict[str, str] = field(default_factory=dict)
    _formats: dict[bytes, Show] = field(default_factory=dict)

    def of_sheet(self, name: str) -> SheetLook:
        if self._file is None or name not in self._parts:
            return SheetLook()
        try:
            data = self._file.data(self._parts[name])
        except UnreadableDocument:
            self.lost = True
            data = None
        return SheetLook() if data is None else _read_sheet(data, self._formats)


def open_looks(path: Path, name: str) -> Looks:
    """The looks of a workbook; of one whose values alone can be read, none."""
    looks = Looks()
    with suppress(UnreadableDocument):
        looks._file = ZippedFile(path, name)
        try:
            looks._parts, looks._formats = _read_workbook(looks._file)
        except UnreadableDocument:
            looks.lost = True
    return looks


def _read_workbook(file: ZippedFile) -> tuple[dict[str, str], dict[bytes, Show]]:
    main = next((part for kind, part in file.relations("").values() if kind == "officeDocument"), "")
    workbook, relations = file.xml(main), file.relations(main)
    sheets: dict[str, str] = {}
    for sheet in workbook.iter("{*}sheet") if workbook is not None else ():
        # Their namespace tells r:id from sheetId.
        found = [relations.get(text) for key, text in sheet.attrib.items() if local(key) == "id"]
        sheets.update((sheet.get("name", ""), place[1]) for place in found if place)
    styles = next((part for kind, part in relations.values() if kind == "styles"), "")
    return sheets, _read_formats(file.xml(styles))


def _read_formats(styles: Element | None) -> dict[bytes, Show]:
    """By number of the cell style, as cells write it."""
    if styles is None:
        return {}
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    for row in styles.iter("{*}numFmt"):
        codes[attribute(row, "numFmtId")] = attribute(row, "formatCode")
    cells = styles.find("{*}cellXfs")
    formats = {}
    for number, style in enumerate(cells if cells is not None else ()):
        show = read_format(codes.get(attribute(style, "numFmtId"), "General"))
        if show:
            formats[b"%d" % number] = show
    return formats


def _read_sheet(data: bytes, formats: dict[bytes, Show]) -> SheetLook:
    rows = columns = frozenset[int]()
    if b"hidden=" in data:
        rows = frozenset(number - 1 for tag in _HIDDEN_ROW.findall(data) for number in _numbers(tag, b"r"))
        columns = frozenset(column for tag in _HIDDEN_COLUMN.findall(data) for column in _columns(tag))
    return SheetLook(
        _find_formatted(data, formats),
        formats,
        rows,
        columns,
        len(_NOT_CALCULATED.findall(data)) if _formula_end(data) in data else 0,
    )


def _formula_end(data: bytes) -> bytes:
    # Few files name their namespace in every tag; the longer mark is found faster.
    return b"</f>" if b"<worksheet" in data[:1000] else b":f>"


def _find_formatted(data: bytes, formats: dict[bytes, Show]) -> Sequence[tuple[bytes, bytes, bytes]]:
    if not formats:
        return ()
    styles = b"|".join(formats)
    # A cell that ends at once is empty.
    cells = re.compile(rb'c r="([A-Z]{1,3})([1-9]\d{0,6})"[^>]*? s="(' + styles + rb')"[^>]*(?<!/)>')
    return cells.findall(data)


def find_column(letters: bytes) -> int:
    """0 for “A”, 27 for “AB”."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _numbers(tag: bytes, name: bytes) -> Iterator[int]:
    yield from map(int, re.findall(_NUMBER % name, tag)[:1])


def _columns(tag: bytes) -> Iterator[int]:
    for first in _numbers(tag, b"min"):
        for last in _numbers(tag, b"max"):
            yield from range(first - 1, min(last, _MOST_COLUMNS))
