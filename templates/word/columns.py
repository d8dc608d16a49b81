"""How wide the columns of a table are, from what stands in them."""

from collections.abc import Sequence

# One character of the table's text and the space at a cell's sides, in twentieths of a point.
_CHARACTER = 108
_PADDING = 240
_NARROWEST = 3
# Longer words are broken, and text beyond this length wants no wider column.
_LONGEST_WORD = 22
_LONGEST_LINE = 70
# A cell this short (a date, an amount with its currency) should stay on one line.
_SHORT_LINE = 12


def column_widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], count: int, text_width: int
) -> list[int]:
    """Widths of `count` columns that sum to `text_width`.

    As a browser does it: every column gets room for its longest word, and what is left is shared by
    how much more each would need to stay on one line.
    """
    least, wanted = [], []
    for n in range(count):
        texts = [row[n] for row in (header, *rows) if n < len(row)]
        word = max((_longest_word(text) for text in texts), default=0)
        line = max((len(text) for text in texts), default=0)
        least.append(max(min(word, _LONGEST_WORD), _NARROWEST) * _CHARACTER + _PADDING)
        wanted.append(max(min(line, _LONGEST_LINE) * _CHARACTER + _PADDING, least[n]))
    spare = text_width - sum(least)
    if spare < 0:
        return _share(text_width, least)
    if sum(wanted) <= text_width:
        return _share(text_width, wanted)
    more = _share(spare, [want - need for want, need in zip(wanted, least, strict=True)])
    return [need + extra for need, extra in zip(least, more, strict=True)]


def _longest_word(text: str) -> int:
    if len(text) <= _SHORT_LINE:
        return len(text)
    return max((len(word) for word in text.split()), default=0)


def _share(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole numbers by weight; what rounding leaves goes to the last."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    shares[-1] += total - sum(shares)
    return shares
