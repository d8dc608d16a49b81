"""Web pages (.html) as passages under their headings, without scripts, styles and navigation."""

import re
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from generation.documents.builder import TextBuilder
from generation.documents.decode import read_html_text
from generation.documents.html.page import strip_page
from generation.documents.html.tables import is_layout, read_table
from generation.documents.parts import add_parts
from generation.documents.passages import ReadDocument
from templates.word.parts import Heading, ListItem, Paragraph, Part, Table

_FLOW = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
_BLOCKS = frozenset(_FLOW.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"\s+")


def read_html(path: Path, name: str) -> ReadDocument:
    text, warnings = read_html_text(path, name)
    builder = TextBuilder()
    builder.warnings += warnings
    parts, warnings = _read_page(text)
    builder.warnings += warnings
    add_parts(builder, parts)
    return builder.finish()


def read_html_parts(text: str) -> list[Part]:
    """The parts of a page that is no file of its own, such as the text of a mail."""
    return _read_page(text)[0]


def _read_page(text: str) -> tuple[list[Part], list[str]]:
    """The parts of a page, and warnings."""
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # lxml refuses a str that names its own encoding, which pages do.
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return [], []
    title = _read_title(page)
    content, warnings = strip_page(page)
    # The parser stops there without a word: nested thousands deep, or a stretch of many megabytes.
    if parser.error_log.filter_from_fatals():
        warnings.append("The page is damaged or too deep; its end may be missing.")
    return [*title, *_Reader().read(content)], warnings


def _read_title(page: HtmlElement) -> list[Part]:
    title = page.findtext(".//title")
    return [Heading(title, 1)] if title and title.strip() and page.find(".//h1") is None else []


class _Reader:
    """Walks a page without recursion, which a deeply nested one would exhaust."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._text: list[str] = []
        self._open: list[str] = []

    def read(self, content: HtmlElement) -> list[Part]:
        walk = etree.iterwalk(content, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element)
            elif element.tag == "table" and not is_layout(element):
                self._flush()
                self._add_table(element)
                walk.skip_subtree()
            else:
                self._enter(element)
        self._flush()
        return self._parts

    def _enter(self, element: HtmlElement) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            self._open.append(element.tag)
        elif element.tag == "br":
            self._text.append("\n")
        self._append(element.text)

    def _leave(self, element: HtmlElement) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            # A table read whole was never entered.
            if self._open and self._open[-1] == element.tag:
                self._open.pop()
        self._append(element.tail)

    def _append(self, text: str | None) -> None:
        if text:
            self._text.append(text if "pre" in self._open else _SPACE.sub(" ", text))

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text = []
        if "pre" not in self._open:
            text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
        if text.strip():
            self._parts.append(self._as_part(text.strip("\n")))

    def _as_part(self, text: str) -> Part:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return Heading(text, _HEADINGS[tag])
            if tag == "li":
                depth = sum(tag in ("ul", "ol") for tag in self._open)
                return ListItem(text, max(depth - 1, 0))
        return Paragraph(text)

    def _add_table(self, table: HtmlElement) -> None:
        caption = table.find("caption")
        if caption is not None:
            self._parts.append(Paragraph(" ".join(caption.text_content().split())))
        rows = read_table(table)
        if rows:
            self._parts.append(Table(rows))
