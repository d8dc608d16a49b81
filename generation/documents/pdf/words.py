"""Where the words of a page stand, read from PDFium only for pages that may hold a table."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# A row of dots leads the eye from a label to its figure and belongs to neither.
_TOKEN = re.compile(r"(?:(?!\.{4,})[^\s\ufffe])+|\.{4,}")
_SAMPLES = 5
# Points; the largest page there is.
_FARTHEST = 14_400

Boxes = npt.NDArray[np.float32]
Rects = npt.NDArray[np.float64]

# PDFium has no call for many boxes at once; plain addresses cost a third of checked pointers.
_get_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_get_rect = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *(ctypes.c_void_p,) * 4)(
    ctypes.cast(pdfium_c.FPDFText_GetRect, ctypes.c_void_p).value or 0
)
_get_angle = pdfium_c.FPDFText_GetCharAngle


class Word(NamedTuple):
    """A word at `text[start:end]` of its page's text; points, y downwards, as the reader sees it."""

    start: int
    end: int
    left: float
    right: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def turn_upright(boxes: Boxes, quarters: int) -> Boxes:
    """Rows of left, top, right, bottom with y up, turned clockwise by `quarters`, with y down."""
    left, top, right, bottom = boxes.T
    sides = (
        (left, -top, right, -bottom),
        (bottom, left, top, right),
        (-right, bottom, -left, top),
        (-top, -right, -bottom, -left),
    )
    return np.stack(sides[quarters], axis=1)


def find_turn(page: pdfium.PdfTextPage) -> int:
    """How many quarters, clockwise, bring most of the text upright, whatever the page says of itself."""
    characters = page.count_chars()
    angles = [_get_angle(page.raw, index) for index in range(0, characters, characters // _SAMPLES + 1)]
    if not any(angles):
        return 0
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def read_rects(page: pdfium.PdfTextPage) -> Rects:
    """Rows of left, top, right, bottom of the runs the page writes at once; points, y up."""
    count = pdfium_c.FPDFText_CountRects(page.raw, 0, -1)
    boxes = (ctypes.c_double * (4 * max(count, 1)))()
    handle, first = ctypes.cast(page.raw, ctypes.c_void_p).value, ctypes.addressof(boxes)
    for index, at in enumerate(range(first, first + 32 * count, 32)):
        _get_rect(handle, index, at, at + 8, at + 16, at + 24)
    return np.frombuffer(boxes, np.float64).reshape(-1, 4)[:count]


def has_gaps(rects: Rects) -> bool:
    """Whether three lines have wide gaps between runs: cheap, and true of every page with columns."""
    if len(rects) < 6:
        return False
    left, top, right, bottom = rects.T
    height = max(float(np.sort(top - bottom)[len(rects) // 2]), 1.0)
    row = np.rint((top + bottom) * (0.5 / height))
    order = np.argsort(row * _FARTHEST + left)
    row = row[order]
    wide = left[order][1:] - right[order][:-1] > height
    return bool(np.count_nonzero(wide & (row[1:] == row[:-1])) >= 3)


def read_words(page: pdfium.PdfTextPage, text: str, quarters: int) -> list[Word]:
    """The words of the page in the order of its text."""
    spans = [found.span() for found in _TOKEN.finditer(text)]
    places = [place for start, end in spans for place in (start, end - 1)]
    boxes = np.frombuffer(_read_boxes(page, _find_characters(page, text, places)), np.float32)
    # A broken font may claim letters as wide as a street.
    boxes = np.nan_to_num(boxes).clip(-_FARTHEST, _FARTHEST).reshape(-1, 4)
    ends = turn_upright(boxes, quarters)
    first, last = ends[0::2], ends[1::2]
    low, high = np.minimum(first, last), np.maximum(first, last)
    sides = np.stack((low[:, 0], high[:, 2], low[:, 1], high[:, 3]), axis=1).tolist()
    return [
        Word(start, end, left, right, top, bottom, text[start:end])
        for (start, end), (left, right, top, bottom) in zip(spans, sides, strict=True)
    ]


def read_heights(page: pdfium.PdfTextPage, text: str, starts: Sequence[int]) -> list[float]:
    """How high the characters at `starts` stand on the page; points from its foot."""
    boxes = _read_boxes(page, _find_characters(page, text, starts))
    return [(boxes[index] + boxes[index + 2]) / 2 for index in range(1, 4 * len(starts), 4)]


def _read_boxes(page: pdfium.PdfTextPage, indices: Sequence[int]) -> Any:
    """An array of floats: left, top, right, bottom, y up, of the characters, one after the other."""
    boxes = (ctypes.c_float * (4 * max(len(indices), 1)))()
    handle, at = ctypes.cast(page.raw, ctypes.c_void_p).value, ctypes.addressof(boxes)
    for index in indices:
        _get_box(handle, index, at)
        at += 16
    return boxes


def _find_characters(page: pdfium.PdfTextPage, text: str, places: Sequence[int]) -> Sequence[int]:
    """The page's own numbers of the characters at `places` of its text."""
    if not text.isascii() and max(text) > "\uffff":
        # PDFium counts in UTF-16.
        units = np.cumsum([0] + [1 + (character > "\uffff") for character in text]).tolist()
        places = [units[place] for place in places]
    elif page.count_chars() == len(text):
        return places
    find: Any = pdfium_c.FPDFText_GetCharIndexFromTextIndex
    return [find(page.raw, place) for place in places]
