"""How a language writes figures and dates, and one figure or date shown in it without a change of meaning.

The conventions are those of the Unicode CLDR, by Babel.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from signals.dates import read_date, take_dates
from signals.numerals import SCALES, SPACES
from templates.word.language import word_language

if TYPE_CHECKING:
    from babel.core import Locale

_MINUS = "−"
_CODES = "EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|CAD|AUD|NZD|INR|BRL|MXN|ZAR|SGD|HKD|KRW"
_CURRENCY = rf"(?:(?:[A-Z]{{1,2}})?[€$£¥₹₽₺₩₪₴₫฿]|(?:{_CODES})(?![^\W\d_])|Fr\.|kr\.?|zł|Kč)"
_HAS_CURRENCY = re.compile(_CURRENCY)
_WHOLE_CELL = re.compile(
    rf"(?P<before>(?:[~≈<>≤≥±]\s?)?\(?(?:{_CURRENCY}\s?)?)(?P<sign>[-−–+]?\s?)(?P<unit>(?:{_CURRENCY}\s?)?)"
    rf"(?P<number>[0-9](?:[0-9.,'’{SPACES}]*[0-9])?)(?P<after>\D*)"
)
_PLAIN = re.compile(r"(?P<whole>\d+)(?:(?P<point>[.,])(?P<places>\d+))?")
_GROUPED = re.compile(
    rf"(?P<whole>\d{{1,3}}(?P<group>[.,'’]|[{SPACES}])\d{{3}}(?:(?P=group)\d{{3}})*)"
    r"(?:(?!(?P=group))(?P<point>[.,])(?P<places>\d+))?"
)
# A word or two after the figure: km, days, million, Mio. €.
_UNIT = re.compile(r"(?:\s?[^\s\d.,;:!?()]{1,14}\.?){0,2}\)?")
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_AMOUNT_END = re.compile(rf"\s?(?:(?:{_SCALE})\b\.?\s?)?(?:[%‰]|{_CURRENCY})?\)?", re.IGNORECASE)
_PERCENT = re.compile(rf"[{SPACES}]?%")
_EITHER_WAY = re.compile(r"\d\d?(?P<mark>[./-])\d\d?(?P=mark)\d{4}")
_LONGEST_FIGURE = 60
_MOST_DIGITS = 15


@dataclass(frozen=True)
class Notation:
    """A language's marks, its groups of digits, what stands before a % sign (None: not known), its dates."""

    point: str
    group: str
    last_group: int
    other_groups: int
    percent_space: str | None
    date_form: str
    day_first: bool
    locale: "Locale"


class Figure(NamedTuple):
    """The one figure of a cell: its digits, and how they were marked."""

    before: str
    sign: str
    whole: str
    group: str
    point: str
    places: str
    after: str

    @property
    def has_currency(self) -> bool:
        """Whether a currency stands beside the number."""
        return bool(_HAS_CURRENCY.search(f"{self.before}{self.sign} {self.after}"))

    @property
    def open_mark(self) -> str:
        """The one mark before three digits, of which nobody knows what it parts; "" where all is clear."""
        if len(self.places) != 3 or self.group or len(self.whole) > 3 or self.whole[0] == "0":
            return ""
        return self.point

    @property
    def decimal_mark(self) -> str:
        """The mark that stands for decimals where this figure comes from, "" when it does not tell."""
        if self.point:
            return "" if self.open_mark else self.point
        return {".": ",", ",": "."}.get(self.group, "")

    @property
    def is_amount(self) -> bool:
        """Whether nothing but a scale, a currency or a per cent sign follows the number."""
        return bool(_AMOUNT_END.fullmatch(self.after))


