"""Tables drawn with ruling lines both ways: the lines say where each cell is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from generation.documents.pdf.columns import find_columns
from generation.documents.pdf.rules import Rule, Rules
from generation.documents.pdf.tables import Table, make_table, split_lines
from generation.documents.pdf.words import Word

_NEAR = 3.0
_MOST_RULES = 3000
# Cells times rules; charts and maps have more than any table.
_MOST_WORK = 1_000_000
# What holds more is a box around paragraphs, not a cell.
_LONGEST_CELL = 150
# A band of more lines is no row, wherever else rules stand.
_MOST_LINES = 12
_CELLS = list[list[list[Word]]]


def find_grids(words: Sequence[Word], rules: Rules) -> list[Table]:
    """The ruled tables of a page: at least two rows and two columns of cells with words."""
    found = []
    for across, down in _join_rules(rules):
        xs, ys = _edges(down, across), _edges(across, down)
        (left, *_, right), (top, *_, bottom) = xs, ys
        inside = [
            word
            for word in words
            if top <= (word.top + word.bottom) / 2 <= bottom and left <= (word.left + word.right) / 2 <= right
        ]
        drawing = len(xs) * len(ys) * (len(across) + len(down)) > _MOST_WORK
        if len(xs) < 3 or len(ys) < 2 or not inside or drawing:
            continue
        bands = _fill(inside, xs, ys, across, down)
        if _is_frame(bands, len(inside)):
            found += find_columns(inside)
            continue
        table = make_table(_split_bands(bands))
        if _is_table(table):
            found += _prefer_columns(table, inside)
    return found


def _prefer_columns(table: Table, inside: Sequence[Word]) -> list[Table]:
    """What stands in the frame, where its rules part groups of columns instead of columns."""
    found = find_columns(inside)
    finer = [other for other in found if len(other.rows[0]) > len(table.rows[0]) + 1]
    if finer and sum(len(other.words) for other in found) > 0.6 * len(inside):
        return found
    return [table]


def _join_rules(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch each other."""
    if not rules.across or not rules.down or len(rules.across) + len(rules.down) > _MOST_RULES:
        return
    across, down = set(rules.across), set(rules.down)
    while across:
        rows, columns = [across.pop()], list[Rule]()
        reached = 0
        # Each rule is looked at by what is not yet in a group, which soon is little.
        while reached < len(rows):
            touched = [rule for rule in down if _touch(rows[reached], rule)]
            reached += 1
            down.difference_update(touched)
            columns += touched
            for rule in touched:
                joined = [other for other in across if _touch(other, rule)]
                across.difference_update(joined)
                rows += joined
        if len(rows) > 1 and len(columns) > 1:
            yield rows, columns


def _touch(across: Rule, down: Rule) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _edges(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where `rules` stand, each place once, and the ends of what crosses them where no rule closes it."""
    places: list[float] = []
    ends = (min(rule.start for rule in crossing), max(rule.end for rule in crossing))
    for at in sorted([rule.at for rule in rules]):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    if ends[0] < places[0] - 2 * _NEAR:
        places.insert(0, ends[0])
    if ends[1] > places[-1] + 2 * _NEAR:
        places.append(ends[1])
    return places


def _fill(
    words: Sequence[Word], xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> _CELLS:
    """The words by row and column; those of a merged cell in its first."""
    first = _merge(xs, ys, across, down)
    cells: _CELLS = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for word in words:
        row = min(max(bisect_right(ys, word.middle) - 1, 0), len(ys) - 2)
        column = min(max(bisect_right(xs, (word.left + word.right) / 2) - 1, 0), len(xs) - 2)
        row, column = first[row, column]
        cells[row][column].append(word)
    return cells


def _merge(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the first of those it is merged with, where no rule parts them."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            x = (xs[column] + xs[column + 1]) / 2
            first[row, column] = (row, column)
            if column and not _is_ruled(down, xs[column], y):
                first[row, column] = first[row, column - 1]
            elif row and not _is_ruled(across, ys[row], x):
                first[row, column] = first[row - 1, column]
    return first


def _is_ruled(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.start - _NEAR <= along <= rule.end + _NEAR for rule in rules
    )


def _split_bands(cells: _CELLS) -> _CELLS:
    """Rows that no rule parts, parted by their lines where these are plainly rows themselves."""
    rows: _CELLS = []
    for band in cells:
        lines = split_lines([word for cell in band for word in cell])
        taken = [[[word for word in cell if word in line] for cell in band] for line in map(set, lines)]
        filled = [sum(map(bool, row)) for row in taken]
        most = sum(map(bool, band))
        apart = (
            most >= 2 and len(lines) >= 3 and sum(count >= 0.6 * most for count in filled) >= 0.7 * len(lines)
        )
        rows += taken if apart else [band]
    return rows


def _is_frame(bands: _CELLS, words: int) -> bool:
    """Whether most words stand in one band of many lines, so that the rules part no rows."""
    most = max(([word for cell in band for word in cell] for band in bands), key=len)
    return len(most) > 0.6 * words and len(split_lines(most)) > _MOST_LINES


def _is_table(table: Table) -> bool:
    if len(table.rows) < 2 or len(table.rows[0]) < 2:
        return False
    filled = [cell for row in table.rows for cell in row if cell]
    shared = sum(sum(map(bool, row)) > 1 for row in table.rows)
    labelled = sum(bool(row[0]) for row in table.rows)
    if shared < 0.5 * len(table.rows) and labelled < 0.7 * len(table.rows):
        return False
    return shared >= 2 and len(filled) >= 4 and max(len(cell.split()) for cell in filled) <= _LONGEST_CELL
