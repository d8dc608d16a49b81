"""What advice is, and what its rules look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from templates.blocks.base import Fixed
from templates.body import Block, TemplateBody


@dataclass(frozen=True)
class Advice:
    """What is wrong with a block and what to do, a sentence each.

    `start` and `end` count the characters of the field's text; the same where nothing is to be marked.
    `code` is stable. `other` is the key of the other block it is about, if it is about one.
    """

    code: str
    wrong: str
    do: str
    start: int = 0
    end: int = 0
    field: Literal["instructions", "title"] = "instructions"
    other: str = ""

    @property
    def words(self) -> str:
        """Both sentences."""
        return f"{self.wrong} {self.do}"


@dataclass(frozen=True)
class Case:
    """A block in its template, as every rule is given it."""

    body: TemplateBody
    block: Block

    @property
    def text(self) -> str:
        """Its instructions."""
        return self.block.instructions

    @property
    def languages(self) -> tuple[str, ...]:
        """Instructions are written in English or in the language of the report."""
        own = self.body.language[:2]
        return ("en",) if own == "en" else ("en", own)

    @cached_property
    def fixed(self) -> Fixed:
        """What its settings fix."""
        return self.block.type.fixed(self.block.parsed_settings)


def fold(name: str) -> str:
    """What two spellings of a name have in common."""
    return " ".join(name.casefold().replace("_", " ").split()).strip(" .,:;")


def suggest(name: str, names: Sequence[str], what: str) -> str:
    """Which of the `names` was meant, or all there are; `what` they are, as several."""
    folded = {fold(one): one for one in names}
    longer = [one for one in folded if one.startswith(fold(name)) or fold(name).startswith(one)]
    if near := longer or get_close_matches(fold(name), folded, n=1, cutoff=0.6):
        return f"Did you mean “{folded[near[0]]}”?"
    return f"The {what} are {', '.join(f'“{one}”' for one in names)}."


def block_name(block: Block) -> str:
    """What people call a block."""
    return block.title or block.block
