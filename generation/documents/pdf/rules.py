"""The ruling lines of a page: the straight strokes and edges that tables are drawn with."""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from generation.documents.pdf.words import turn_upright

_THIN = 3.0
_SHORTEST = 6.0
# A map or a chart is drawn with more; no table is.
_MOST_SEGMENTS = 20_000


class Rule(NamedTuple):
    """A line from `start` to `end`, `at` so far from the edge it runs along; points, y down."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    across: list[Rule]
    down: list[Rule]


def read_rules(page: pdfium.PdfPage, quarters: int) -> Rules:
    """The horizontal and vertical lines of the page, boxes as their four edges."""
    boxes = _read_boxes(page)
    if not boxes:
        return Rules([], [])
    across, down = [], []
    for left, top, right, bottom in zip(*turn_upright(boxes, quarters), strict=True):
        wide, high = right - left, bottom - top
        if high <= _THIN:
            if wide >= _SHORTEST:
                across.append(Rule((top + bottom) / 2, left, right))
        elif wide <= _THIN:
            if high >= _SHORTEST:
                down.append(Rule((left + right) / 2, top, bottom))
        else:
            across += [Rule(top, left, right), Rule(bottom, left, right)]
            down += [Rule(left, top, bottom), Rule(right, top, bottom)]
    return Rules(across, down)


def _read_boxes(page: pdfium.PdfPage) -> list[float]:
    """Left, top, right, bottom, y up, of what may be rules, one after the other."""
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    boxes: list[float] = []
    seen = 0
    sides = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = sides
    pointers = [ctypes.byref(side) for side in sides]
    for index in range(count):
        item = pdfium_c.FPDFPage_GetObject(page.raw, index)
        if pdfium_c.FPDFPageObj_GetType(item) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        segments = pdfium_c.FPDFPath_CountSegments(item)
        seen += segments
        if seen > _MOST_SEGMENTS:
            return []
        if segments > 5:
            boxes += _read_segments(item, segments)
        elif pdfium_c.FPDFPageObj_GetBounds(item, *pointers):
            boxes += (left.value, top.value, right.value, bottom.value)
    return boxes


def _read_segments(path: pdfium_c.FPDF_PAGEOBJECT, count: int) -> Iterator[float]:
    """As `_read_boxes`: the level and upright strokes of a path that draws many."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    found, first, last = [], (0.0, 0.0), (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO or not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = point
        else:
            found.append((last, point))
        last = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            found.append((last, first))
    for (a, b), (c, d) in found:
        if abs(a - c) < _THIN or abs(b - d) < _THIN:
            yield from (min(a, c), max(b, d), max(a, c), min(b, d))
