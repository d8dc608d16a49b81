"""Figures, dates and amounts in a text, normalised so that two notations of one thing are equal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from signals import dates
from signals.dates import read_date
from signals.number_words import read_number_words
from signals.numerals import SCALES, SPACES, canonical, decimals, likeliest, read_number

__all__ = ["Figure", "find_figures", "is_supported", "known_readings", "read_date", "read_number"]

_SCALE = "(?:" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?!\w)"
_AMOUNT = rf"(?:\d{{0,2}}(?:[{SPACES}'’]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d*(?:[.,]\d+)*)"
# What stands in a document counts wherever it stands; what a text claims is a figure only on its own.
_KNOWN = re.compile(rf"(\d{_AMOUNT})(?:[{SPACES}-]?({_SCALE}))?")
_CLAIMED = re.compile(
    rf"(?<!\w)(?<!\d[.,'’])(?P<currency>[€$£¥]\s?|(?:eur|usd|gbp|chf|fy)\s?)?(?P<number>\d{_AMOUNT})"
    rf"(?:[{SPACES}-]?(?P<scale>{_SCALE}))?(?:st\b|nd\b|rd\b|th\b|\s?%)?"
    rf"(?=\s?(?:[-–]|to\s|and\s|bis\s)\s?[€$£¥]?\d[\d.,]*[{SPACES}-]?(?P<later>{_SCALE})|)"
)
_PHONE = re.compile(
    r"[+(\d](?<![\w+.,].)(?:(?:(?<=[+])\d|(?<=[(])0|(?<=0)\d)[\d ()/-]{5,18}\d|"
    r"(?:(?<=[(])\d|(?<=\d))\d\d\)?[ .-]\d{3}[.-]\d{4})(?![.,]?\d)"
)
_UNITS = {
    1_000: (
        "in thousands",
        "thousands of",
        "'000",
        "’000",
        "€000",
        "$000",
        "£000",
        "teur",
        "t€",
        "k€",
        " tsd",
    ),
    1_000_000: (
        "in millions",
        "millions of",
        "million)",
        "€ million",
        "$ million",
        "£ million",
        "€million",
        "€m",
        "$m",
        "£m",
        "€ m",
        "m€",
        "meur",
        "in mio",
    ),
}
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,3})?")
_GROUPED = re.compile(r"\d+,\d{1,3}|\d{1,3}(?:[,.]\d{3})+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Figure:
    """A figure as it stands in the text, and every reading of it that would be the same thing.

    A reading "~1200000/100000" is met by any amount that rounds to 1.2 million.
    """

    text: str
    readings: frozenset[str]


def find_figures(text: str) -> list[Figure]:
    """The dates and numbers of `text` in order; what is part of a date is no number of its own.

    Digits inside a word, as in B2B or Q3, are no figure.
    """
    stretches, rest = dates.take_dates(_lower(text))
    for match in _PHONE.finditer(rest):
        stretches.append(dates.Stretch(match.start(), match.end(), _phone_readings(match.group())))
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    for match in _CLAIMED.finditer(rest):
        stretches.append(dates.Stretch(match.start(), match.end(), frozenset(_claimed_readings(match))))
    stretches.sort(key=lambda stretch: stretch.start)
    return [Figure(_name(text[one.start : one.end]), one.readings) for one in stretches]


def known_readings(text: str) -> frozenset[str]:
    """Every reading that `text` supports: its figures, numbers written as words, parts of its dates.

    "×1000" among them says that the text declares amounts in thousands.
    """
    lower = _lower(text)
    stretches, rest = dates.take_dates(lower)
    readings = {reading for stretch in stretches for reading in stretch.readings}
    readings.update([part for reading in readings for part in dates.parts_of(reading)])
    for phone in set(_PHONE.findall(rest)):
        readings |= _phone_readings(phone)
    for number, scale in set(_KNOWN.findall(rest)):
        readings.add(likeliest(number))
        if scale or not _PLAIN.fullmatch(number):
            readings.update(_more_readings(number, scale))
    words = _WORD.findall(lower)
    readings.update(map(str, read_number_words(words)))
    readings.update(f"--{dates.MONTHS[month]:02d}" for month in dates.MONTHS.keys() & set(words))
    readings.update(f"×{unit}" for unit, signs in _UNITS.items() if any(sign in lower for sign in signs))
    return frozenset(readings)


def is_supported(figure: Figure, known: frozenset[str]) -> bool:
    """Whether `figure` stands in a text with these `known_readings`.

    A date with a year is supported by the same day without one, when that year stands elsewhere; an amount
    in millions by any that rounds to it; figures apart by a space by each of them.
    """
    if figure.readings & known:
        return True
    parts = re.split(f"[{SPACES}]", figure.text)
    if len(parts) > 1 and all(part.isdigit() and canonical(Decimal(part)) in known for part in parts):
        return True
    return any(_is_nearly(reading, known) for reading in figure.readings)


def _name(text: str) -> str:
    """A figure without the point that may end its sentence."""
    text = text.strip()
    return text if text.lower().endswith("m.") else text.rstrip(".")


def _is_nearly(reading: str, known: frozenset[str]) -> bool:
    if reading.startswith("~"):
        value, _, step = reading[1:].partition("/")
        units = [1.0, *(unit for unit in _UNITS if f"×{unit}" in known)]
        return any(_is_rounded(float(value) / unit, float(step) / unit, known) for unit in units)
    year, _, day = reading.partition("-")
    if year.isdigit() and day:
        return f"--{day}" in known and year in known
    first, slash, second = reading.partition("/")
    if slash:
        return first in known and second in known
    if reading.isdigit() and len(reading.rstrip("0")) > 2:
        return any(f"×{unit}" in known and canonical(Decimal(reading) / unit) in known for unit in _UNITS)
    return False


def _is_rounded(value: float, step: float, known: frozenset[str]) -> bool:
    """Whether a known number rounds to `value`, or is it with the digits below `step` cut off."""
    low, high = value - step / 2, value + step
    lengths = {len(str(int(low))), len(str(int(high)))}
    near = (one for one in known if len(one.partition(".")[0]) in lengths and one[0].isdigit())
    return any(low <= float(one) < high for one in near if "-" not in one and "/" not in one)


def _lower(text: str) -> str:
    """`text` in lower case, every character in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _phone_readings(number: str) -> frozenset[str]:
    """A telephone number by its last digits, whatever is dialled before them; or a number after all."""
    digits = re.sub(r"\D", "", number)
    return frozenset([f"tel {digits[-7:]}", canonical(Decimal(digits))])


