"""Tiptap documents as HTML, by allow-list: what is not named here does not reach a page."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Json = dict[str, Any]
_MARKS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s"}
_NODES = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
}
_LINKS = ("http://", "https://", "mailto:")
_SMALLEST_HEADING = 6


def render_rich_text(doc: Json, *, level: int = 2, label: str = "") -> SafeString:
    """The HTML of a document under a heading of `level`; `label` names its tables."""
    return _Page(level, label).nodes(doc)


class _Page:
    """What the nodes must know of the place they are shown in."""

    def __init__(self, level: int, label: str) -> None:
        self._level = level
        self._label = label

    def nodes(self, node: Json) -> SafeString:
        return _join(self.node(child) for child in _children(node))

    def node(self, node: Json) -> SafeString:
        kind = node.get("type")
        if kind == "text":
            return _text(node)
        if kind == "hardBreak":
            return mark_safe("<br>")
        if kind == "heading":
            return self._heading(node)
        if kind == "table":
            return self._table(node)
        tag = _NODES.get(str(kind))
        return _wrap(tag, self.nodes(node), _start(node)) if tag else SafeString()

    def _heading(self, node: Json) -> SafeString:
        # A heading in a block stands below the block's own.
        level = min(self._level + max(_number(node, "level", 1), 1), _SMALLEST_HEADING)
        return _wrap(f"h{level}", self.nodes(node))

    def _table(self, node: Json) -> SafeString:
        rows = [_children(row) for row in _children(node) if row.get("type") == "tableRow"]
        head = [row for row in rows[:1] if all(cell.get("type") == "tableHeader" for cell in row)]
        body = rows[len(head) :]
        return format_html(
            '<div class="table" role="group" tabindex="0" aria-label="{}"><table>{}{}</table></div>',
            self._label or "Table",
            _wrap("thead", self._rows(head)) if head else "",
            _wrap("tbody", self._rows(body)),
        )

    def _rows(self, rows: Sequence[Sequence[Json]]) -> SafeString:
        return _join(_wrap("tr", _join(self._cell(cell) for cell in row)) for row in rows)

    def _cell(self, cell: Json) -> SafeString:
        is_right = (cell.get("attrs") or {}).get("align") == "right"
        look = mark_safe(' class="figure"') if is_right else SafeString()
        if cell.get("type") == "tableHeader":
            return _wrap("th", self.nodes(cell), mark_safe(' scope="col"') + look)
        return _wrap("td", self.nodes(cell), look)


def _text(node: Json) -> SafeString:
    html = escape(str(node.get("text", "")))
    for mark in node.get("marks") or ():
        if tag := _MARKS.get(str(mark.get("type"))):
            html = _wrap(tag, html)
        elif mark.get("type") == "link":
            html = _link(str((mark.get("attrs") or {}).get("href") or ""), html)
    return html


def _link(href: str, text: SafeString) -> SafeString:
    if not href.lower().startswith(_LINKS):
        return text
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', href, text)


def _children(node: Json) -> list[Json]:
    return list(node.get("content") or ())


def _start(node: Json) -> SafeString:
    """Where an ordered list begins to count."""
    start = _number(node, "start", 1)
    is_other = node.get("type") == "orderedList" and start != 1
    return format_html(' start="{}"', start) if is_other else SafeString()


def _number(node: Json, name: str, default: int) -> int:
    value = (node.get("attrs") or {}).get(name)
    return value if isinstance(value, int) else default


def _wrap(tag: str, inner: SafeString, attributes: SafeString | None = None) -> SafeString:
    """`inner` in a tag; whatever is not marked as safe is escaped, the tag's name too."""
    before, after = _tags(tag, attributes or SafeString())
    return before + conditional_escape(inner) + after


@lru_cache(maxsize=256, typed=True)
def _tags(tag: str, attributes: SafeString) -> tuple[SafeString, SafeString]:
    """The opening and the closing tag: a table has hundreds of the same few."""
    return format_html("<{}{}>", tag, attributes), format_html("</{}>", tag)


def _join(parts: Iterable[SafeString]) -> SafeString:
    one, *others = [*parts] or [SafeString()]
    # Most nodes hold one other.
    return (
        format_html_join("", "{}", ((part,) for part in (one, *others)))
        if others
        else conditional_escape(one)
    )
