"""Content that a Word file imports from a part in another format (w:altChunk)."""

from lxml import etree, html

from signals.clean import clean_text

_ZIP = b"PK\x03\x04"
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "table",
        "ul",
        "ol",
        "br",
        "pre",
        "blockquote",
    ]
)
_UNSEEN = frozenset(("script", "style", "head", "title"))


def is_word(data: bytes) -> bool:
    """Whether the imported part is a Word file itself."""
    return data.startswith(_ZIP)


def chunk_lines(data: bytes) -> list[str]:
    """The lines of an imported web page or plain text; none where nothing can be read in it."""
    try:
        page = html.document_fromstring(data)
    except (etree.ParserError, ValueError):
        return []
    pieces: list[str] = []
    for event, found in etree.iterwalk(page, events=("start", "end")):
        tag = found.tag if isinstance(found.tag, str) else ""
        if event == "start":
            pieces.append("\n" if tag in _BLOCKS else "\t" if tag in ("td", "th") else "")
            pieces.append("" if tag in _UNSEEN or not tag else _joined(found.text))
        else:
            pieces.append("\n" if tag in _BLOCKS else "")
            pieces.append(_joined(found.tail))
    lines = clean_text("".join(pieces)).split("\n")
    return [line.strip() for line in lines if line.strip()]


def _joined(text: str | None) -> str:
    """Text whose line breaks mean nothing, as in HTML."""
    return " ".join((text or "").splitlines())
