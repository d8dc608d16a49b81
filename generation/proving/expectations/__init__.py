"""The kinds of expectation there are. A new kind is one file here and one line in the list below."""

from typing import Any

from generation.proving.expectations.base import ExpectationType, Verdict
from generation.proving.expectations.choose import Choose
from generation.proving.expectations.count import Count
from generation.proving.expectations.mention import Mention, NoMention
from generation.proving.expectations.reference import Reference
from generation.proving.expectations.rubric import Rubric
from templates.body import Block

__all__ = ["EXPECTATIONS", "ExpectationType", "Verdict", "find_fitting"]

EXPECTATIONS: dict[str, ExpectationType[Any]] = {
    one.kind: one for one in (Mention(), NoMention(), Choose(), Count(), Reference(), Rubric())
}


def find_fitting(block: Block) -> list[ExpectationType[Any]]:
    """The kinds of expectation one can have of this block."""
    return [one for one in EXPECTATIONS.values() if one.fits(block)]
