"""How far a report is, counted and said in a few words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from generation.models import Fill
from generation.models.fills import UNFINISHED

State = Fill.State


@dataclass(frozen=True)
class Counts:
    """How many of a report's blocks are in which state.

    `rewritten` are written again; `withheld` are written and kept out of sight, `held` wait for these. Of
    the ready ones `to_check` have problems and `to_review` wait for a decision; of these `acceptable` carry
    no flag.
    """

    total: int
    ready: int = 0
    failed: int = 0
    cancelled: int = 0
    to_check: int = 0
    to_review: int = 0
    rejected: int = 0
    acceptable: int = 0
    rewritten: int = 0
    withheld: int = 0
    held: int = 0

    @property
    def unfinished(self) -> int:
        """Blocks that are still to come by themselves."""
        return self.total - self.ready - self.failed - self.cancelled - self.withheld - self.held

    @property
    def settled(self) -> int:
        """Blocks that have come to an end, good or bad."""
        return self.total - self.unfinished

    @property
    def missing(self) -> int:
        """Blocks without a text, for whatever reason; one that is written again has its old one."""
        return self.total - self.ready - self.rewritten

    @property
    def again(self) -> int:
        """Blocks that wait for somebody to try them again."""
        return self.failed + self.cancelled

    @property
    def state(self) -> str:
        """The whole in one state, as a block would have it."""
        if self.unfinished:
            return "running"
        if self.failed:
            return "failed"
        if self.cancelled:
            return "cancelled"
        if self.withheld:
            return "withheld"
        return "attention" if self.to_check else "ready"

    @property
    def line(self) -> str:
        """One line, such as “3 of 9 ready, 1 failed, 2 to check”."""
        parts = [f"{_so_many(self.ready, self.total)} ready"]
        if self.ready and not self.unfinished:
            reviewed = _so_many(self.ready - self.to_review - self.rejected, self.ready)
            # Not the first word of the sentence.
            parts.append(f"{reviewed.lower()} reviewed")
        parts += [
            f"{number} {word}"
            for number, word in (
                (self.failed, "failed"),
                (self.cancelled, "cancelled"),
                (self.rejected, "rejected"),
                (self.to_check, "to check"),
                (self.withheld, "withheld"),
                (self.held, "waiting for that"),
            )
            if number
        ]
        return ", ".join(parts)


def _so_many(number: int, total: int) -> str:
    return f"All {total}" if number == total > 1 else f"{number} of {total}"


def count_fills(fills: Iterable[Fill], held: Collection[str], **more: int) -> Counts:
    """The counts of loaded fills; `held` wait for withheld ones, `more` are those that take a closer look."""
    fills = list(fills)
    states = ["withheld" if is_withheld(fill) else fill.state for fill in fills]
    return Counts(
        total=len(states),
        ready=states.count(State.DONE),
        failed=states.count(State.FAILED),
        cancelled=states.count(State.CANCELLED),
        withheld=states.count("withheld"),
        held=sum(fill.block in held for fill in fills),
        **more,
    )


def is_withheld(fill: Fill) -> bool:
    """Whether there is a text that nobody may see; not while it is written again."""
    return fill.withheld and fill.state not in UNFINISHED


def is_unfinished(fills: Iterable[Fill], held: Collection[str]) -> bool:
    """Whether anything is still to come by itself."""
    return any(fill.state in UNFINISHED and fill.block not in held for fill in fills)
