"""The one loop that fills a block: ask, read the answer, find problems, read signals, keep or ask again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generation.guards.said import GuardReading, rank
from generation.llm import ModelFailure
from generation.writers import Unusable, Writer

FindProblems = Callable[[Any], list[str]]
ReadSignals = Callable[[Any], list[GuardReading]]


@dataclass(frozen=True)
class Draft:
    """A value with its problems, what guards say of it, and the profile that wrote it.

    `calls` counts the calls until it stood.
    """

    value: Any
    problems: list[str]
    calls: int
    profile: str
    readings: tuple[GuardReading, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why there is no value: a stable code and a sentence for the user."""

    code: str
    sentence: str
    another_may_do: bool = False


@dataclass
class Outcome:
    """All that came of filling a block: every draft is kept, the best is chosen."""

    drafts: list[Draft] = field(default_factory=list)
    failure: Failure | None = None

    @property
    def chosen(self) -> int | None:
        """The index of the draft with the fewest problems, then guards that fire; the first of equals."""
        if not self.drafts:
            return None
        return min(
            range(len(self.drafts)),
            key=lambda index: rank(self.drafts[index].problems, self.drafts[index].readings),
        )


@dataclass(frozen=True)
class _Complaint:
    """What to ask again with, and how often at most: once for problems, for a guard as often as it says."""

    said: Sequence[str] = ()
    most: int = 0
    anew: bool = False


def fill_block(
    writer: Writer,
    find_problems: FindProblems,
    outcome: Outcome | None = None,
    read_signals: ReadSignals = lambda value: [],
) -> Outcome:
    """Write, and write again while there is something to complain of and asking again is allowed.

    Once more if the answer was unusable or has problems; while a guard that resamples fires, up to its
    `max_tries` times, 5 at most, with the problems. Where a server gave nothing at all, the fallback writes
    in the same way. Raises `Cancelled`; what was written until then is in the `outcome` that was given.
    """
    outcome = Outcome() if outcome is None else outcome
    complaint, again = _try(outcome, writer, writer.write, find_problems, read_signals), 0
    while again < complaint.most:
        again += 1
        rewrite = partial(writer.rewrite, complaint.said, anew=complaint.anew)
        complaint = _try(outcome, writer, rewrite, find_problems, read_signals)
    if outcome.drafts:
        outcome.failure = None
    elif (first := outcome.failure) and first.another_may_do and (other := writer.next_writer()):
        fill_block(other, find_problems, outcome, read_signals)
        # Why nobody else could is of less use than what is to be mended.
        outcome.failure = None if outcome.drafts else first
    return outcome


def _try(
    outcome: Outcome,
    writer: Writer,
    write: Callable[[], Any],
    find_problems: FindProblems,
    read_signals: ReadSignals,
) -> _Complaint:
    """Add what came of one writing to `outcome`; what to ask again with."""
    try:
        value = write()
    except Unusable as unusable:
        outcome.failure = Failure(unusable.code, str(unusable))
        return _Complaint([unusable.tell_model], 1)
    except ModelFailure as failure:
        outcome.failure = Failure(failure.code, str(failure), failure.another_may_do)
        return _Complaint()
    if value is None:
        return _Complaint()
    problems, readings = find_problems(value), read_signals(value)
    outcome.drafts.append(
        Draft(value, problems, calls=len(writer.made), profile=writer.name, readings=tuple(readings))
    )
    firing = [one for one in readings if one.resamples]
    most = max([one.max_tries for one in firing] + [1] * bool(problems), default=0)
    return _Complaint([*problems, *(one.for_model for one in firing)], most, anew=bool(firing))
