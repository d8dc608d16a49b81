"""Instructions that ask for more or fewer words, points, rows or options than the settings allow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from signals.number_words import NUMBER_WORDS, read_number_words
from templates.blocks.base import Count
from templates.lint.advice import Advice, Case
from templates.lint.limit_words import (
    ABOUT,
    ASKS,
    AT_LEAST,
    AT_MOST,
    CHOOSE_ONE,
    CHOOSE_SEVERAL,
    EACH_AFTER,
    EACH_BEFORE,
    ELSEWHERE_AFTER,
    ELSEWHERE_BEFORE,
    EXACTLY,
    LEAST_AFTER,
    MOST_AFTER,
    UNITS,
)

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_CARDINALS = "_ uno dos tres cuatro cinco seis siete ocho nueve diez once doce"
_SPANISH = {word: number for number, word in enumerate(_CARDINALS.split()) if number}
_WORD = "|".join(sorted({*NUMBER_WORDS, *_SPANISH} - set(_ORDINALS.split()), key=len, reverse=True))
_WORDS = rf"(?:{_WORD})\b(?:[ -](?:and |und |et )?(?:{_WORD})\b){{0,4}}"
_NUMBER = rf"(?:\d{{1,3}}(?:[.,' ]\d{{3}})+(?!\d)|\d{{1,5}}|{_WORDS})"
_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<low>{_NUMBER})(?:\s*(?:[-–]|to|or|and|bis|oder|und|à|ou|et|a|o|y)\s*(?P<high>{_NUMBER}))?"
    rf"[ -](?:[\w-]+ )?(?:{'|'.join(f'(?P<{of}>{words})' for of, words in UNITS.items())})\b",
    re.IGNORECASE,
)
_ENDS, _CLAUSE = re.compile(r"[.;:!?\n]"), 60
# “Each” speaks of a number that follows soon: “each of about 20 words”.
_NEAR = 32
# “About 200 words” is not at odds with at most 180.
_ROUGHLY = 0.12
_ONE = {"words": "word", "points": "point", "rows": "row", "columns": "column", "options": "option"}


@dataclass(frozen=True)
class _Asked:
    """How many of what the instructions ask for; either end may be open."""

    of: str
    least: int | None
    most: int | None
    each: bool
    start: int
    end: int


def find_broken_limits(case: Case) -> Iterator[Advice]:
    """Advice at each number that the settings do not allow, and where one or several may be chosen."""
    counts = case.fixed.counts
    for asked in _find_asked(case.text) if counts else ():
        for count in counts:
            is_same = count.of == asked.of and count.each == asked.each
            if is_same and not _fits(asked, count):
                yield Advice("breaks-limit", _wrong(asked, count), _do(count), asked.start, asked.end)
    for count in counts:
        if count.of == "options":
            yield from _find_choices(case.text, count)


def _find_asked(text: str) -> Iterator[_Asked]:
    for found in _RANGE.finditer(text):
        before = _ENDS.split(text[max(0, found.start() - _CLAUSE) : found.start()])[-1]
        after = text[found.end() : found.end() + 40]
        low, high = _read(found["low"]), _read(found["high"] or found["low"])
        of = next(unit for unit in UNITS if found[unit])
        each = bool(EACH_AFTER.match(after) or EACH_BEFORE.search(before[-_NEAR:]))
        # “One row for each member” says nothing of how many rows there are.
        if high <= 1 or (each and of != "words"):
            continue
        if of != "words" and (ELSEWHERE_AFTER.match(after) or ELSEWHERE_BEFORE.search(before)):
            continue
        least, most = _ends(low, high, before, after, is_range=bool(found["high"]))
        if of != "words" and least is not None and most is not None and not _is_asked(before, found):
            continue
        yield _Asked(of, least, most, each, *found.span())


def _is_asked(before: str, found: re.Match[str]) -> bool:
    """Whether such a number is asked for, not one that stands in the documents."""
    return bool(EXACTLY.search(before) or ABOUT.search(before) or ASKS.search(before) or not before.strip())


def _ends(low: int, high: int, before: str, after: str, *, is_range: bool) -> tuple[int | None, int | None]:
    if AT_MOST.search(before) or MOST_AFTER.match(after):
        return None, high
    if AT_LEAST.search(before) or LEAST_AFTER.match(after):
        return low, None
    if not is_range and ABOUT.search(before):
        return round(low * (1 - _ROUGHLY)), round(high * (1 - _ROUGHLY))
    return low, high


def _fits(asked: _Asked, count: Count) -> bool:
    """Whether what is asked for stays within what is allowed; a tighter wish does."""
    highest = asked.most if asked.most is not None else asked.least
    lowest = asked.least if asked.least is not None else asked.most
    if count.most is not None and highest is not None and highest > count.most:
        return False
    if asked.most is None:
        return True
    ceiling = asked.most if asked.least is None else max(asked.most, lowest or 0)
    return ceiling >= count.least * (1 - _ROUGHLY)


def _read(number: str) -> int:
    if number[0].isdigit():
        return int(re.sub(r"\D", "", number))
    words = re.split(r"[ -]", number.lower())
    return max({_SPANISH.get(word, 0) for word in words} | read_number_words(words))


def _allowed(count: Count) -> str:
    of = _ONE[count.of] if (count.most or count.least) == 1 else count.of
    if count.most is None:
        said = f"at least {count.least:,} {of}"
    elif count.least == count.most:
        said = f"{count.most:,} {of}"
    else:
        said = (
            f"{count.least:,} to {count.most:,} {of}" if count.least > 1 else f"at most {count.most:,} {of}"
        )
    return f"{said} in a point" if count.each else said


def _wrong(asked: _Asked, count: Count) -> str:
    is_over = count.most is not None and (asked.most or asked.least or 0) > count.most
    return f"This asks for {'more' if is_over else 'fewer'} than the settings allow: {_allowed(count)}."


def _do(count: Count) -> str:
    return "Change the settings, or the number here."


def _find_choices(text: str, count: Count) -> Iterator[Advice]:
    if count.most == 1:
        for found in CHOOSE_SEVERAL.finditer(text):
            yield Advice(
                "breaks-limit",
                "This lets several options be chosen, and the settings let one.",
                "Tick “Several may be chosen” in the settings, or ask for one.",
                *found.span(),
            )
    else:
        for found in CHOOSE_ONE.finditer(text):
            yield Advice(
                "breaks-limit",
                "This asks for one option, and the settings let several be chosen.",
                "Take the tick off “Several may be chosen” in the settings, or say so here.",
                *found.span(),
            )
