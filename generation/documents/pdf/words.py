"""Where the words of a page stand, read from PDFium only for pages that may hold a table."""

import ctypes
import math
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# A row of dots leads the eye from a label to its figure and belongs to neither.
_TOKEN = re.compile(r"(?:(?!\.{4,})[^\s\ufffe])+|\.{4,}")
_SOLID = re.compile(r"[^\s\ufffe]+")
_SAMPLES = 5
# Points; the largest page there is.
_FARTHEST = 14_400

# Numpy would do all this as well, but to import it takes as long as to read sixty pages.
Sides = tuple[list[float], list[float], list[float], list[float]]
Rect = tuple[float, float, float, float]

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


def turn_upright(boxes: Sequence[float], quarters: int) -> Sides:
    """All left, top, right and bottom sides, y down, of boxes turned clockwise by `quarters`.

    `boxes` are those four of one box after the other, y up.
    """
    left, top, right, bottom = (list(boxes[side::4]) for side in range(4))
    if quarters == 0:
        return left, _negate(top), right, _negate(bottom)
    if quarters == 1:
        return bottom, left, top, right
    if quarters == 2:
        return _negate(right), bottom, _negate(left), top
    return _negate(top), _negate(right), _negate(bottom), _negate(left)


def _negate(places: Sequence[float]) -> list[float]:
    return [-place for place in places]


def find_turn(page: pdfium.PdfTextPage) -> int:
    """How many quarters, clockwise, bring most of the text upright, whatever the page says of itself."""
    characters = page.count_chars()
    angles = [_get_angle(page.raw, index) for index in range(0, characters, characters // _SAMPLES + 1)]
    if not any(angles):
        return 0
    turns = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def read_rects(page: pdfium.PdfTextPage) -> list[Rect]:
    """Left, top, right, bottom of the runs the page writes at once; points, y up."""
    count = pdfium_c.FPDFText_CountRects(page.raw, 0, -1)
    boxes = array("d", bytes(32 * max(count, 0)))
    handle, first = ctypes.cast(page.raw, ctypes.c_void_p).value, boxes.buffer_info()[0]
    for index, at in enumerate(range(first, first + 32 * count, 32)):
        _get_rect(handle, index, at, at + 8, at + 16, at + 24)
    sides = _bound(boxes)
    return list(zip(sides[0::4], sides[1::4], sides[2::4], sides[3::4], strict=True))


def has_gaps(rects: Sequence[Rect]) -> bool:
    """Whether three lines have wide gaps between runs: cheap, and true of every page with columns."""
    if len(rects) < 6:
        return False
    height = max(sorted([top - bottom for _, top, _, bottom in rects])[len(rects) // 2], 1.0)
    half = 0.5 / height
    runs = sorted([(round((top + bottom) * half), left, right) for left, top, right, bottom in rects])
    wide = [right[1] - left[2] > height and right[0] == left[0] for left, right in pairwise(runs)]
    return sum(wide) >= 3


def read_words(page: pdfium.PdfTextPage, text: str, quarters: int) -> list[Word]:
    """The words of the page in the order of its text."""
    spans = [found.span() for found in (_TOKEN if "...." in text else _SOLID).finditer(text)]
    places = [place for start, end in spans for place in (start, end - 1)]
    boxes = _bound(_read_boxes(page, _find_characters(page, text, places)))
    left, top, right, bottom = turn_upright(boxes, quarters)
    fields = zip(
        *zip(*spans, strict=True),
        map(min, left[0::2], left[1::2]),
        map(max, right[0::2], right[1::2]),
        map(min, top[0::2], top[1::2]),
        map(max, bottom[0::2], bottom[1::2]),
        [text[start:end] for start, end in spans],
        strict=True,
    )
    return list(map(Word._make, fields))


def _bound(boxes: Sequence[float]) -> Sequence[float]:
    """A broken font may claim letters as wide as a street, or as no number at all."""
    # The sum is a number where all are.
    if (
        math.isfinite(sum(boxes))
        and max(boxes, default=0) <= _FARTHEST
        and min(boxes, default=0) >= -_FARTHEST
    ):
        return boxes
    return [max(min(place, _FARTHEST), -_FARTHEST) if place == place else 0.0 for place in boxes]


def read_heights(page: pdfium.PdfTextPage, text: str, starts: Sequence[int]) -> list[float]:
    """How high the characters at `starts` stand on the page; points from its foot."""
    boxes = _read_boxes(page, _find_characters(page, text, starts))
    return [(boxes[index] + boxes[index + 2]) / 2 for index in range(1, 4 * len(starts), 4)]


def _read_boxes(page: pdfium.PdfTextPage, indices: Sequence[int]) -> "array[float]":
    """Left, top, right, bottom, y up, of the characters, one after the other."""
    boxes = array("f", bytes(16 * len(indices)))
    handle, at = ctypes.cast(page.raw, ctypes.c_void_p).value, boxes.buffer_info()[0]
    for index in indices:
        _get_box(handle, index, at)
        at += 16
    return boxes


def _find_characters(page: pdfium.PdfTextPage, text: str, places: Sequence[int]) -> Sequence[int]:
    """The page's own numbers of the characters at `places` of its text."""
    if not text.isascii() and max(text) > "\uffff":
        # PDFium counts in UTF-16.
        units = list(accumulate([1 + (character > "\uffff") for character in text], initial=0))
        places = [units[place] for place in places]
    elif page.count_chars() == len(text):
        return places
    find: Any = pdfium_c.FPDFText_GetCharIndexFromTextIndex
    return [find(page.raw, place) for place in places]
