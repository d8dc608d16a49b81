"""One page of a PDF after the other, as stretches of text and tables in reading order."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from generation.documents import refusals
from generation.documents.pdf.columns import find_columns
from generation.documents.pdf.grids import find_grids
from generation.documents.pdf.rules import read_rules
from generation.documents.pdf.tables import Table, join_words, split_lines
from generation.documents.pdf.words import Word, find_turn, has_gaps, read_heights, read_rects, read_words

# PDFium keeps global state; taken per page, so that a short file need not wait for a long one.
_PDFIUM = Lock()

# A whole line may be one piece for PDFium, so that its gaps cannot be seen; rows of figures still can.
_FIGURES = re.compile(r"\d\S* \W?\d\S* \W?\d")
_FEWEST_RULES = 5
_LINE = re.compile(r"\S[^\r\n]*")
# As many lines at each end of a page may be its header and footer.
EDGE = 3
_TAIL = 500
_LONG_LINE = 60
_FEW_DIGITS = 12
_GARBLED = re.compile("[\x00-\x08\x0e-\x1f\x80-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")


class EdgeLine(NamedTuple):
    """A line among the first or last of a page's text; `height` from 0 at the page's foot to 1 at its top."""

    text: str
    height: float


@dataclass(frozen=True)
class Page:
    """What a page holds, in reading order.

    `garbled` where some letters have no name in the file; `lost` (without parts) where most have none.
    """

    parts: list[str | Table]
    edges: tuple[EdgeLine, ...] = ()
    garbled: bool = False
    lost: bool = False

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.parts if isinstance(part, str))


def read_pages(path: Path, name: str) -> list[Page | None]:
    """The pages in order, None where one could not be read; raises UnreadableDocument for the whole file."""
    document = _open_document(path, name)
    try:
        return [_read_page(document, index) for index in range(len(document))]
    finally:
        with _PDFIUM:
            document.close()


def _open_document(path: Path, name: str) -> pdfium.PdfDocument:
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
            raise (refusals.protected(name) if locked else refusals.damaged(name)) from error
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            with suppress(pdfium.PdfiumError):
                document.init_forms()
        return document


def _read_page(document: pdfium.PdfDocument, index: int) -> Page | None:
    with _PDFIUM:
        try:
            page = _open_page(document, index)
        except pdfium.PdfiumError:
            return None
        try:
            text = page.get_textpage()
        except pdfium.PdfiumError:
            return None
        else:
            read = _read_content(page, text)
            text.close()
            return read
        finally:
            page.close()


def _open_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page, with what was typed into form fields made part of its text."""
    page = document[index]
    if document.formenv:
        with suppress(pdfium.PdfiumError):
            page.flatten()
        page.close()
        page = document[index]
    return page


def _read_content(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Page:
    text: str = textpage.get_text_range()
    if not text.strip():
        return Page([])
    # Asking whether all is printable is far cheaper than looking for what is not.
    printable = text.replace("\r\n", "").isprintable()
    if not printable and len(_GARBLED.findall(text)) > len(text) / 50:
        # Where not even spaces have their name, nothing else can be trusted.
        lost = text.count(" ") < len(text) / 16
        return Page([] if lost else [text.strip()], garbled=True, lost=lost)
    turn = find_turn(textpage)
    if turn:
        return Page(_read_parts(page, textpage, text, turn))
    return Page(_read_parts(page, textpage, text, turn), tuple(_read_edges(page, textpage, text)))


def _read_edges(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str) -> Iterator[EdgeLine]:
    spans = [line.span() for line in islice(_LINE.finditer(text), EDGE)]
    tail = max(text.rfind("\n", 0, max(len(text) - _TAIL, 0)), spans[-1][1])
    spans += [line.span() for line in _LINE.finditer(text, tail)][-EDGE:]
    _, bottom, _, top = page.get_bbox()
    heights = read_heights(textpage, text, [start for start, _ in spans])
    for (start, end), height in zip(spans, heights, strict=True):
        yield EdgeLine(text[start:end].strip(), (height - bottom) / max(top - bottom, 1))


def _read_parts(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str, turn: int
) -> list[str | Table]:
    if not turn and _is_plain(text):
        return [text.strip()]
    shown = turn or len(_FIGURES.findall(text)) > 3 or _has_columns(page, textpage)
    if not shown:
        return [text.strip()]
    words = read_words(textpage, text, turn)
    tables = find_grids(words, read_rules(page, turn))
    inside = {word.start for table in tables for word in table.words}
    tables += find_columns([word for word in words if word.start not in inside])
    return _lay_lines(words, tables) if turn else list(_weave(text, tables))


def _is_plain(text: str) -> bool:
    """Whether a page has long lines and hardly a figure: its table, if any, reads as prose."""
    return (
        len(text) > _LONG_LINE * (text.count("\n") + 1) and sum(map(text.count, "0123456789")) < _FEW_DIGITS
    )


def _has_columns(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> bool:
    rects = read_rects(textpage)
    return has_gaps(rects) or _is_drawn(page, len(rects))


def _is_drawn(page: pdfium.PdfPage, texts: int) -> bool:
    """Whether a page of so many `texts` has the lines of a small table at least."""
    if pdfium_c.FPDFPage_CountObjects(page.raw) < texts + _FEWEST_RULES:
        return False
    rules = read_rules(page, 0)
    return (
        min(len(rules.across), len(rules.down)) >= 2 and len(rules.across) + len(rules.down) >= _FEWEST_RULES
    )


def _weave(text: str, tables: Sequence[Table]) -> Iterator[str | Table]:
    """The text of the page in its own order, each table where its first word stood."""
    taken = sorted(
        (word.start, word.end, number) for number, table in enumerate(tables) for word in table.words
    )
    at, kept, seen = 0, "", set()
    for start, end, number in taken:
        between = text[at:start]
        kept += between if between.strip() or not kept else ""
        at = end
        if number not in seen:
            if kept.strip():
                yield kept.strip()
            kept = ""
            seen.add(number)
            yield tables[number]
    rest = (kept + text[at:]).strip()
    if rest:
        yield rest


def _lay_lines(words: Sequence[Word], tables: Sequence[Table]) -> list[str | Table]:
    """The page in the order it is seen: what PDFium makes of turned text has no lines."""
    inside = {word.start for table in tables for word in table.words}
    lines = split_lines([word for word in words if word.start not in inside])
    placed: list[tuple[float, str | Table]] = [(line[0].middle, join_words(line)) for line in lines]
    placed += [(min(word.middle for word in table.words), table) for table in tables]
    parts: list[str | Table] = []
    for _, part in sorted(placed, key=lambda place: place[0]):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += f"\n{part}"
        else:
            parts.append(part)
    return parts
