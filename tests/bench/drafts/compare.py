"""Whether a text says a fact, and which rows and cells of a table are the right ones."""

import re
from collections.abc import Sequence

from signals.figures import find_figures, is_supported, known_readings, read_date, read_number
from tests.bench.drafts.key import Alternatives, any_of

# A cell of so many words is a sentence: its meaning counts, not its letters.
_A_SENTENCE = 4
_SAME_MEANING = 0.5
_SAME_ROW = 0.5
_SMALL = "a an and at by for from in into of on or out the to up with"
_STOP_WORDS = frozenset(_SMALL.split())


def says(text: str, fact: Alternatives) -> bool:
    """Whether `text` says one of the spellings of `fact`; figures and dates in any notation."""
    return any(_says(text, one) for one in any_of(fact))


def _says(text: str, fact: str) -> bool:
    figures = find_figures(fact)
    if len(figures) == 1 and figures[0].text == fact.strip():
        return is_supported(figures[0], known_readings(text))
    start = r"(?<!\w)" if fact[0].isalnum() else ""
    end = r"(?!\d)" if fact[-1].isdigit() else ""
    return bool(re.search(start + re.escape(_fold(fact)) + end, _fold(text)))


def is_right(cell: str, right: Alternatives) -> bool:
    """Whether `cell` means one of the right ones: the same number, day, words or sense."""
    return any(_is_right(cell, one) for one in any_of(right))


def _is_right(cell: str, right: str) -> bool:
    if not right.strip() or not cell.strip():
        return cell.strip() == right.strip()
    if (day := read_date(right)) is not None:
        # Without its year, or with two digits of it, a day may still be the right one.
        meant = {day.isoformat(), f"--{day:%m-%d}"}
        return read_date(cell) == day or any(meant & one.readings for one in find_figures(cell))
    if (number := read_number(right)) is not None:
        return read_number(cell) == number
    if len(_words(right)) >= _A_SENTENCE:
        return _likeness(cell, right) >= _SAME_MEANING
    return _words(cell) == _words(right)


def match_rows(rows: Sequence[str], right: Sequence[Alternatives]) -> dict[int, int]:
    """For each right row, by its first cell, the row of the draft that is it; the likest pairs first."""
    likeness = {
        (key, row): max(_likeness(rows[row], one) for one in any_of(right[key]))
        for key in range(len(right))
        for row in range(len(rows))
    }
    matched: dict[int, int] = {}
    # Of equally like ones, those that stand in the same place.
    order = sorted(likeness, key=lambda pair: (-likeness[pair], abs(pair[0] - pair[1]), pair))
    for key, row in order:
        if likeness[key, row] >= _SAME_ROW and key not in matched and row not in matched.values():
            matched[key] = row
    return matched


def _likeness(first: str, second: str) -> float:
    """The share of words two texts have in common (F1), 0 to 1."""
    one, other = _words(first), _words(second)
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def _words(text: str) -> set[str]:
    """The words that carry the meaning, without endings that vary."""
    words = set(re.findall(r"\w+", _fold(text))) - _STOP_WORDS
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words}


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
