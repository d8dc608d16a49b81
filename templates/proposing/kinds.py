"""Which kind of block would write a passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from templates.blocks import KINDS
from templates.blocks.base import BlockType, Example
from templates.word.parts import Part


@dataclass(frozen=True)
class Fit:
    """A kind with settings and a value for a passage."""

    type: BlockType[Any, Any]
    example: Example[Any, Any]


def choose_kind(parts: Sequence[Part]) -> Fit | None:
    """The kind that fits best: the registry begins with prose, and the most special kinds stand last."""
    for block_type in reversed(KINDS.values()):
        example = block_type.propose_from_word(parts)
        if example is not None:
            return Fit(block_type, example)
    return None
