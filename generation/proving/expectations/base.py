"""The contract of an expectation: what is expected of a value, and whether a value meets it.

A kind of expectation is one file with one subclass of `ExpectationType`, listed in `__init__.py` beside it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from templates.blocks.base import Strict
from templates.body import Block

S = TypeVar("S", bound=Strict)


@dataclass(frozen=True)
class Verdict:
    """Whether a value meets an expectation, and why; None where nobody could tell."""

    passed: bool | None
    reason: str


class ExpectationType(ABC, Generic[S]):
    """One kind of expectation. Instances hold nothing; one per kind stands in the registry."""

    kind: ClassVar[str]
    name: ClassVar[str]
    # One sentence for whoever chooses it.
    about: ClassVar[str]
    Settings: type[S]

    def fits(self, block: Block) -> bool:
        """Whether it can be expected of this block."""
        return True

    def describe(self, block: Block) -> str:
        """What somebody who expects it of this block should know, as a sentence; may be empty."""
        return ""

    def find_mistake(self, block: Block, settings: S) -> str:
        """Why these settings could never be met by this block, as a sentence; empty when they could."""
        return ""

    @abstractmethod
    def say(self, settings: S) -> str:
        """What is expected, as it goes on after the block's name: “mentions 1,200 euros”."""

    @abstractmethod
    def check(self, block: Block, value: Any, settings: S) -> Verdict:
        """Whether the block's value meets it. Calls nothing."""

    def question(self, settings: S) -> str:
        """What a judge is to decide on the value's text; empty where `check` decides by itself."""
        return ""

    @abstractmethod
    def example(self) -> S:
        """A small, believable example of the kind."""
