"""The tables of a web page as rows of equal length, told apart from tables that only lay out the page."""

import re

from lxml import etree
from lxml.html import HtmlElement

_WIDEST_SPAN = 100
_BREAKS = frozenset(("br", "p", "div", "li"))
_CURRENCIES = frozenset(("$", "€", "£", "¥", "US$", "CHF", "($", "(€", "(£"))
_ENDINGS = frozenset((")", "%", ")%", "%)", "pts"))
_AMOUNT = re.compile(r"\(?-?[\d—–]")
_SPACE = re.compile(r"\s+")

# By column: how many more rows a cell above reaches into, and its text.
_Above = dict[int, tuple[int, str]]


def is_layout(table: HtmlElement) -> bool:
    """Whether a table holds page content instead of data: tables, headings, or one cell a row."""
    if table.find(".//table") is not None or any(
        table.find(f".//h{level}") is not None for level in range(1, 7)
    ):
        return True
    return all(len(_cells(row)) < 2 for row in table.iter("tr"))


def read_table(table: HtmlElement) -> tuple[tuple[str, ...], ...]:
    """Its rows without empty rows and columns; a cell over several rows is repeated in each."""
    rows: list[list[str]] = []
    above: _Above = {}
    for row in table.iter("tr"):
        texts, above = _read_row(row, above)
        rows.append(texts)
    width = max(map(len, rows), default=0)
    full = [row + [""] * (width - len(row)) for row in rows if any(row)]
    _join_amounts(full, width)
    kept = [column for column in range(width) if any(row[column] for row in full)]
    return tuple(tuple(row[column] for column in kept) for row in full)


def _join_amounts(rows: list[list[str]], width: int) -> None:
    """Makes one cell of an amount whose sign or closing bracket has a cell of its own, as in accounts."""
    signs = set()
    for row in rows:
        for column in range(width - 1):
            if row[column] in _CURRENCIES and _AMOUNT.match(row[column + 1]):
                row[column + 1] = row[column] + row[column + 1]
                row[column] = ""
                signs.add(column)
            elif row[column + 1] in _ENDINGS and _AMOUNT.match(row[column]):
                row[column] += row[column + 1]
                row[column + 1] = ""
    # What stands over the column of signs heads the amounts.
    for column in signs:
        if not any(row[column] and row[column + 1] for row in rows):
            for row in rows:
                row[column + 1] = row[column] or row[column + 1]
                row[column] = ""


def _read_row(row: HtmlElement, above: _Above) -> tuple[list[str], _Above]:
    """The texts of one row, and the cells that reach down into the next."""
    texts: list[str] = []
    below = {column: (rows - 1, text) for column, (rows, text) in above.items() if rows > 1}
    for cell in _cells(row):
        _take_above(texts, above)
        text, rows = _read_cell(cell), _span(cell, "rowspan")
        for offset in range(_span(cell, "colspan")):
            # A header over several columns names each; a wide data cell mostly has empty ones beside it.
            shown = "" if offset and cell.tag == "td" else text
            if rows > 1:
                below[len(texts)] = (rows - 1, shown)
            texts.append(shown)
    _take_above(texts, above)
    return texts, below


def _take_above(texts: list[str], above: _Above) -> None:
    while len(texts) in above:
        texts.append(above[len(texts)][1])


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: HtmlElement, attribute: str) -> int:
    written = cell.get(attribute, "1").strip()
    return min(max(int(written), 1), _WIDEST_SPAN) if written.isdecimal() and len(written) < 6 else 1


def _read_cell(cell: HtmlElement) -> str:
    texts = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            texts.append("\n" if element.tag in _BREAKS else "")
            texts.append(_SPACE.sub(" ", element.text or ""))
        elif element is not cell:
            texts.append("\n" if element.tag in _BREAKS - {"br"} else "")
            texts.append(_SPACE.sub(" ", element.tail or ""))
    lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
    return "\n".join(line for line in lines if line)
