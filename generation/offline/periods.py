"""The dates and periods that a sentence names, as it names them."""

import re

from signals.dates import take_dates
from signals.number_words import NUMBER_WORDS

# Lengths are counted with "three", not with "third".
_WORDS = [word for word in NUMBER_WORDS if not word.endswith(("th", "first", "second", "third"))]
_NUMBER = r"(?:\d+(?:[.,]\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_UNIT = (
    r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?|"
    r"minuten?|stunden?|tage?n?s?|wochen?|monate?n?s?|quartale?n?s?|jahre?n?s?)"
)
# "sixty (60) days", "30-day", "one-year term", "ten (10) business days", "drei volle Monate".
_PERIOD = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER}[\s-]+)?{_NUMBER}(?:\s*\(\s*{_NUMBER}\s*\))?[\s-]+"
    rf"(?:(?:business|working|calendar|consecutive|full|volle|aufeinanderfolgende)[\s-]+)?{_UNIT}(?!\w)",
    re.IGNORECASE,
)
_TIME_OF_DAY = "T"


def find_periods(sentence: str) -> list[str]:
    """The dates and lengths of time in `sentence`, in its order and its words, none twice."""
    stretches, rest = take_dates(_lower(sentence))
    dates = [
        (one.start, one.end)
        for one in stretches
        if not all(reading.startswith(_TIME_OF_DAY) for reading in one.readings)
    ]
    lengths = [match.span() for match in _PERIOD.finditer(rest)]
    found = [sentence[start:end].strip(" ,.;") for start, end in sorted(dates + lengths)]
    return list(dict.fromkeys(found))


def _lower(text: str) -> str:
    """`text` in lower case, every character in its place."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
