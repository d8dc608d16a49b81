"""Two tables on common columns, so that their rows can be held against each other cell by cell."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from generation.differences.lines import FlatLine

# A column as the place it has in the old and in the new table, None where it has none.
Column = tuple[int | None, int | None]


def line_up_columns(
    old: Sequence[FlatLine], new: Sequence[FlatLine]
) -> tuple[list[FlatLine], list[FlatLine]]:
    """The same lines, the rows of the first, second … table of both sides with the same columns."""
    both = {line.table for line in old if line.is_row} & {line.table for line in new if line.is_row}
    columns = {
        table: _pair_columns(
            [line for line in old if line.table == table], [line for line in new if line.table == table]
        )
        for table in both
    }
    return (
        [
            _widen(line, [was for was, _ in columns[line.table]]) if line.table in both else line
            for line in old
        ],
        [
            _widen(line, [now for _, now in columns[line.table]]) if line.table in both else line
            for line in new
        ],
    )


def _pair_columns(old: Sequence[FlatLine], new: Sequence[FlatLine]) -> list[Column]:
    """By their names; between two that kept theirs, as many as before are the same ones renamed."""
    names, renamed = _names(old), _names(new)
    pairs: list[Column] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, names, renamed, autojunk=False).get_opcodes():
        if what == "equal" or i_end - i == j_end - j:
            pairs += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs += [(n, None) for n in range(i, i_end)]
            pairs += [(None, n) for n in range(j, j_end)]
    return pairs


def _names(rows: Sequence[FlatLine]) -> list[str]:
    """A name for every column of the widest row."""
    first = [cell or "" for cell in rows[0].cells] if rows[0].shape == "head" else []
    widest = max(len(row.cells) for row in rows)
    return first + [f"column {n}" for n in range(len(first), widest)]


def _widen(row: FlatLine, places: Sequence[int | None]) -> FlatLine:
    looks = dict(enumerate(row.looks))
    return replace(
        row,
        cells=tuple(row.cells[n] if n is not None and n < len(row.cells) else None for n in places),
        looks=tuple(looks.get(n, ()) if n is not None else () for n in places),
    )
