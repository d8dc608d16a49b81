"""Tables drawn with space alone: lines whose stretches of text stand in the same columns."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from generation.documents.pdf.tables import Line, Table, is_leader, make_table, split_lines
from generation.documents.pdf.words import Word

_BULLETS = frozenset("•●▪◦·○■□►➢✓*)")
_WIDE = 0.7
_Span = tuple[float, float]


class _Stretch(NamedTuple):
    left: float
    right: float
    words: list[Word]


_Row = list[_Stretch]


def find_columns(words: Sequence[Word]) -> list[Table]:
    """The tables of a page that no grid shows; in doubt none."""
    lines = split_lines(words)
    if len(lines) < 3:
        return []
    height = median(word.bottom - word.top for word in words)
    rows = [_split_stretches(line, height) for line in lines]
    found = []
    for region in _find_regions(rows, height):
        table = _read_region(region, height)
        if table:
            found.append(table)
    return found


def _split_stretches(line: Line, height: float) -> _Row:
    """The parts of a line between wide gaps; a row of dots after a label is a gap too."""
    stretches: _Row = []
    words: list[Word] = []
    left = right = 0.0
    after_label = False
    for word in line:
        gap = word.left - right
        if words and not after_label and gap < height and is_leader(word.text):
            words.append(word)
            after_label = True
            continue
        if words and not after_label and gap < _WIDE * height:
            words.append(word)
            right = max(right, word.right)
        else:
            if words:
                stretches.append(_Stretch(left, right, words))
            words, left, right = [word], word.left, word.right
        after_label = False
    stretches.append(_Stretch(left, right, words))
    return stretches


def _find_regions(rows: Sequence[_Row], height: float) -> Iterator[list[_Row]]:
    """Runs of lines of several stretches, with no more than two single ones between them."""
    region: list[_Row] = []
    single = 0
    for row in rows:
        far = bool(region) and _top(row) - _bottom(region[-1]) > 2.5 * height
        prose = len(row) == 1 and len(row[0].words) > 12
        if region and (far or prose or (len(row) == 1 and single == 2)):
            yield region[: len(region) - single]
            region, single = [], 0
        if len(row) > 1 or (region and not prose):
            region.append(row)
            single = single + 1 if len(row) == 1 else 0
    if region:
        yield region[: len(region) - single]


def _top(row: _Row) -> float:
    return min(stretch.words[0].top for stretch in row)


def _bottom(row: _Row) -> float:
    return max(stretch.words[0].bottom for stretch in row)


def _read_region(region: list[_Row], height: float) -> Table | None:
    columns = _find_spans([row for row in region if len(row) > 1], height)
    if len(columns) < 2:
        return None
    cells = [_place(row, columns) for row in region]
    filled = [sum(map(bool, row)) for row in cells]
    several = sum(count > 1 for count in filled)
    if several < (4 if len(columns) == 2 else 3) or several < 0.5 * len(region):
        return None
    if _reads_as_prose(cells, columns) or _is_list(cells) or _is_contents(cells):
        return None
    if sum(count for count in filled if count > 1) < 0.5 * several * len(columns):
        return None
    return make_table(_join_wrapped(cells, height))


def _find_spans(rows: Sequence[_Row], height: float) -> list[_Span]:
    """The columns: what lies between the strips that hardly any row writes across."""
    if len(rows) < 3:
        return []
    first = min(row[0].left for row in rows)
    # Whole points, counted from the first column: how many stretches begin there, less those that end.
    change: Counter[int] = Counter()
    for row in rows:
        for stretch in row:
            change[int(stretch.left - first)] += 1
            change[int(stretch.right - first) + 1] -= 1
    spans: list[_Span] = []
    written, begun = 0, 0
    for place in sorted(change):
        free = written <= len(rows) // 6
        written += change[place]
        if free and written > len(rows) // 6:
            begun = place
        elif not free and written <= len(rows) // 6:
            spans.append((first + begun, first + place))
    joined: list[_Span] = []
    for span in spans:
        if joined and span[0] - joined[-1][1] < 0.3 * height:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _place(row: _Row, columns: Sequence[_Span]) -> list[list[Word]]:
    """The words of a row by column; a stretch over several columns stays whole in its first."""
    cells: list[list[Word]] = [[] for _ in columns]
    starts, ends = zip(*columns, strict=True)
    for stretch in row:
        reached = range(bisect_right(ends, stretch.left), bisect_left(starts, stretch.right))
        if len(reached) > 1 and _is_divisible(stretch, [columns[n] for n in reached]):
            for word in stretch.words:
                cells[_nearest((word.left + word.right) / 2, columns)].append(word)
        else:
            place = reached[0] if reached else _nearest((stretch.left + stretch.right) / 2, columns)
            cells[place] += stretch.words
    return cells


def _is_divisible(stretch: _Stretch, columns: Sequence[_Span]) -> bool:
    """Whether no word crosses from one column to the next, and each column has one with a figure."""
    for word in stretch.words:
        if sum(word.left < span[1] and word.right > span[0] for span in columns) > 1:
            return False
    return any(character.isdigit() for word in stretch.words[1:] for character in word.text)


def _nearest(at: float, columns: Sequence[_Span]) -> int:
    return min(range(len(columns)), key=lambda n: max(columns[n][0] - at, at - columns[n][1]))


def _reads_as_prose(cells: Sequence[list[list[Word]]], columns: Sequence[_Span]) -> bool:
    """Whether two columns are lines of running text, or most text stands in long lines."""
    prose = 0
    for column, span in enumerate(columns):
        lines = [row[column] for row in cells if row[column]]
        full = sum(
            len(line) >= 4 and line[-1].right - line[0].left > 0.75 * (span[1] - span[0]) for line in lines
        )
        prose += full > 0.4 * len(lines)
    return prose >= 2 or (prose == 1 and (len(columns) == 2 or not _has_figures(cells)))


def _has_figures(cells: Sequence[list[list[Word]]]) -> bool:
    """Whether most cells of some column but the first begin with a figure."""
    for column in list(zip(*cells, strict=True))[1:]:
        filled = [cell[0].text for cell in column if cell]
        if sum(any(map(str.isdigit, text)) for text in filled) > 0.5 * len(filled):
            return True
    return False


def _is_list(cells: Sequence[list[list[Word]]]) -> bool:
    """Whether a column holds only bullets, or the second of two has no figures: a list, or signatures."""
    for column in zip(*cells, strict=True):
        filled = [cell for cell in column if cell]
        if sum(len(cell) == 1 and cell[0].text in _BULLETS for cell in filled) > 0.5 * len(filled):
            return True
    second = [row[-1] for row in cells if row[-1]]
    figures = sum(any(map(str.isdigit, word.text)) for cell in second for word in cell[:2])
    return len(cells[0]) == 2 and figures < 0.5 * len(second)


def _is_contents(cells: Sequence[list[list[Word]]]) -> bool:
    """Whether dots lead from most lines to the page they name."""
    led = sum(any(is_leader(word.text) for word in row[0]) for row in cells)
    return len(cells[0]) <= 2 and led > 0.4 * len(cells)


def _join_wrapped(cells: list[list[list[Word]]], height: float) -> list[list[list[Word]]]:
    """Rows with the lines that only continue the cell above joined to it."""
    joined: list[list[list[Word]]] = []
    for row in cells:
        if joined and not row[0] and sum(map(bool, row)) == 1 and _continues(row, joined[-1], height):
            joined[-1] = [above + cell for above, cell in zip(joined[-1], row, strict=True)]
        else:
            joined.append(row)
    return joined


def _continues(row: list[list[Word]], above: list[list[Word]], height: float) -> bool:
    for cell, over in zip(row, above, strict=True):
        if cell:
            return bool(over) and cell[0].top - max(word.bottom for word in over) < 0.3 * height
    return False
