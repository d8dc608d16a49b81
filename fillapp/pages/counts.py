"""How far a report is, counted and said in a few words."""

from collections.abc import Iterable
from dataclasses import dataclass

from generation.models import Fill
from generation.models.fills import UNFINISHED

State = Fill.State


@dataclass(frozen=True)
class Counts:
    """How many of a report's blocks are in which state.

    Of the ready ones: `to_check` have problems, `to_review` wait for a decision, of which `acceptable` carry
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

    @property
    def unfinished(self) -> int:
        """Blocks that are still to come by themselves."""
        return self.total - self.ready - self.failed - self.cancelled

    @property
    def settled(self) -> int:
        """Blocks that have come to an end, good or bad."""
        return self.total - self.unfinished

    @property
    def missing(self) -> int:
        """Blocks without a text, for whatever reason."""
        return self.total - self.ready

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
            )
            if number
        ]
        return ", ".join(parts)


def _so_many(number: int, total: int) -> str:
    return f"All {total}" if number == total > 1 else f"{number} of {total}"


def count_fills(fills: Iterable[Fill], **more: int) -> Counts:
    """The counts of loaded fills; `more` are those that take a closer look."""
    states = [fill.state for fill in fills]
    return Counts(
        total=len(states),
        ready=states.count(State.DONE),
        failed=states.count(State.FAILED),
        cancelled=states.count(State.CANCELLED),
        **more,
    )


def is_unfinished(fills: Iterable[Fill]) -> bool:
    """Whether anything is still to come."""
    return any(fill.state in UNFINISHED for fill in fills)
