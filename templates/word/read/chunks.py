"""Content that a Word file imports from a part in another format (w:altChunk)."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from lxml import etree, html

from signals.clean import clean_text
from templates.word.parts import Heading, Paragraph, Part, Table

_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_FLOW = "p div h1 h2 h3 h4 h5 h6 li tr td th table ul ol br pre blockquote dl dt dd section article"
_BLOCKS = frozenset(_FLOW.split())
_UNSEEN = frozenset(("script", "style", "head", "title"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DECLARED = re.compile(rb"charset\s*=|encoding\s*=", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
_MAIL = re.compile(rb"\s*(?:mime-version|content-type|from|date|subject)\s*:", re.IGNORECASE)
_TAG = re.compile(rb"<\w+[\s/>]|<!doctype|<!--", re.IGNORECASE)


def is_word(data: bytes) -> bool:
    """Whether the imported part is a Word file itself."""
    return data.startswith(_ZIP)


def read_chunk(data: bytes) -> list[Part]:
    """What an imported web page, saved page (.mht) or plain text says; nothing of what cannot be read."""
    if _MAIL.match(data):
        data = _page_in_mail(data)
    if not data or data.startswith(_RTF):
        return []
    if not _TAG.search(data):
        lines = clean_text(_decode(data)).split("\n")
        return [Paragraph(line.strip()) for line in lines if line.strip()]
    try:
        page = html.document_fromstring(data, parser=_parser(data))
    except (etree.ParserError, ValueError):
        return []
    return _Reader().read(page)


def _page_in_mail(data: bytes) -> bytes:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(preferencelist=("related", "html", "plain"))
    if body is not None and body.get_content_maintype() == "multipart":
        body = next((part for part in body.walk() if part.get_content_type() == "text/html"), None)
    try:
        return str(body.get_content()).encode("utf-8", "replace") if body is not None else b""
    except (LookupError, ValueError, KeyError):
        return b""


def _parser(data: bytes) -> html.HTMLParser:
    """Pages that do not say how their letters are stored are read as UTF-8 where that fits."""
    told = bool(_DECLARED.search(data, 0, 4096)) and not data.startswith(_MARK)
    encoding = None if told else "utf-8" if _is_utf8(data) else "cp1252"
    return html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.removeprefix(_MARK).decode("utf-8" if _is_utf8(data) else "cp1252", "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Reader:
    """Walks a page without recursion; `read` gives its headings, lines and tables in order."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._text: list[str] = []
        self._level: int | None = None

    def read(self, page: html.HtmlElement) -> list[Part]:
        walk = etree.iterwalk(page, events=("start", "end"))
        for event, found in walk:
            tag = found.tag if isinstance(found.tag, str) else ""
            if event == "start" and (tag in _UNSEEN or not tag):
                walk.skip_subtree()
            elif event == "start":
                self._enter(found, tag, walk)
            else:
                if tag in _BLOCKS:
                    self._flush()
                    self._level = None
                self._text.append(found.tail or "")
        self._flush()
        return self._parts

    def _enter(self, found: html.HtmlElement, tag: str, walk: "etree.iterwalk") -> None:
        if tag in _BLOCKS:
            self._flush()
            self._level = _HEADINGS.get(tag)
        if tag == "table" and found.find(".//table") is None:
            if rows := _read_rows(found):
                self._parts.append(Table(rows))
            walk.skip_subtree()
        else:
            self._text.append(found.text or "")

    def _flush(self) -> None:
        text = " ".join(clean_text("".join(self._text)).split())
        self._text = []
        if text:
            self._parts.append(Heading(text, self._level) if self._level else Paragraph(text))


def _read_rows(table: html.HtmlElement) -> tuple[tuple[str, ...], ...]:
    rows = [
        [clean_text(" ".join(cell.text_content().split())) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]
    width = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows if any(row))
