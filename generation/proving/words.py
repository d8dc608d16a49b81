"""A text as words and figures, two spellings of one thing being equal: to find it, to compare texts."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from signals.dates import MONTHS, parts_of
from signals.figures import Figure, find_figures
from signals.number_words import NUMBER_WORDS

_WORD = re.compile(r"[^\W_]+")
_UNITS = {
    "percent": "%|per ?cent|prozent|pour ?cent",
    "eur": "€|eur|euros?",
    "usd": r"\$|usd|us dollars?|dollars?",
    "gbp": "£|gbp|pounds?",
    "chf": "chf|franken",
    "yen": "¥|jpy|yen",
}
_UNIT = re.compile("|".join(f"(?P<{unit}>{signs})" for unit, signs in _UNITS.items()), re.IGNORECASE)
_AFTER = re.compile(rf"\s?(?:{_UNIT.pattern})(?!\w)", re.IGNORECASE)
# Words that are numbers, but seldom meant as one.
_LOOSE = {"one", "ein", "un", "first", "second", "third", "cent", "elf"}


@dataclass(frozen=True)
class Token:
    """A word, or a figure with every reading of it; `unit` is its currency or "percent", where it says one.

    A word `is_unit` when it says no more than the unit of the figure before it.
    """

    text: str
    readings: frozenset[str] = frozenset()
    unit: str = ""
    is_unit: bool = False

    @property
    def key(self) -> str:
        """The same for all spellings of a thing."""
        exact = [reading for reading in self.readings if not reading.startswith("~")]
        # The fullest reading: of a date the day, not its month.
        return min(exact, key=lambda reading: (-len(reading), reading)) if exact else self.text


def read_tokens(text: str) -> list[Token]:
    """The words and figures of a text in order, without regard to case, spaces, marks and soft hyphens."""
    return list(_read(unicodedata.normalize("NFKC", text.replace("\u00ad", ""))))


def find_words(wanted: str, tokens: Sequence[Token]) -> bool:
    """Whether `wanted` stands among the tokens of a text: its words whole and in its order.

    A figure, an amount or a date is found in every notation of it, a day or a month also as part of a
    fuller date. A per cent sign must stand there too; another currency must not.
    """
    sought = [token for token in read_tokens(wanted) if not token.is_unit]
    return bool(sought) and any(_begins_at(sought, tokens, start) for start in range(len(tokens)))


def compare_texts(text: str, other: str) -> float:
    """How near two texts are, 0 to 1: the F1 of ROUGE-L on words and figures.

    Twice the longest common subsequence over the length of both (Lin, “ROUGE: A Package for Automatic
    Evaluation of Summaries”, 2004, with beta = 1).
    """
    first, second = (_keys(one) for one in (text, other))
    if not first or not second:
        return float(first == second)
    return 2 * _longest_common(first, second) / (len(first) + len(second))


def _keys(text: str) -> list[str]:
    return [token.key for token in read_tokens(text) if not token.is_unit]


def _read(text: str) -> Iterator[Token]:
    at = 0
    for figure in find_figures(text):
        place = re.compile(rf"(?<!\w){re.escape(figure.text)}").search(text, at)
        if place is None:
            continue
        yield from _words(text[at : place.start()])
        at = place.end()
        after = _AFTER.match(text, at)
        yield Token(figure.text.casefold(), _all_readings(figure), _unit_of(figure.text, after))
        if after:
            yield Token(after.group().strip().casefold(), is_unit=True)
            at = after.end()
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        yield Token(word, frozenset(_word_readings(word)))


def _word_readings(word: str) -> Iterator[str]:
    if word in MONTHS:
        yield f"--{MONTHS[word]:02d}"
    number = NUMBER_WORDS.get(word, 100)
    if number < 100 and word not in _LOOSE and not word.endswith("th"):
        yield str(number)


def _all_readings(figure: Figure) -> frozenset[str]:
    """The readings of a figure; of a date also its day, its month and its year, though no bare number."""
    parts = {part for reading in figure.readings for part in parts_of(reading) if len(part) > 2}
    return figure.readings | parts


def _unit_of(figure: str, after: re.Match[str] | None) -> str:
    found = after or _UNIT.search(figure)
    return "" if found is None or not found.lastgroup else found.lastgroup


def _begins_at(sought: Sequence[Token], tokens: Sequence[Token], start: int) -> bool:
    at = start
    for number, token in enumerate(sought):
        # The text may name the unit where the wanted words do not.
        if number and at < len(tokens) and tokens[at].is_unit and not _is_same(token, tokens[at]):
            at += 1
        if at >= len(tokens) or not _is_same(token, tokens[at]):
            return False
        at += 1
    return True


def _is_same(wanted: Token, found: Token) -> bool:
    if wanted.text == found.text:
        return True
    if wanted.unit != found.unit and (wanted.unit == "percent" or (wanted.unit and found.unit)):
        return False
    return not _own_readings(wanted).isdisjoint(found.readings)


def _own_readings(token: Token) -> frozenset[str]:
    """What is looked for: not the parts of a date, or any day of its month would do."""
    parts = {part for reading in token.readings for part in parts_of(reading)}
    return (token.readings - parts) or token.readings


def _longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest common subsequence, all of `first` at once in the bits of one number.

    Hyyrö, “Bit-parallel LCS-length computation revisited”, 2004.
    """
    places: dict[str, int] = {}
    for number, one in enumerate(first):
        places[one] = places.get(one, 0) | 1 << number
    full = (1 << len(first)) - 1
    row = full
    for one in second:
        hits = row & places.get(one, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(first) - row.bit_count()
