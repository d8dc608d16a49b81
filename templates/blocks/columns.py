"""The columns of a table as a reader sees them: which hold figures, and all cells of one in one notation."""

import re
from collections.abc import Sequence
from typing import Literal

from templates.blocks.notation import Figure, Notation, notation_of, read_figure, show_date, show_figure

ColumnType = Literal["text", "number", "date", "money"]
# What a writer puts where there is no figure.
_NOTHING = re.compile(r"[-–—\s]*|n\.?/?a\.?", re.IGNORECASE)
_MARKED = re.compile(r"\d[^\w\n]\d")
# Above these many digits a number without marks is hard to read; a year is not.
_LONG_NUMBER = 5


def stands_right(cells: Sequence[str], kind: ColumnType) -> bool:
    """Whether a column is aligned right: by its type, or because all that stands in it are figures."""
    return kind != "text" or _are_figures(cells)


def show_column(cells: Sequence[str], kind: ColumnType, language: str) -> list[str]:
    """The cells of a column in the notation of a language, each unchanged where it is not clear.

    A column of text is changed only where it holds nothing but figures, and then only those with a currency
    or a per cent sign: "1.2" may be the number of a section. One figure that could mean two things keeps
    all its column as it was written, so that no column mixes two notations.
    """
    if kind == "date":
        return [show_date(cell, language) for cell in cells]
    notation = notation_of(language) if kind != "text" or _are_figures(cells) else None
    figures = [read_figure(cell) for cell in cells] if notation else []
    found = [figure for figure in figures if figure]
    mark = _decimal_mark(found, notation) if notation else None
    unread = any(
        figure is None and _MARKED.search(cell) for figure, cell in zip(figures, cells, strict=False)
    )
    if notation is None or mark is None or unread:
        return list(cells)
    grouped = _is_grouped(found, kind)
    return [
        show_figure(figure, notation, decimal_mark=mark, grouped=grouped)
        if figure and (kind != "text" or figure.has_currency or "%" in figure.after)
        else cell
        for figure, cell in zip(figures, cells, strict=True)
    ]


def _are_figures(cells: Sequence[str]) -> bool:
    found = False
    for cell in cells:
        figure = read_figure(cell)
        if figure and figure.is_amount:
            found = True
        elif not _NOTHING.fullmatch(cell):
            return False
    return found


def _decimal_mark(figures: Sequence[Figure], notation: Notation) -> str | None:
    """What parts the decimals in a column: as its clear figures say, else as the language does.

    None when the figures leave open what one of them means.
    """
    unclear = {figure.open_mark for figure in figures} - {""}
    if not unclear:
        return notation.point
    known = {figure.decimal_mark for figure in figures} - {""}
    if len(known) > 1 or len(unclear) > 1:
        return None
    if not known:
        # Thousands as the language parts them stay as they are.
        return notation.point if unclear == {notation.group} else None
    # Three decimals among figures that have fewer are rather thousands of another writer.
    three = any(len(figure.places) == 3 and not figure.open_mark for figure in figures)
    return known.pop() if unclear != known or three else None


def _is_grouped(figures: Sequence[Figure], kind: ColumnType) -> bool:
    """Whether thousands are parted: money always, numbers when some are long or parted already."""
    lengths = [len(figure.whole) for figure in figures]
    if kind != "number":
        return kind == "money"
    if any(figure.group or figure.open_mark for figure in figures):
        return True
    # Several, all of one length and all whole: these count files or cases, not things.
    is_series = len(figures) > 1 and len(set(lengths)) == 1 and not any(figure.point for figure in figures)
    return not is_series and max(lengths, default=0) >= _LONG_NUMBER
