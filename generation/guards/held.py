"""Held back: the blocks that wait because what they read is withheld."""

from collections.abc import Iterable

from generation.models import Fill
from templates.body import TemplateBody


def find_held(body: TemplateBody, fills: Iterable[Fill]) -> set[str]:
    """The keys of waiting blocks that read a withheld one, or one that is held back itself."""
    known = {fill.block: fill for fill in fills}
    stopped = {key for key, fill in known.items() if fill.withheld}
    waiting = {key for key, fill in known.items() if fill.state == Fill.State.WAITING}
    return follow(body, stopped, waiting)


def follow(body: TemplateBody, stopped: set[str], waiting: set[str]) -> set[str]:
    """The `waiting` blocks that read a `stopped` one, directly or by another that waits."""
    held: set[str] = set()
    if not stopped:
        return held
    while more := {
        block.block
        for block in body.fillable
        if block.block in waiting - held and (stopped | held).intersection(block.after)
    }:
        held |= more
    return held
