"""How numbers are written: groups, decimals and magnitudes in English, German, Swiss and French notation."""

import re
from decimal import Decimal

SCALES = {
    "hundred": 100,
    "k": 1_000,
    "tsd": 1_000,
    "thousand": 1_000,
    "tausend": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "millionen": 1_000_000,
    "bn": 1_000_000_000,
    "mrd": 1_000_000_000,
    "mia": 1_000_000_000,
    "billion": 1_000_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
    "milliarden": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
SPACES = " \u00a0\u2009\u202f"
_BETWEEN = re.compile(rf"[{SPACES}'’]")
_CURRENCY = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b")
_NUMBER_ALONE = re.compile(
    rf"(?P<unit>[^\d+\-−–(]*)(?P<sign>[(+\-−–]?)\s?(?:[€$£¥]\s?)?(?P<number>\d[\d.,{SPACES}'’]*)\)?"
    r"[^\w(]*(?P<scale>[^\W\d_]*)[^\d]*"
)


def read_number(text: str) -> Decimal | None:
    """The number that `text` is, whole: with a currency, a per cent sign or a unit beside it or not.

    A minus sign or brackets make it negative; "million" and the like count.
    """
    match = _NUMBER_ALONE.fullmatch(text.strip())
    if not match:
        return None
    word = match["scale"].lower()
    scaled = word in SCALES and (len(word) > 1 or bool(_CURRENCY.search(text)))
    value = decimals(match["number"])[0] * (SCALES[word] if scaled else 1)
    return -value if match["sign"] in ("-", "−", "–", "(") else value


def likeliest(number: str) -> str:
    """The canonical reading of a number by itself: a single separator before three digits groups them."""
    if number.isdigit() and number[0] != "0" and number.isascii():
        return number
    return _tidy(max(_spellings(number), key=_whole_digits))


def _whole_digits(spelling: str) -> int:
    return len(spelling.partition(".")[0])


def decimals(number: str) -> list[Decimal]:
    """What a written number can mean, the likelier first."""
    return [Decimal(spelling) for spelling in _spellings(number)]


def _spellings(number: str) -> list[str]:
    """`number` with a point for its decimals and nothing between its groups, the likelier reading first.

    The last of two separators is a point, and so is a single one that does not stand before three digits.
    """
    bare = number if number.isdigit() else _BETWEEN.sub("", number).rstrip(".,")
    commas, points = bare.count(","), bare.count(".")
    if not commas and not points:
        return [bare]
    if commas and points:
        point = max(bare.rfind("."), bare.rfind(","))
        return [re.sub(r"[.,]", "", bare[:point]) + "." + bare[point + 1 :]]
    mark = "," if commas else "."
    decimal, grouped = bare.replace(",", "."), bare.replace(mark, "")
    if commas + points > 1:
        return [grouped]
    place = bare.find(mark)
    if len(bare) - place != 4 or place > 3 or bare[0] == "0":
        return [decimal]
    return [grouped, decimal] if commas else [decimal, grouped]


def _tidy(spelling: str) -> str:
    if not spelling.isascii():
        return canonical(Decimal(spelling))
    if "." in spelling:
        spelling = spelling.rstrip("0").rstrip(".")
    spelling = spelling.lstrip("0")
    return spelling if spelling and spelling[0] != "." else f"0{spelling}"


def canonical(value: Decimal) -> str:
    return _tidy(f"{value:f}")
