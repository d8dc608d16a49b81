"""How wide the columns of a table are, from what stands in them."""

from collections.abc import Iterable, Sequence
from math import ceil

# One character of the table's text, in twentieths of a point.
_CHARACTER = 108
# Headings are bold and begin with a capital: wider than their letters count.
_BOLD = 1.3
_NARROWEST = 3
# Longer words are broken, and text beyond this length wants no wider column.
_LONGEST_WORD = 22
_LONGEST_LINE = 70
# A cell this short (a date, an amount with its currency) should stay on one line.
_SHORT_LINE = 12


def column_widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], count: int, text_width: int, padding: int
) -> list[int]:
    """Widths of `count` columns that sum to `text_width`; `padding` is the room at both sides of a cell.

    As a browser does it: every column gets room for its longest word, and what is left is shared by
    how much more each would need to stay on one line. All are twentieths of a point.
    """
    words, short, lines = [], [], []
    for n in range(count):
        texts = [row[n] for row in rows if n < len(row)]
        longest = _longest_word(texts)
        if n < len(header):
            longest = max(longest, ceil(_longest_word(header[n : n + 1]) * _BOLD))
            texts.append(header[n])
        word = min(longest, _LONGEST_WORD)
        lengths = [len(text) for text in texts]
        words.append(max(word, _NARROWEST))
        short.append(max(words[n], max((size for size in lengths if size <= _SHORT_LINE), default=0)))
        lines.append(max(short[n], min(max(lengths, default=0), _LONGEST_LINE)))
    least, kept, wanted = ([size * _CHARACTER + padding for size in sizes] for sizes in (words, short, lines))
    if sum(wanted) <= text_width:
        return _share(text_width, wanted)
    for base in (kept, least):
        spare = text_width - sum(base)
        if spare >= 0:
            more = _share(spare, [want - need for want, need in zip(wanted, base, strict=True)])
            return [need + extra for need, extra in zip(base, more, strict=True)]
    return _share(text_width, least)


def _longest_word(texts: Iterable[str]) -> int:
    longest = 0
    for text in texts:
        # A text that is shorter as a whole holds no longer word.
        if len(text) > longest:
            longest = max(longest, max(map(len, text.split()), default=0))
    return longest


def _share(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole numbers by weight; what rounding leaves goes to the last."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    shares[-1] += total - sum(shares)
    return shares
