"""Instructions that speak of another block, which this one does not read or which is not there."""

import re
from collections.abc import Iterator
from functools import lru_cache

from templates.body import Block, StaticHeading, awaited
from templates.lint.advice import Advice, Case, block_name, fold, suggest
from templates.lint.forms import is_negated
from templates.lint.quotes import find_quoted

_PART = (
    r"(?:parts?|sections?|blocks?|chapters?|headings?|Abschnitte?s?|Teile?s?|Kapitels?|parties?|chapitres?"
    r"|sección|secciones|apartados?|bloques?)"
)
_PART_BEFORE = re.compile(rf"\b{_PART}(?:\s+(?:called|named|headed))?:?\s*$", re.IGNORECASE)
_PART_AFTER = re.compile(rf"\s*(?:{_PART}\b|above|below|oben|ci-dessus|de arriba)", re.IGNORECASE)
# Before the title of another block, written with a capital as there.
_CUE = r"\b(?:in|from|of|see|to|under|by|with|on|as|repeat|read|summarise|summarize)\s+(?:the\s+)?"
_UNQUOTED_AFTER = r"(?=\s+(?:above|below|part|section|block)\b|\s*[,.;:)]|\s*$|\s+(?:says?|shows?|gives?)\b)"


def find_unread_blocks(case: Case) -> Iterator[Advice]:
    """Advice where the instructions build on another block that this one does not wait for."""
    yield from _find_quoted_parts(case)
    if case.languages == ("en",):
        # German writes every noun with a capital: there a title without quotation marks tells nothing.
        yield from _find_plain_titles(case)


def _find_quoted_parts(case: Case) -> Iterator[Advice]:
    others = {fold(block_name(block)): block for block in _others(case)}
    headings = {fold(part.heading) for part in case.body.blocks if isinstance(part, StaticHeading)}
    own = fold(block_name(case.block))
    for quoted in find_quoted(case.text):
        is_part = _PART_BEFORE.search(quoted.before) or _PART_AFTER.match(quoted.after)
        if not is_part or quoted.is_of_a_source or not quoted.name[:1].isalpha():
            continue
        name = fold(quoted.name)
        if name in others:
            yield from _unread(case, others[name], quoted.start, quoted.end)
        elif name not in headings and name != own and others:
            names = [block_name(block) for block in others.values()]
            do = suggest(quoted.name, names, "other parts")
            wrong = f"There is no part “{quoted.name}” in this template."
            yield Advice("no-such-part", wrong, do, quoted.start, quoted.end)


def _find_plain_titles(case: Case) -> Iterator[Advice]:
    taken = [fold(name) for name in (*case.fixed.columns, *case.fixed.options, case.block.title)]
    taken += [fold(slot.name) for slot in case.body.documents]
    for block in _others(case):
        title = block.title
        if not title[:1].isupper() or title not in case.text or any(fold(title) in one for one in taken):
            continue
        for found in _title_cited(title).finditer(case.text):
            yield from _unread(case, block, found.start(1), found.end(1))


@lru_cache(maxsize=2000)
def _title_cited(title: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{_CUE})({re.escape(title)}){_UNQUOTED_AFTER}")


def _unread(case: Case, other: Block, start: int, end: int) -> Iterator[Advice]:
    if other.block in case.block.after or is_negated(case.text, start):
        return
    name = block_name(other)
    if case.block.block in awaited(other.block, {one.block: set(one.after) for one in case.body.fillable}):
        do = f"“{name}” is written after this block: say here what it needs itself."
    else:
        do = f"Let this block be written after “{name}”, so that it reads it."
    yield Advice("not-read", f"This block does not read “{name}”.", do, start, end, other=other.block)


def _others(case: Case) -> list[Block]:
    return [block for block in case.body.fillable if block.block != case.block.block]
