"""How wide the text may be where a placeholder stands: in a section's column, a table cell or a text box."""

import re

from templates.word.blank import W
from templates.word.body import TEXT_WIDTH
from templates.word.package import Element, child, local, number, value

_NARROWEST = 1000
_CELL_SIDES = 216
_BOX_SIDES = 288
_EMU_PER_TWIP = 635
_POINTS = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)pt")
_WIDEST = 31_680


def width_at(element: Element) -> int:
    """The width for a table that stands where `element` does, in twentieths of a point."""
    for parent in element.iterancestors():
        match local(parent.tag):
            case "tc":
                return max(_cell_width(parent) - _CELL_SIDES, _NARROWEST)
            case "txbxContent":
                return max(_box_width(parent) - _BOX_SIDES, _NARROWEST)
            case "body":
                return _column_width(section_of(element, parent))
    return TEXT_WIDTH


def section_of(element: Element, body: Element) -> Element | None:
    """The properties of the section an element of the body stands in."""
    top = top_level(element)
    for found in (top, *top.itersiblings()):
        if local(found.tag) == "sectPr":
            return found
        if (own := child(child(found, "pPr"), "sectPr")) is not None:
            return own
    return child(body, "sectPr") if not len(body) else _last_section(body)


def top_level(element: Element) -> Element:
    """The element of the body in which this one stands."""
    top = element
    for parent in element.iterancestors():
        if local(parent.tag) in ("body", "hdr", "ftr", "footnotes", "endnotes"):
            return top
        top = parent
    return top


def _last_section(body: Element) -> Element | None:
    return body[-1] if local(body[-1].tag) == "sectPr" else None


def _column_width(section: Element | None) -> int:
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    if size is None or margins is None:
        return TEXT_WIDTH
    sides = sum(_twips(value(margins, side)) for side in ("left", "right", "gutter"))
    text = _twips(value(size, "w")) - sides
    columns = child(section, "cols")
    count = max(number(value(columns, "num"), 1, 45), 1)
    if columns is not None and (own := [_twips(value(one, "w")) for one in columns]) and min(own):
        return max(min(own), _NARROWEST)
    space = _twips(value(columns, "space") or "720")
    return max((text - (count - 1) * space) // count, _NARROWEST)


def _cell_width(cell: Element) -> int:
    stated = child(child(cell, "tcPr"), "tcW")
    if stated is not None and value(stated, "type") == "dxa" and (width := _twips(value(stated, "w"))):
        return width
    row = cell.getparent()
    table = next((found for found in cell.iterancestors(f"{{{W}}}tbl")), None)
    if table is None:
        return TEXT_WIDTH
    cells = [found for found in row.iter(f"{{{W}}}tc") if next(found.iterancestors(f"{{{W}}}tr")) is row]
    grid = [_twips(value(column, "w")) for column in child(table, "tblGrid") or ()]
    spans = [number(value(child(child(one, "tcPr"), "gridSpan")), 1, 63) for one in cells or [cell]]
    before = sum(spans[: cells.index(cell)]) if cell in cells else 0
    own = number(value(child(child(cell, "tcPr"), "gridSpan")), 1, 63)
    return sum(grid[before : before + own]) or width_at(table) * own // max(sum(spans), 1)


def _box_width(content: Element) -> int:
    for parent in content.iterancestors():
        for found in parent:
            if local(found.tag) == "extent":
                return number(found.get("cx"), 0, _WIDEST * _EMU_PER_TWIP) // _EMU_PER_TWIP
        if match := _POINTS.search(parent.get("style", "")):
            return round(float(match[1]) * 20)
        if local(parent.tag) == "p":
            break
    return TEXT_WIDTH // 2


def _twips(text: str | None) -> int:
    """A length: twentieths of a point unless it bears a unit, as strict files may."""
    match = re.fullmatch(r"(-?[\d.]+)(pt|in|cm|mm|pc|pi)?", text or "")
    if not match:
        return 0
    factor = {"pt": 20, "in": 1440, "cm": 566.93, "mm": 56.693, "pc": 240, "pi": 240, None: 1}[match[2]]
    try:
        return min(max(round(float(match[1]) * factor), 0), _WIDEST)
    except ValueError:
        return 0
