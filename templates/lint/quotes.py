"""Names in quotation marks, and the words around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = re.compile(
    r"“([^”\n]{1,60})”|\"([^\"\n]{1,60})\"|„([^“”\n]{1,60})[“”]|«\s?([^»\n]{1,60}?)\s?»"
    r"|(?<!\w)[‘']([^’'\n]{1,60})[’'](?!\w)"
)
# What stands between names that are named in one breath.
_BETWEEN = re.compile(r"\s*(?:,|,?\s*\b(?:and|or|und|oder|et|ou|y|o)\b)?\s*", re.IGNORECASE)
_NEAR = 60
# After a name: it is one of a document's columns, tables or parts, not of this template's.
_OF_A_SOURCE = re.compile(
    r"\W*(?:[\w-]*(?:columns?|Spalten?|colonnes?|columnas?)\b)?\W*"
    r"(?:(?:of|in|from|on)\s+(?!(?:the|this)\s+table\b)(?:the|a|an|its|their|each|every|page)\b"
    r"|(?:des|der|du|de la|del|aus|im)\b)",
    re.IGNORECASE,
)
_TAKEN_FROM = re.compile(r"(?:\bfrom(?: the)?|['’]s|\baus der)\s*(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Quoted:
    """A name in quotation marks, the words before and after all those named with it, and its place."""

    name: str
    before: str
    after: str
    start: int
    end: int

    @property
    def is_of_a_source(self) -> bool:
        """Whether the words after it say that it stands in a document: “of the lease”."""
        return bool(_OF_A_SOURCE.match(self.after))

    @property
    def is_taken_from(self) -> bool:
        """Whether the words before it say so: “from the sheet's”."""
        return bool(_TAKEN_FROM.search(self.before))


def find_quoted(text: str) -> Iterator[Quoted]:
    """Every name in quotation marks, in order; “A”, “B” and “C” share what stands before and after."""
    run: list[re.Match[str]] = []
    for found in _QUOTED.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), found.start()):
            yield from _share(text, run)
            run = []
        run.append(found)
    yield from _share(text, run)


def _share(text: str, run: list[re.Match[str]]) -> Iterator[Quoted]:
    for found in run:
        first, last = run[0].start(), run[-1].end()
        name = next(group for group in found.groups() if group is not None).strip()
        yield Quoted(
            name, text[max(0, first - _NEAR) : first], text[last : last + _NEAR], found.start(), found.end()
        )
