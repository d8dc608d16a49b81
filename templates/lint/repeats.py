"""Blocks that ask for what another block asks for already."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from signals.sentences import split_sentences
from templates.body import Block, PartOfBody
from templates.lint.advice import Advice, Case, block_name, fold

_WORD = re.compile(r"[^\W_]+")
# Words that change nothing of what is asked for.
_SAY_NOTHING = (
    "a an the of to in on at by for from with and or is are was were be been it its this that these those as "
    "what which who how all any each every there their his her please say write give describe list state "
    "der die das den dem des ein eine einen einer und oder von zu im in mit für ist sind was welche "
    "le la les un une des du de et ou à en est sont que qui el los las una y o que es son"
)
_EMPTY_WORDS = frozenset(_SAY_NOTHING.split())
# Below so many words that count, two blocks may say the same by chance.
_ENOUGH = 4
# Of the words of the longer one, so many stand in the shorter one, which adds none of its own.
_ALIKE = 0.75


def find_repeats(case: Case) -> Iterator[Advice]:
    """Advice where the instructions, or their first sentence, are those of another block.

    Two blocks alike but for a word each (“strengths”, “weaknesses”) do not repeat each other; nor does a rule
    that several blocks must be told, for no block sees the instructions of another.
    """
    yield from _find_title_again(case)
    mine = case.text.strip()
    for other in case.body.fillable:
        if other.block == case.block.block or not mine:
            continue
        if _is_same(mine, other.instructions):
            wrong = f"This asks for the same as “{block_name(other)}”."
            start, end = 0, len(case.text)
        elif _is_same(_first(mine), _first(other.instructions)):
            wrong = f"This begins with what “{block_name(other)}” asks for."
            start = case.text.index(mine)
            end = start + len(_first(mine))
        else:
            continue
        do = "Say what only this block is to tell, or delete one of the two."
        yield Advice("repeats", wrong, do, start, end, other=other.block)
        return


def _find_title_again(case: Case) -> Iterator[Advice]:
    """The same title twice below one heading."""
    title = fold(case.block.title)
    for other in _neighbours(case.body.blocks, case.block):
        if title and fold(other.title) == title:
            wrong = "Another block below the same heading has this title."
            do = "Give each its own: the model tells them apart by their titles."
            yield Advice("same-title", wrong, do, 0, len(case.block.title), "title", other.block)
            return


def _neighbours(parts: Sequence[PartOfBody], block: Block) -> list[Block]:
    """The other blocks between the headings around it."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Block):
            found.append(part)
        elif hasattr(part, "heading"):
            if block in found:
                break
            found = []
    return [one for one in found if one.block != block.block]


def _is_same(one: str, other: str) -> bool:
    mine, theirs = _words(one), _words(other)
    small, large = sorted((mine, theirs), key=len)
    return len(small) >= _ENOUGH and small <= large and len(small) >= _ALIKE * len(large)


@lru_cache(maxsize=4000)
def _words(text: str) -> frozenset[str]:
    """The words that count, without the s of several."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(
        word.rstrip("s") if len(word) > 3 else word for word in words if word not in _EMPTY_WORDS
    )


@lru_cache(maxsize=4000)
def _first(text: str) -> str:
    sentences = split_sentences(text)
    return sentences[0] if sentences else ""
