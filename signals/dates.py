"""Dates and times of day in a text, in the notations of seven languages of western Europe."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTH_NAMES = (
    "january jan januar jänner janvier janv gennaio enero januari janeiro",
    "february feb februar février fevrier févr febbraio febrero februari fevereiro",
    "march mar märz mär mrz mars marzo maart março",
    "april apr avril avr aprile abril",
    "may mai maggio mayo mei maio",
    "june jun juni juin giugno junio junho",
    "july jul juli juillet juil luglio julio julho",
    "august aug août aout agosto augustus",
    "september sep sept septembre settembre septiembre setembro",
    "october oct oktober okt octobre ottobre octubre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc dicembre diciembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# Two digits of a year above this belong to the last century.
_PIVOT = 68

# A pattern that begins with one plain digit is searched several times faster: look back after it.
_DIGIT = r"\d(?<!\w\d)(?<!\d[.,:/-]\d)"
_YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d)"
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_DAY = r"\d?(?!\d)(?:st\b|nd\b|rd\b|th\b|er\b|º|\.(?!\d))?"
_MORE_DAYS = rf"(?:\s?(?:[-–/,&]|,?\s?(?:and|to|or|und|bis|oder|et|au|y|al|e)\s(?:the\s)?)\s?\d{_DAY})*"
_DAYS = rf"(?P<days>{_DIGIT}{_DAY}{_MORE_DAYS})"
_ISO = re.compile(
    r"(?P<year>\d{4}(?<!\w\d\d\d\d)(?<!\d[.,:/-]\d\d\d\d))(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<days>\d\d?)(?!\d)"
)
_NUMERIC = re.compile(
    rf"(?P<days>{_DIGIT}\d?)(?P<sep>[./-])(?P<m>\d\d?)(?P=sep)(?P<year>\d{{4}}|\d\d)(?!\.?\d)"
)
_DAY_FIRST = re.compile(
    rf"{_DAYS}[\s-]+(?:of\s+|de\s+|day\s+of\s+)?{_MONTH}(?![^\W\d_])\.?"
    rf"(?:(?:[\s,-]+|\s+del?\s+)(?P<year>{_YEAR})|(?:-|,?\s?['’])(?P<short>\d\d)(?!\w))?"
)
_MONTH_FIRST = re.compile(
    rf"{_MONTH}(?![^\W\d_])[.,]?(?:\s+|-)(?:of\s+|del?\s+|the\s+)?"
    rf"(?:(?P<only>{_YEAR})(?!\w)|(?P<days>\d{_DAY}{_MORE_DAYS})(?:(?:,|,?\s+)(?P<year>{_YEAR}))?(?![\w:])(?![.,]\d))"
)
_SHORT = re.compile(rf"(?P<days>{_DIGIT}\d?)\.(?P<m>\d\d?)\.(?!\d)")
_MONTH_OF_YEAR = re.compile(rf"(?P<m>{_DIGIT}\d?)(?P<sep>[/.])(?P<only>{_YEAR})(?![.,/]?\d)")
_YEARS = re.compile(
    r"(?P<year>\d{4}(?<!\w\d\d\d\d)(?<!\d[.,:/-]\d\d\d\d))\s?[-–/]\s?(?P<next>\d\d(?:\d\d)?)(?!\d)(?![.:/-]\d)"
)
_TIME = re.compile(
    r"(?P<hour>\d(?<!\d\d)(?<!\d[.,:]\d)\d?)"
    r"(?:[:h](?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"|(?:\.(?P<minutes>[0-5]\d))?\s?(?:(?P<half2>[ap])\.?m\b\.?|uhr\b|o['’]clock\b))"
)
_READING = re.compile(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}[.,]{0,2}\s+(?=\d)")
_DATES = (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST, _MONTH_OF_YEAR, _YEARS, _SHORT)


@dataclass(frozen=True)
class Stretch:
    """A part of a text, from `start` to `end`, and all that it can mean."""

    start: int
    end: int
    readings: frozenset[str]


def take_dates(lower: str) -> tuple[list[Stretch], str]:
    """The dates and times in a lower-case text, and the text with blanks in their place.

    Readings are "2026-03-14", "--03-14" without a year, "2026-03" for a month, "T14:30" for a time.
    """
    found: list[Stretch] = []
    memory: dict[tuple[re.Pattern[str], str], frozenset[str]] = {}

    def take(match: re.Match[str]) -> str:
        text = match.group()
        readings = memory.get((match.re, text))
        if readings is None:
            readings = memory[match.re, text] = _read_match(match)
        if not readings or (match.re is _MONTH_FIRST and _inside_word(match)):
            return text
        found.append(Stretch(match.start(), match.end(), readings))
        return " " * len(text)

    for pattern in (*_DATES, _TIME):
        lower = pattern.sub(take, lower)
    return found, lower


@lru_cache(maxsize=10_000)
def parts_of(reading: str) -> tuple[str, ...]:
    """What a text with this date or time also supports: the year, the month, the day, the hour alone."""
    if reading.startswith("T"):
        hour, minute = int(reading[1:3]), int(reading[4:])
        return str(hour), str(hour % 12 or 12), str(minute)
    if "/" in reading:
        first, second = reading.split("/")
        return first, second, second[2:]
    match = _READING.fullmatch(reading)
    if not match:
        return ()
    year, month, day = match.groups()
    parts = [f"--{month}", *([f"--{month}-{day}", str(int(day))] if day else [str(int(month))])]
    return (*parts, *([year, f"{year}-{month}"] if year != "-" else []))


def read_date(text: str) -> date | None:
    """The date that `text` is, whole; None when it is not one. Day before month where both could be."""
    lower = text.strip().lower()
    for bare in (lower, _WEEKDAY.sub("", lower)):
        for pattern in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST):
            match = pattern.fullmatch(bare)
            for year, month, day in _candidates(match) if match and match["days"] else ():
                if year:
                    return date(year, month, day)
    return None


def _read_match(match: re.Match[str]) -> frozenset[str]:
    if match.re is _TIME:
        return frozenset(_times(match))
    if match.re is _YEARS:
        return frozenset(_years(int(match["year"]), int(match["next"])))
    if match.groupdict().get("only"):
        month = _month_of(match)
        return frozenset([f"{match['only']}-{month:02d}"] if 1 <= month <= 12 else [])
    readings = {f"{year or '-'}-{month:02d}-{day:02d}" for year, month, day in _candidates(match)}
    if match.re is _MONTH_FIRST and match["days"].isdigit() and "-" in match.group():
        readings.add(f"20{match['days']:>02}-{_month_of(match):02d}")  # "Mar-26", as spreadsheets show months
    if readings and match.re is _SHORT:
        # "3.12." may as well be the number 3.12 at the end of a sentence.
        readings.add(f"{int(match['days'])}.{match['m'].rstrip('0')}".rstrip("."))
    return frozenset(readings)


def _candidates(match: re.Match[str]) -> Iterator[tuple[int | None, int, int]]:
    """(year, month, day) for each day named and each way to read it; year None where none is said."""
    groups = match.groupdict()
    month = _month_of(match)
    both = match.re is _NUMERIC
    years = _full_years(groups.get("year") or groups.get("short") or "")
    for number in re.findall(r"\d+", groups["days"]):
        day = int(number)
        for one_month, one_day in [(month, day), (day, month)] if both and day != month else [(month, day)]:
            for year in years:
                if _is_date(year or 2000, one_month, one_day):
                    yield year, one_month, one_day


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return MONTHS[groups["month"]] if groups.get("month") else int(groups["m"])


def _full_years(digits: str) -> list[int | None]:
    """The years that these digits can be, the likelier first; [None] for no digits."""
    if not digits:
        return [None]
    if len(digits) == 4:
        return [int(digits)]
    this, last = 2000 + int(digits), 1900 + int(digits)
    return [this, last] if int(digits) <= _PIVOT else [last, this]


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _years(year: int, following: int) -> Iterator[str]:
    """A season such as 2026-27, or a month such as 2026-03."""
    if not 1500 <= year < 2200:
        return
    if following in (year + 1, (year + 1) % 100):
        yield f"{year}/{year + 1}"
    if 1 <= following <= 12:
        yield f"{year}-{following:02d}"


def _times(match: re.Match[str]) -> Iterator[str]:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
    half = match["half"] or match["half2"]
    if hour > (12 if half else 24):
        return
    if half:
        yield f"T{hour % 12 + (12 if half == 'p' else 0):02d}:{minute:02d}"
        return
    yield f"T{hour:02d}:{minute:02d}"
    if 1 <= hour <= 12 and not match["hour"].startswith("0"):
        yield f"T{(hour + 12) % 24:02d}:{minute:02d}"


def _inside_word(match: re.Match[str]) -> bool:
    return match.start() > 0 and match.string[match.start() - 1].isalnum()
