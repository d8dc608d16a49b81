"""The body of a Word document, built in one pass as XML strings."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import quoteattr

from signals.clean import clean_text
from templates.word.columns import USUAL_SIZE, lay_out_columns

# A4 less its margins, in twentieths of a point.
TEXT_WIDTH = 9072
LAST_LIST_LEVEL = 8
# How far each level of a list stands in, in twentieths of a point.
LIST_INDENT = 357
LAST_HEADING_LEVEL = 6
# Above any numbering id that a house style is likely to use itself.
_BULLETS = 1001
_LONGEST_LINK = 2000
# An element of no Word file: no text of a report can become one.
CONTENTS_PLACE = '<fill:contents xmlns:fill="urn:fill"/>'
# The room beside a cell's text, less of it where many columns share the page.
_SIDE, _NARROW_SIDE = 108, 50
_MANY_COLUMNS = 7
_BREAKS = re.compile("([\n\t])")


class Run(NamedTuple):
    """A stretch of text with one look; "\\n" is a line break, "\\t" a tab.

    `link` takes http, https and mailto addresses; with any other the text stays, without a link.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    link: str | None = None


@dataclass(frozen=True)
class ListStart:
    """What numbering a list of the body needs: `start` counts on `level`, all other levels from 1."""

    list_id: int
    ordered: bool
    level: int
    start: int


