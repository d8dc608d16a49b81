"""How wide the columns of a table are, and how large its text, from what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass

# All lengths are twentieths of a point, at the usual size of a table's text.
_LETTER, _CAPITAL, _NARROW, _WIDE, _IDEOGRAPH = 110, 135, 62, 160, 180
_NARROW_LETTERS = frozenset("iljtfI.,:;'’|!()[]/- \u00a0\u202f")
_WIDE_LETTERS = frozenset("mwMW@%—")
_NARROWEST = 3 * _LETTER
# A cell this short (a date, an amount with its currency) should stay on one line.
_SHORT_LINE = 18
# Longer words may be broken where others need the room, those beyond the second length always; text
# beyond the third wants no wider column.
_LONGEST_WORD = 22 * _LETTER
_LONGEST_WHOLE_WORD = 45 * _LETTER
_LONGEST_LINE = 70 * _LETTER
# In half points: the usual size, and what is tried before a word or a figure is broken.
USUAL_SIZE = 18
_SIZES = (USUAL_SIZE, 16, 14, 13)


@dataclass(frozen=True)
class Layout:
    """The widths of a table's columns, and the size of its text in half points."""

    widths: list[int]
    size: int


def lay_out_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], count: int, text_width: int, padding: int
) -> Layout:
    """The layout of `count` columns as wide as the text; `padding` is the room at both sides of a cell.

    As a browser does it: every column gets room for its longest word, and what is left is shared by how
    much more each would need to stay on one line. Where even the words have no room the text gets smaller.
    """
    columns = [_measure_column(header, rows, n) for n in range(count)]
    for size in _SIZES:
        scaled = [[need * size // USUAL_SIZE + padding for need in column] for column in columns]
        least, kept, whole, wanted = (list(needs) for needs in zip(*scaled, strict=True))
        if sum(least) > text_width and size != _SIZES[-1]:
            continue
        if sum(wanted) <= text_width:
            return Layout(_share(text_width, wanted), size)
        for base in (whole, kept, least):
            spare = text_width - sum(base)
            if spare >= 0:
                more = _share(spare, [max(want - need, 0) for want, need in zip(wanted, base, strict=True)])
                return Layout([need + extra for need, extra in zip(base, more, strict=True)], size)
    return Layout(_share(text_width, least), _SIZES[-1])


def _measure_column(
    header: Sequence[str], rows: Sequence[Sequence[str]], n: int
) -> tuple[int, int, int, int]:
    """What a column needs: for its words, also for its short lines, also for its long words, for all."""
    texts = [row[n] for row in rows if n < len(row)]
    heading = header[n] if n < len(header) else ""
    longest = max(_measure(_longest_word(" ".join(texts))), _measure(_longest_word(heading)))
    words = max(min(longest, _LONGEST_WORD), _NARROWEST)
    most = max(map(len, texts), default=0)
    short = texts if most <= _SHORT_LINE else [text for text in texts if len(text) <= _SHORT_LINE]
    kept = max(words, _measure(max(short, key=len, default="")))
    whole = max(kept, min(longest, _LONGEST_WHOLE_WORD))
    line = max(_measure(heading), most * _LETTER)
    return words, kept, whole, max(whole, min(line, _LONGEST_LINE))


def _longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")


def _measure(text: str) -> int:
    """The width of a text in the bold type of a heading, a little more than that of the other cells."""
    return sum(map(_measure_letter, text))


def _measure_letter(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    if letter > "\u1100":
        return _IDEOGRAPH
    return _CAPITAL if letter.isupper() else _LETTER


def _share(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole numbers by weight, equally where none has any; the last gets what rounding leaves."""
    whole = sum(weights)
    shares = [total * weight // whole if whole else total // len(weights) for weight in weights]
    shares[-1] += total - sum(shares)
    return shares
