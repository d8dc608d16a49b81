"""What of a text is of one case: words, names and figures of some earlier reports and not of all."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

from generation.echoes import GRAM, Gram, grams_in

_Part = TypeVar("_Part")
_MOST = 3
# One digit is a number of points or sentences as often as a fact.
_FIGURE = re.compile(r"\d[\d.,:/-]*\d")


def find_of_one_case(text: str, passages: Sequence[str], own: str) -> list[str]:
    """The first few names, figures and stretches of the text that some of the passages have too.

    What stands in `own` is of no case, and neither is what stands in all of several passages.
    """
    facts = _in_some([_find_facts(one) for one in passages]) & _find_facts(text) - _find_facts(own)
    known = set(re.findall(r"\w+", own.casefold()))
    grams = _in_some([set(grams_in([one])) for one in passages])
    copied = _find_copied(text, {gram for gram in grams if not known.issuperset(gram)})
    return [*sorted(facts), *copied][:_MOST]


def _in_some(found: Sequence[set[_Part]]) -> set[_Part]:
    in_some: set[_Part] = set().union(*found)
    in_all = {part for part in in_some if len(found) > 1 and all(part in one for one in found)}
    return in_some - in_all


def _find_facts(text: str) -> set[str]:
    """Figures, and names: two words with a capital letter, one after the other."""
    words = re.finditer(r"\w+", text)
    names = {
        f"{one[0]} {other[0]}"
        for one, other in pairwise(words)
        if one[0][0].isupper() and other[0][0].isupper() and text[one.end() : other.start()] == " "
    }
    return names | set(_FIGURE.findall(text))


def _find_copied(text: str, grams: set[Gram]) -> Iterator[str]:
    """The longest stretches of the text that are made of such runs of words."""
    words = list(re.finditer(r"\w+", text))
    folded = [word[0].casefold() for word in words]
    starts = [n for n in range(len(words)) if tuple(folded[n : n + GRAM]) in grams]
    copied = sorted({start + n for start in starts for n in range(GRAM)})
    # Numbers that follow each other are as far from their places in the row as the first of them.
    for _, stretch in groupby(enumerate(copied), lambda pair: pair[1] - pair[0]):
        places = [place for _, place in stretch]
        yield text[words[places[0]].start() : words[places[-1]].end()]