class Body:
    """Grows by one block of content per call. `xml`, `links` and `lists` are what the writer needs."""

    def __init__(self, text_width: int = TEXT_WIDTH) -> None:
        self._blocks: list[str] = []
        self._links: dict[str, str] = {}
        self._starts: dict[int, int] = {}
        self._first_levels: dict[int, int] = {}
        self._text_width = text_width

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; levels outside 1 to 6 become the nearest."""
        level = min(max(level, 1), LAST_HEADING_LEVEL)
        self._blocks.append(_paragraph(f"Heading{level}", "", _plain(text)))

    def paragraph(self, runs: Sequence[Run], style: str = "Normal") -> None:
        """A paragraph in the style with this id."""
        self._blocks.append(_paragraph(style, "", self._runs(runs)))

    def new_list(self, ordered: bool, start: int = 1) -> int:
        """The id of a new list, for `list_item`. Each ordered list counts on its own, from `start`."""
        if not ordered:
            return _BULLETS
        list_id = _BULLETS + 1 + len(self._starts)
        self._starts[list_id] = max(start, 0)
        return list_id

    def list_item(self, runs: Sequence[Run], level: int, list_id: int) -> None:
        """An item of a list, `level` from 0; levels outside 0 to 8 become the nearest."""
        level = min(max(level, 0), LAST_LIST_LEVEL)
        self._first_levels.setdefault(list_id, level)
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        self._blocks.append(_paragraph(_list_style(level, list_id), numbering, self._runs(runs)))

    def list_more(self, runs: Sequence[Run], level: int, list_id: int) -> None:
        """What follows in an item after a list inside it: below its text, without a number of its own."""
        level = min(max(level, 0), LAST_LIST_LEVEL)
        left = f'<w:ind w:left="{LIST_INDENT * (level + 1)}" w:firstLine="0"/>'
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>{left}'
        self._blocks.append(_paragraph(_list_style(level, list_id), properties, self._runs(runs)))

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()
    ) -> None:
        """A table over the whole text width; `right` names the columns aligned right.

        Short rows are filled up with empty cells. Without rows one empty row follows the header. An empty
        header is none: all rows look alike.
        """
        count = max((len(row) for row in (header, *rows)), default=0)
        if not count:
            return
        side = _NARROW_SIDE if count > _MANY_COLUMNS else _SIDE
        layout = lay_out_columns(header, rows, count, self._text_width, 2 * side)
        cells = [_cell_start(width, "TableText", n in right) for n, width in enumerate(layout.widths)]
        heads = [_cell_start(width, "TableHeading", n in right) for n, width in enumerate(layout.widths)]
        look = "" if layout.size == USUAL_SIZE else _SMALLER.format(layout.size)
        self._blocks.append(_TABLE_START.format(side=side, look=_HEADED if header else _HEADLESS))
        self._blocks.extend(f'<w:gridCol w:w="{width}"/>' for width in layout.widths)
        self._blocks.append("</w:tblGrid>")
        if header:
            self._blocks.append(_row(_HEADER_ROW, heads, header, look))
        self._blocks.extend(_row(_BODY_ROW, cells, row, look) for row in rows or [()])
        # Without a paragraph between them Word joins two tables into one.
        self._blocks.append('</w:tbl><w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p>')

    def note(self, text: str) -> None:
        """A marked notice to the reviewer."""
        self._blocks.append(_paragraph("FillNote", "", _plain(text)))

    def contents(self) -> None:
        """The place of the table of contents, which is written when all headings are known."""
        self._blocks.append(CONTENTS_PLACE)

    @property
    def xml(self) -> str:
        """The content of `w:body`, without its section properties."""
        return "".join(self._blocks)

    @property
    def links(self) -> dict[str, str]:
        """Relationship id by address."""
        return dict(self._links)

    @property
    def lists(self) -> list[ListStart]:
        """The lists that have items."""
        return [
            ListStart(list_id, list_id != _BULLETS, level, self._starts.get(list_id, 1))
            for list_id, level in sorted(self._first_levels.items())
        ]

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join([self._run(run) for run in runs if run.text])

    def _run(self, run: Run) -> str:
        if run.link is None:
            return f"<w:r>{_LOOKS[run[1:5]]}{_text(run.text)}</w:r>"
        address = _allowed_address(run.link)
        if address is None:
            return self._run(run._replace(link=None))
        link_id = self._links.setdefault(address, f"link{len(self._links) + 1}")
        xml = f"<w:r>{_LINK_LOOKS[run[1:5]]}{_text(run.text)}</w:r>"
        return f'<w:hyperlink r:id="{link_id}" w:history="1">{xml}</w:hyperlink>'


_TABLE_START = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="FillTable"/><w:tblW w:w="5000" w:type="pct"/>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{side}" w:type="dxa"/>'
    '<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar><w:tblLook {look} w:lastRow="0"'
    ' w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>'
)
_HEADED, _HEADLESS = 'w:val="0420" w:firstRow="1"', 'w:val="0400" w:firstRow="0"'
_HEADER_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_SMALLER = '<w:rPr><w:sz w:val="{0}"/><w:szCs w:val="{0}"/></w:rPr>'
_BODY_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def _look(bold: bool, italic: bool, underline: bool, strike: bool, *, link: bool) -> str:
    marks = [
        '<w:rStyle w:val="Hyperlink"/>' if link else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        "<w:strike/>" if strike else "",
        '<w:u w:val="single"/>' if underline else "",
    ]
    inside = "".join(marks)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


# By bold, italic, underline, strike: as they follow each other in a run.
_MARKS = list(product((False, True), repeat=4))
_LOOKS = {marks: _look(*marks, link=False) for marks in _MARKS}
_LINK_LOOKS = {marks: _look(*marks, link=True) for marks in _MARKS}


def _list_style(level: int, list_id: int) -> str:
    kind = "ListBullet" if list_id == _BULLETS else "ListNumber"
    return f"{kind}{min(level + 1, 3)}" if level else kind


def _paragraph(style: str, properties: str, content: str) -> str:
    if style != "Normal":
        properties = f"<w:pStyle w:val={quoteattr(style)}/>{properties}"
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>" if properties else f"<w:p>{content}</w:p>"


@lru_cache(maxsize=64)
def _style_mark(style: str) -> str:
    return f"<w:pStyle w:val={quoteattr(style)}/>"


def _plain(text: str, look: str = "") -> str:
    return f"<w:r>{look}{_text(text)}</w:r>" if text else ""


def _cell_start(width: int, style: str, right: bool) -> str:
    aligned = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr>'
    )


def _row(start: str, cells: Sequence[str], texts: Sequence[str], look: str) -> str:
    filled = [f"{cell}{_plain(text, look)}</w:p></w:tc>" for cell, text in zip(cells, texts, strict=False)]
    empty = [f"{cell}</w:p></w:tc>" for cell in cells[len(texts) :]]
    return f"{start}{''.join(filled)}{''.join(empty)}</w:tr>"


def _text(text: str) -> str:
    # Printable text holds no tab, newline or forbidden character: nearly all text takes this way.
    if text.isprintable():
        return f'<w:t xml:space="preserve">{_escape(text)}</w:t>'
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>", "": ""}
    return "".join(
        marks[part] if part in marks else f'<w:t xml:space="preserve">{_escape(part)}</w:t>'
        for part in _BREAKS.split(clean_text(text))
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _allowed_address(link: str) -> str | None:
    """The link as a valid web or mail address, or None: Word repairs or refuses a file with a broken one."""
    address = quote(clean_text(link).strip(), safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    named = parts.netloc if parts.scheme in ("http", "https") else parts.scheme == "mailto" and parts.path
    return address if named and len(address) <= _LONGEST_LINK else None