@lru_cache(maxsize=64)
def notation_of(language: str) -> Notation | None:
    """The notation of a language tag ("de-CH"; "en" is Britain's); None for a language nobody knows."""
    # Reading Babel's data takes a while, and only tables and dates need it.
    from babel.core import Locale, UnknownLocaleError

    tag = word_language(language)
    for name in (tag, tag.partition("-")[0]):
        try:
            locale = Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        symbols = locale.number_symbols["latn"]
        last_group, other_groups = locale.decimal_formats[None].grouping
        percent = locale.percent_formats[None].pattern
        return Notation(
            point=symbols["decimal"],
            group=symbols["group"],
            last_group=last_group,
            other_groups=other_groups,
            percent_space=percent.rpartition("0")[2][:-1] if percent.endswith("%") else None,
            # All in figures where the language does so itself, else with the whole name of the month.
            date_form="long" if "MMM" in locale.date_formats["medium"].pattern else "medium",
            # English is read both ways round: there, what can be either is left alone.
            day_first=locale.language != "en" and locale.date_formats["short"].pattern.startswith("d"),
            locale=locale,
        )
    return None


@lru_cache(maxsize=4096)
def read_figure(text: str) -> Figure | None:
    """The number, amount or percentage that `text` is, whole; None when it is not clearly one."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return Figure("", "", text, "", "", "", "")
    cell = _WHOLE_CELL.fullmatch(text) if len(text) <= _LONGEST_FIGURE else None
    if not cell or not _UNIT.fullmatch(cell["after"]) or ("(" in cell["before"]) != (")" in cell["after"]):
        return None
    number = _PLAIN.fullmatch(cell["number"]) or _GROUPED.fullmatch(cell["number"])
    if not number or (number["whole"][0] == "0" and not number["whole"].isdigit()):
        return None
    return Figure(
        before=cell["before"],
        sign=cell["sign"] + cell["unit"],
        whole="".join(letter for letter in number["whole"] if letter.isdigit()),
        group=number.groupdict().get("group") or "",
        point=number["point"] or "",
        places=number["places"] or "",
        after=cell["after"],
    )


def show_figure(figure: Figure, notation: Notation, *, decimal_mark: str, grouped: bool) -> str:
    """The figure with the marks, minus and per cent sign of a notation; its digits and words stay.

    `decimal_mark` says what an open mark means; `grouped` parts thousands also where it was not done.
    """
    whole, point, places, group = figure.whole, figure.point, figure.places, figure.group
    if figure.open_mark not in ("", decimal_mark):
        whole, point, places, group = whole + places, "", "", figure.open_mark
    if (group or grouped) and whole[0] != "0" and len(whole) <= _MOST_DIGITS:
        whole = _part_thousands(whole, notation)
    sign, after = figure.sign, figure.after
    if sign:
        sign = sign.replace("-", _MINUS).replace("–", _MINUS)
    if "%" in after and notation.percent_space is not None and (percent := _PERCENT.match(after)):
        after = f"{notation.percent_space}%{after[percent.end() :]}"
    return f"{figure.before}{sign}{whole}{notation.point if point else ''}{places}{after}"


def _part_thousands(digits: str, notation: Notation) -> str:
    groups = [digits[-notation.last_group :]]
    head = digits[: -notation.last_group]
    while head:
        groups.insert(0, head[-notation.other_groups :])
        head = head[: -notation.other_groups]
    return notation.group.join(groups)


@lru_cache(maxsize=4096)
def show_date(text: str, language: str) -> str:
    """`text` in the language's own form when it is clearly one full date and nothing else, else unchanged."""
    bare = text.strip().lower()
    # Most cells that are no date hold no four digits of a year.
    if not re.search(r"\d{4}", bare) or (notation := notation_of(language)) is None:
        return text
    found, _ = take_dates(bare)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(bare)):
        return text
    if not _is_one(found[0].readings, bare, notation) or (day := read_date(bare)) is None:
        return text
    from babel.dates import format_date

    shown = format_date(day, notation.date_form, locale=notation.locale)
    # What cannot be read back as the same day would be unknown to every check.
    return shown if read_date(shown) == day else text


def _is_one(readings: Collection[str], text: str, notation: Notation) -> bool:
    """Whether a date can be read in one way only, or its points or the language say that the day is first."""
    either_way = _EITHER_WAY.fullmatch(text)
    return len(readings) == 1 or bool(either_way and (either_way["mark"] == "." or notation.day_first))