def _claimed_readings(match: re.Match[str]) -> Iterator[str]:
    number, word = match["number"], match["scale"] or match["later"]
    if not match["scale"]:
        yield likeliest(number)
    if not word:
        return
    for value in decimals(number):
        amount = value * SCALES[word]
        yield canonical(amount)
        step = min(Decimal(SCALES[word]).scaleb(int(value.as_tuple().exponent)), amount / 10)
        yield f"~{canonical(amount)}/{canonical(step)}"
        if word in ("k", "m") and not match["currency"]:
            yield canonical(value)


def _more_readings(number: str, word: str) -> Iterator[str]:
    """What else a number in a document can be: scaled, neighbouring cells, or a list without spaces."""
    if word:
        yield from (canonical(value * SCALES[word]) for value in decimals(number))
    if any(space in number for space in SPACES):
        yield from _cells(re.split(f"[{SPACES}]", number))
    if "," in number and not _GROUPED.fullmatch(number):
        yield from (likeliest(bit) for bit in number.split(","))


def _cells(groups: list[str]) -> Iterator[str]:
    """A table read from a page may have only a space between its cells: any neighbours may be one number."""
    for start in range(len(groups)):
        for end in range(start + 1, min(start + 4, len(groups)) + 1):
            yield likeliest("".join(groups[start:end]))
