"""Figures, dates and amounts in a text, normalised so that two notations of one thing are equal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

_MONTH_NAMES = (
    "january jan januar|february feb februar|march mar märz|april apr|may mai|june jun juni|july jul juli|"
    "august aug|september sep sept|october oct oktober okt|november nov|december dec dezember dez"
)
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATES = (
    re.compile(r"(?<![\d.])(?P<year>\d{4})-(?P<m>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})[./](?P<m>\d{1,2})[./](?P<year>\d{4}|\d{2})(?!\d)"),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?(?!\w)",
        re.I,
    ),
    re.compile(
        rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?![\w:])", re.I
    ),
)
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_NUMBER = re.compile(
    r"(?<![\w.,])(?:[€$£]\s?)?(?P<number>\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|mio|bn|mn|[km](?![\w²³]))\b)?"
    r"(?=st\b|nd\b|rd\b|th\b|[^\d]|$)",
    re.I,
)
_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
_WORD = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.I)


@dataclass(frozen=True)
class Figure:
    """A figure as it stands in the text, and every reading of it that would be the same thing."""

    text: str
    readings: frozenset[str]


def find_figures(text: str) -> list[Figure]:
    """The dates and numbers of `text` in order; what is part of a date is no number of its own."""
    found: list[tuple[int, Figure]] = []
    rest = text
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            if readings := _date_readings(match):
                found.append((match.start(), Figure(match.group().strip(), frozenset(readings))))
                rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    for match in _NUMBER.finditer(rest):
        figure = Figure(match.group().strip(), frozenset(_number_readings(match)))
        found.append((match.start(), figure))
    return [figure for _, figure in sorted(found, key=lambda entry: entry[0])]


def known_readings(text: str) -> frozenset[str]:
    """Every reading that `text` supports: its figures, numbers written as words, parts of its dates."""
    readings: set[str] = set()
    for figure in find_figures(text):
        readings |= figure.readings
        for reading in figure.readings:
            readings.update(_date_parts(reading))
    readings.update(str(_WORDS[match.group().lower()]) for match in _WORD.finditer(text))
    return frozenset(readings)


def is_supported(figure: Figure, known: frozenset[str]) -> bool:
    """Whether `figure` stands in a text with these `known_readings`.

    A date with a year is supported by the same day without one, when that year stands elsewhere.
    """
    if figure.readings & known:
        return True
    for reading in figure.readings:
        year, dash, day = reading.partition("-")
        if dash and year.isdigit() and f"--{day}" in known and year in known:
            return True
    return False


def read_date(text: str) -> date | None:
    """The date that `text` is, whole; None when it is not one. Day before month where both could be."""
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match and match.groupdict().get("year"):
            for reading in _date_readings(match):
                return date.fromisoformat(reading)
    return None


def read_number(text: str) -> Decimal | None:
    """The number that `text` is, whole: with a currency, a per cent sign or a unit beside it or not."""
    bare = re.sub(r"^[^\d+\-−(]*|[^\d)]*$", "", text.strip())
    match = re.fullmatch(r"[(+\-−]?\s?(?:[€$£]\s?)?(\d[\d.,  \u202f'’]*)\)?", bare)
    values = _decimals(match.group(1)) if match else []
    return values[0] if values else None


def _date_readings(match: re.Match[str]) -> list[str]:
    parts = match.groupdict()
    day = int(parts["day"])
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["m"])
    year = parts.get("year")
    if year and len(year) == 2:
        year = f"20{year}"
    orders = [(month, day)] if parts.get("month") or match.re is _DATES[0] else [(month, day), (day, month)]
    readings = []
    for one_month, one_day in orders:
        try:
            date(int(year or 2000), one_month, one_day)
        except ValueError:
            continue
        readings.append(f"{year or '-'}-{one_month:02d}-{one_day:02d}")
    return readings


def _date_parts(reading: str) -> Iterator[str]:
    if reading.count("-") >= 2:
        year, _, rest = reading.rpartition("-")[0].rpartition("-")[0], "", reading[-5:]
        yield f"--{rest}"
        yield str(int(reading[-2:]))
        if year.isdigit():
            yield year


def _number_readings(match: re.Match[str]) -> list[str]:
    scale = _SCALES.get((match.group("scale") or "").lower(), 1)
    values = _decimals(match.group("number"))
    return [_canonical(value * scale) for value in values]


def _decimals(number: str) -> list[Decimal]:
    """What a written number can mean: the last of two separators, or one not before three digits, is a point."""
    bare = re.sub(r"[ \u00a0\u202f'’]", "", number).rstrip(".,")
    separators = [character for character in bare if character in ".,"]
    if len(set(separators)) == 2:
        point = max(bare.rfind("."), bare.rfind(","))
        candidates = [re.sub(r"[.,]", "", bare[:point]) + "." + bare[point + 1 :]]
    elif not separators:
        candidates = [bare]
    elif len(separators) > 1:
        candidates = [re.sub(r"[.,]", "", bare)]
    else:
        point = bare.find(separators[0])
        decimal = bare.replace(",", ".")
        grouped = bare.replace(separators[0], "")
        three = len(bare) - point == 4 and point <= 3 and bare[0] != "0"
        candidates = [grouped, decimal] if three else [decimal]
        if three and separators[0] == ".":
            candidates.reverse()
    values = []
    for candidate in candidates:
        try:
            values.append(Decimal(candidate))
        except InvalidOperation:
            continue
    return values


def _canonical(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return "0" if text == "-0" else text
