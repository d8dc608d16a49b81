"""The tables of a page, by its ruling lines and by words that stand in columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from generation.documents.pdf.words import Word

Line = list[Word]
_left = attrgetter("left")
_RTL = ("\u0590", "\u08ff")


@dataclass(frozen=True)
class Table:
    """Rows of equal length, and the words of the page that stand in them."""

    rows: list[list[str]]
    words: list[Word]


def split_lines(words: Sequence[Word]) -> list[Line]:
    """The words that stand side by side, lines from the top, each from the left."""
    if not words:
        return []
    heights = sorted([word.bottom - word.top for word in words])
    near = 0.45 * heights[len(heights) // 2]
    lines: list[Line] = []
    limit = float("-inf")
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        middle = (word.top + word.bottom) / 2
        if middle > limit:
            lines.append([])
            limit = middle + near
        lines[-1].append(word)
    for line in lines:
        line.sort(key=_left)
    return lines


def join_words(words: Sequence[Word]) -> str:
    """The text of a cell; leading dots after a label are left out."""
    if len(words) == 1:
        return words[0].text
    if all(abs(word.top - words[0].top) < 2 for word in words):
        return _join_line(sorted(words, key=_left))
    return "\n".join(_join_line(line) for line in split_lines(words))


def _join_line(line: Line) -> str:
    texts = [word.text for word in line]
    if sum(map(is_right_to_left, texts)) * 2 > len(texts):
        texts.reverse()
    if texts.count(".") > 2:
        texts = [text for text in texts if text != "."]
    return " ".join([text for text in texts if not is_leader(text)] or texts)


def is_leader(text: str) -> bool:
    return text.startswith("....") and not text.strip(".")


def is_right_to_left(text: str) -> bool:
    return not text.isascii() and any(_RTL[0] <= character <= _RTL[1] for character in text)


def make_table(cells: list[list[list[Word]]]) -> Table:
    """The table of `cells` by row and column, without empty rows and columns."""
    rows = [row for row in cells if any(row)]
    columns = [column for column in range(len(cells[0])) if any(row[column] for row in rows)] if cells else []
    words = [word for row in rows for cell in row for word in cell]
    if sum([is_right_to_left(word.text) for word in words]) * 3 > len(words):
        columns.reverse()
    return Table([[join_words(row[column]) for column in columns] for row in rows], words)
