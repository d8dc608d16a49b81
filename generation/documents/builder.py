"""The text of a document as it grows, stretch by stretch, with the passages that lie in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from generation.documents.passages import Passage, Place, ReadDocument
from signals.clean import clean_text

# About two hundred words: small enough to be shown as evidence, large enough to be understood alone.
LONGEST_PASSAGE = 1500

# Where a long stretch is best cut: after a line that ends a sentence, any line, a sentence, a word.
_CUTS = tuple(re.compile(cut) for cut in (r"(?<=[.!?:;])\n", r"\n", r"(?<=[.!?;])\s|(?<=[。！？；])", r"\s"))


class TextBuilder:
    """Collects one document's text, passages, tables and warnings in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._passages: list[Passage] = []
        self.tables = 0
        self.warnings: list[str] = []

    def mark(self, name: str) -> None:
        """A light line such as `[page 3]`, outside every passage."""
        self._put(f"[{' '.join(_clean(name).split())}]", "\n\n")

    def add(self, text: str, place: Place) -> None:
        """A paragraph or list; one longer than a passage is cut where a line or sentence ends."""
        text = _clean(text).strip()
        start = self._put(text, "\n\n")
        self._passages += [Passage(start + first, start + last, place) for first, last in _cut(text)]

    def add_rows(self, text: str, place: Place, *, joined: bool = False) -> None:
        """Table rows as one passage; `joined` keeps them in the table the last ones began."""
        text = _clean(text).strip()
        start = self._put(text, "\n" if joined else "\n\n")
        # Some exports keep a whole interview in one cell.
        spans = _cut(text) if len(text) > 4 * LONGEST_PASSAGE else [(0, len(text))]
        self._passages += [Passage(start + first, start + last, place) for first, last in spans if last]

    def add_document(self, document: ReadDocument, under: tuple[str, ...]) -> None:
        """The text of another document, such as an attachment, whose places stand `under` its name."""
        start = self._put(document.text, "\n\n")
        for passage in document.passages:
            place = replace(passage.place, headings=(*under, *passage.place.headings))
            self._passages.append(Passage(start + passage.start, start + passage.end, place))
        self.tables += document.tables
        self.warnings += [f"{under[-1]}: {warning}" for warning in document.warnings]

    @property
    def has_text(self) -> bool:
        return bool(self._passages)

    def finish(self, pages: int | None = None, pages_with_text: int | None = None) -> ReadDocument:
        """The document as read; nothing is added after this."""
        return ReadDocument(
            "".join(self._parts),
            tuple(self._passages),
            pages,
            pages_with_text,
            self.tables,
            tuple(self.warnings),
        )

    def _put(self, text: str, apart: str) -> int:
        if text and self._length:
            self._parts.append(apart)
            self._length += len(apart)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start


def _clean(text: str) -> str:
    # What is printable needs no cleaning, and asking is far cheaper than three substitutions.
    return text if text.replace("\n", "").isprintable() else clean_text(text)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `text` that become passages, without the space between them."""
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= LONGEST_PASSAGE else _find_cut(text, start)
        passage = text[start:end].rstrip()
        if passage:
            yield start, start + len(passage)
        start = end
        while start < len(text) and text[start].isspace():
            start += 1


def _find_cut(text: str, start: int) -> int:
    limit = start + LONGEST_PASSAGE
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, start + LONGEST_PASSAGE // 3, limit)]
        if ends:
            return ends[-1]
    return limit
