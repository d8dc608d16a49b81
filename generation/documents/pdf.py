"""PDF files page by page: paragraphs that know their page, and warnings for pages that give no text."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from generation.documents import refusals
from generation.documents.builder import TextBuilder
from generation.documents.passages import Place, ReadDocument

# PDFium keeps global state; taken per page, so that a short file need not wait for a long one.
_PDFIUM = Lock()

# PDFium writes this where a line ended in a hyphen, and drops the line break.
_BROKEN = "\ufffe"
_BEGINNING = re.compile(r"\w*\Z")
_ENDING = re.compile(r"(\w*)(\S*) *(?:\r?\n)?")
_LONGEST_WORD = 60
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:[•●▪◦‣·–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s")
_SHORT_LIST = 400
_GARBLED = re.compile("[\x00-\x08\x0e-\x1f\x80-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")


def read_pdf(path: Path, name: str) -> ReadDocument:
    pages = _read_pages(path, name)
    if not any(pages):
        raise refusals.damaged(name) if None in pages or not pages else refusals.scanned(name)
    builder = TextBuilder()
    builder.warnings += _find_warnings(pages)
    words = _words_of(pages)
    for number, page in enumerate(pages, 1):
        if page:
            builder.mark(f"page {number}")
            for paragraph in _split_paragraphs(_join_hyphenated(page, words)):
                builder.add(paragraph, Place(page=number))
    return builder.finish(len(pages), sum(map(bool, pages)))


def _read_pages(path: Path, name: str) -> list[str | None]:
    """The text of each page, empty where it has none, None where it could not be read."""
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


def _read_page(document: pdfium.PdfDocument, index: int) -> str | None:
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
            read: str = text.get_text_range()
            text.close()
            return read.strip()
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


def _find_warnings(pages: Sequence[str | None]) -> Iterator[str]:
    empty = [number for number, page in enumerate(pages, 1) if page == ""]
    damaged = [number for number, page in enumerate(pages, 1) if page is None]
    garbled = [number for number, page in enumerate(pages, 1) if page and _is_garbled(page)]
    if empty:
        holds = "holds no text; it may be a scan." if len(empty) == 1 else "hold no text; they may be scans."
        yield f"{_name_pages(empty)} {holds}"
    if damaged:
        yield f"{_name_pages(damaged)} could not be read; the file may be damaged there."
    if garbled:
        yield f"{_name_pages(garbled)} cannot be read reliably: the file does not say which letters it shows."


def _is_garbled(page: str) -> bool:
    return len(_GARBLED.findall(page)) > len(page) / 50


def _name_pages(numbers: Sequence[int]) -> str:
    """“Page 3”, or “Pages 3, 5–9”."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"Page{'s' if len(numbers) > 1 else ''} {named}"


def _words_of(pages: Sequence[str | None]) -> frozenset[str]:
    """The words of the document, where any was hyphenated."""
    if not any(_BROKEN in page for page in pages if page):
        return frozenset()
    return frozenset(_WORD.findall("\n".join(filter(None, pages)).lower()))


def _join_hyphenated(page: str, words: frozenset[str]) -> str:
    """Joins a word broken at a line's end only where the same word stands unbroken elsewhere."""
    joined, *others = page.split(_BROKEN)
    stretches = [joined]
    for other in others:
        last = stretches[-1][-_LONGEST_WORD:].rsplit(None, 1)
        beginning = _BEGINNING.search(last[-1] if last else "")
        ending = _ENDING.match(other)
        assert beginning
        assert ending
        if (beginning[0] + ending[1]).lower() in words:
            stretches.append(f"{ending[1]}{ending[2]}\n{other[ending.end() :]}")
        else:
            stretches.append(f"-\n{other}")
    return "".join(stretches)


def _split_paragraphs(page: str) -> Iterator[str]:
    """Runs of lines: a blank line, a short line that ends a sentence, or a list's beginning parts them."""
    lines = [line.rstrip() for line in page.splitlines()]
    full = sorted(map(len, lines))[len(lines) * 3 // 4] * 0.8
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (not line or _begins_paragraph(line, paragraph, full)):
            yield "\n".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    yield "\n".join(paragraph)


def _begins_paragraph(line: str, before: Sequence[str], full: float) -> bool:
    """Whether `line` begins one, where a full line has `full` characters; short list items stay together."""
    if _ITEM.match(line):
        return not _ITEM.match(before[0]) or sum(map(len, before)) > _SHORT_LIST
    return len(before[-1]) < full and before[-1].rstrip("”\"')")[-1:] in (".", "!", "?", ":", "。")
