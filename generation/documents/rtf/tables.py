"""Tables of a rich text file: cells are put into columns by where their right edges stand."""

from dataclasses import dataclass, field

from templates.word.parts import Heading, ListItem, Paragraph, Part, Table

# Edges this near, in twentieths of a point, are the same.
_NEAR = 40
_MOST_CELLS = 500_000


@dataclass
class _Level:
    """One table being read: its rows, the row and the cell."""

    rows: list[tuple[list[int], list[bool], list[str]]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


@dataclass
class _Layout:
    """How the next row is laid out: the right edge of each cell, and whether it goes on from above."""

    edges: list[int] = field(default_factory=list)
    continued: list[bool] = field(default_factory=list)
    goes_on: bool = False


class TableReader:
    """Gathers the parts of a document; those in tables by how deep the table is nested, from 1."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._levels: list[_Level] = []
        # That of a nested row is told inside the cell of another, which goes on after it.
        self._layouts = {False: _Layout(), True: _Layout()}

    def define(self, word: str, number: int | None, *, nested: bool) -> None:
        """Words that say how the next row is laid out."""
        if word == "trowd":
            self._layouts[nested] = _Layout()
        layout = self._layouts[nested]
        if word == "clvmrg":
            layout.goes_on = True
        elif word == "cellx":
            layout.edges.append(number or 0)
            layout.continued.append(layout.goes_on)
            layout.goes_on = False

    def add(self, part: Part, depth: int) -> None:
        self._close(depth)
        if not depth:
            self._parts.append(part)
            return
        self._open(depth)
        self._levels[depth - 1].cell.append(_write(part))

    def end_cell(self, depth: int) -> None:
        self._close(depth)
        self._open(depth)
        level = self._levels[depth - 1]
        level.row.append("\n".join(level.cell))
        level.cell = []

    def end_row(self, depth: int) -> None:
        self._close(depth)
        self._open(depth)
        level = self._levels[depth - 1]
        if level.row:
            layout = self._layouts[depth > 1]
            level.rows.append((layout.edges[:], layout.continued[:], level.row))
        level.row = []

    def finish(self) -> list[Part]:
        self._close(0)
        return self._parts

    def _open(self, depth: int) -> None:
        while len(self._levels) < depth:
            self._levels.append(_Level())

    def _close(self, depth: int) -> None:
        """Ends the tables nested deeper than `depth`."""
        while len(self._levels) > depth:
            level = self._levels.pop()
            if level.row or level.cell:
                level.rows.append(([], [], [*level.row, *filter(None, ["\n".join(level.cell)])]))
            table = _lay_out(level.rows)
            if not table.rows:
                continue
            if self._levels:
                self._levels[-1].cell += [" | ".join(row) for row in table.rows]
            else:
                self._parts.append(table)


def _write(part: Part) -> str:
    if isinstance(part, ListItem):
        return f"- {part.text}"
    return part.text if isinstance(part, Heading | Paragraph) else ""


def _lay_out(rows: list[tuple[list[int], list[bool], list[str]]]) -> Table:
    """Rows of equal length; a cell over several columns or rows is copied into each."""
    columns = _find_columns([edges for edges, _, texts in rows if len(edges) >= len(texts)])
    laid: list[list[str]] = []
    copies: set[tuple[int, int]] = set()
    for edges, continued, texts in rows:
        row: list[str] = []
        for index, text in enumerate(texts):
            first = len(row)
            last = _column_of(edges[index], columns) if index < len(edges) >= len(texts) else first
            goes_on = index < len(continued) and continued[index] and not text
            from_above = goes_on and bool(laid) and first < len(laid[-1])
            row += [laid[-1][first] if from_above else text] * max(last + 1 - first, 1)
            copies.update((len(laid), column) for column in range(first + (not from_above), len(row)))
        laid.append(row)
        if sum(map(len, laid[-1:])) * len(laid) > _MOST_CELLS:
            break
    return _drop_empty(laid, copies)


def _drop_empty(rows: list[list[str]], copies: set[tuple[int, int]]) -> Table:
    """The table without the columns that edges of other rows left empty."""
    width = max(map(len, rows), default=0)
    full = [(*row, *("",) * (width - len(row))) for row in rows]
    kept = [column for column in range(width) if any(row[column] for row in full)]
    if not kept:
        return Table(())
    place = {column: new for new, column in enumerate(kept)}
    return Table(
        tuple(tuple(row[column] for column in kept) for row in full),
        frozenset((n, place[column]) for n, column in copies if column in place),
    )


def _find_columns(edges: list[list[int]]) -> list[int]:
    columns: list[int] = []
    for edge in sorted({edge for row in edges for edge in row}):
        if not columns or edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns


def _column_of(edge: int, columns: list[int]) -> int:
    return min(range(len(columns)), key=lambda column: abs(columns[column] - edge))
