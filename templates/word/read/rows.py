"""The rows of a Word table: merged cells repeated, bare checkboxes named by what stands beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from templates.word.package import Element, child, is_on, local, number, value
from templates.word.parts import Choice, Part, Table
from templates.word.read.forms import Box, Control, read_control

# Word allows 63 columns; a file that claims more must not make us repeat a cell a million times.
_MOST_COLUMNS = 100


@dataclass(frozen=True)
class Cell:
    """What one cell says and how many columns it takes; `below` if it continues the cell above."""

    text: str
    span: int = 1
    below: bool = False
    # Checkboxes without a text of their own.
    bare: tuple[Box, ...] = ()


def table_rows(parent: Element) -> Iterator[Element]:
    """The rows that remain once tracked changes are accepted, also those inside content controls."""
    for found in parent:
        name = local(found.tag)
        if name == "tr":
            if child(child(found, "trPr"), "del") is None:
                yield found
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from table_rows(found)


def is_layout(table: Element) -> bool:
    """Whether a table mostly holds other tables, and so only places them on the page."""
    inner = [found for found in table.iterdescendants("{*}tbl") if _table_around(found) is table]
    return bool(inner) and sum(map(_length, inner)) > _length(table) / 2


def _table_around(element: Element) -> Element | None:
    return next(element.iterancestors("{*}tbl"), None)


def _length(element: Element) -> int:
    return sum(len(text.text or "") for text in element.iterdescendants("{*}t"))


def row_cells(parent: Element, control: Control | None = None) -> Iterator[tuple[Element, Control | None]]:
    """The cells of a row, each with the content control around it."""
    for found in parent:
        name = local(found.tag)
        if name == "tc":
            if child(child(found, "tcPr"), "cellDel") is None:
                yield found, control
        elif name == "sdt":
            yield from row_cells(found, read_control(found))
        elif name in ("sdtContent", "customXml", "ins", "moveTo"):
            yield from row_cells(found, control)


def skipped_columns(row: Element, name: str) -> list[Cell]:
    """The columns a row leaves out at its start ("gridBefore") or end ("gridAfter")."""
    count = number(value(child(child(row, "trPr"), name)), 0, _MOST_COLUMNS)
    return [Cell("") for _ in range(count)]


def make_cell(cell: Element, text: str, bare: Sequence[Box]) -> Cell:
    """A cell from its properties and the text read in it."""
    span, below = 1, False
    properties = child(cell, "tcPr")
    for found in properties if properties is not None else ():
        name = local(found.tag)
        if name == "gridSpan":
            span = max(number(value(found), 1, _MOST_COLUMNS), 1)
        elif name == "vMerge":
            below = value(found) in (None, "continue")
    return Cell(text, span, below, tuple(bare))


def is_header(row: Element) -> bool:
    """Whether a row is repeated on every page, as only a row of names is."""
    return is_on(child(child(row, "trPr"), "tblHeader"))


def lay_out(rows: Sequence[Sequence[Cell]]) -> Table:
    """The texts of all cells, equally many a row; a merged cell's text stands in each place it covers."""
    laid: list[list[str]] = []
    copies: set[tuple[int, int]] = set()
    above: list[str] = []
    for n, row in enumerate(rows):
        texts: list[str] = []
        for cell in row:
            first = len(texts)
            continued = cell.below and first < len(above)
            texts.extend([above[first] if continued else cell.text] * cell.span)
            copies.update((n, column) for column in range(first + (not continued), len(texts)))
        laid.append(texts)
        above = texts
    width = max(map(len, laid), default=0)
    filled = ((*texts, *[""] * (width - len(texts))) for texts in laid)
    return Table(tuple(filled), frozenset(copies))


def cell_text(parts: Sequence[Part]) -> str:
    """The text of a cell in which these parts stand."""
    return "\n".join(
        _table_text(part) if isinstance(part, Table) else part.text
        for part in parts
        if not isinstance(part, Choice)
    )


def _table_text(table: Table) -> str:
    """A merged cell stands once; what is empty from top to bottom is left out."""
    copies = table.copies or frozenset()
    rows = [
        ["" if (n, column) in copies else text for column, text in enumerate(row)]
        for n, row in enumerate(table.rows)
    ]
    kept = [column for column in range(len(rows[0])) if any(row[column].strip() for row in rows)]
    return "\n".join(
        " | ".join(row[column] for column in kept) for row in rows if any(text.strip() for text in row)
    )


def bare_choices(rows: Sequence[Sequence[Cell]]) -> list[Choice]:
    """A choice for each row with boxes that have no text of their own, named by what stands beside."""
    choices = []
    for row in rows:
        boxes = [box for cell in row for box in cell.bare]
        names = [" ".join(name.split()) for name in _names_beside(row, rows[0])] if boxes else []
        named = [(name, box) for name, box in zip(names, boxes, strict=False) if name]
        if named:
            chosen = tuple(name for name, box in named if box.checked)
            choices.append(Choice(tuple(name for name, _ in named), chosen, many=True))
    return choices


def _names_beside(row: Sequence[Cell], header: Sequence[Cell]) -> list[str]:
    """For boxes in one cell as many lines of a cell beside it; for boxes in several their columns' names."""
    places = [n for n, cell in enumerate(row) if cell.bare]
    if len(places) > 1:
        return [
            name for n in places for name in [header[n].text if n < len(header) else ""] * len(row[n].bare)
        ]
    place = places[0]
    for cell in (*row[place + 1 :], *reversed(row[:place])):
        lines = [cell.text] if len(row[place].bare) == 1 else cell.text.split("\n")
        lines = [line for line in lines if line.strip()]
        if len(lines) == len(row[place].bare):
            return lines
    return []
