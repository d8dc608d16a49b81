"""The one loop that fills a block: ask, read the answer, find problems, keep or ask again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from generation.llm import ModelFailure
from generation.writers import Unusable, Writer


@dataclass(frozen=True)
class Draft:
    """A value with its problems, and the profile that wrote it; `calls` counts the calls until it stood."""

    value: Any
    problems: list[str]
    calls: int
    profile: str


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
        """The index of the draft with the fewest problems, the first of equals."""
        if not self.drafts:
            return None
        return min(range(len(self.drafts)), key=lambda index: len(self.drafts[index].problems))


def fill_block(
    writer: Writer, find_problems: Callable[[Any], list[str]], outcome: Outcome | None = None
) -> Outcome:
    """Write, and write once more if the answer was unusable or has problems.

    Where a server gave nothing at all, the fallback writes in the same way.
    Raises `Cancelled`; what was written until then is in the `outcome` that was given.
    """
    outcome = Outcome() if outcome is None else outcome
    problems = _try(outcome, writer, writer.write, find_problems)
    if problems:
        _try(outcome, writer, lambda: writer.rewrite(problems), find_problems)
    if outcome.drafts:
        outcome.failure = None
    elif (first := outcome.failure) and first.another_may_do and (other := writer.next_writer()):
        fill_block(other, find_problems, outcome)
        # Why nobody else could is of less use than what is to be mended.
        outcome.failure = None if outcome.drafts else first
    return outcome


def _try(
    outcome: Outcome, writer: Writer, write: Callable[[], Any], find_problems: Callable[[Any], list[str]]
) -> Sequence[str]:
    """Add what came of one writing to `outcome`; the problems to ask again with."""
    try:
        value = write()
    except Unusable as unusable:
        outcome.failure = Failure(unusable.code, str(unusable))
        return [unusable.tell_model]
    except ModelFailure as failure:
        outcome.failure = Failure(failure.code, str(failure), failure.another_may_do)
        return []
    if value is None:
        return []
    problems = find_problems(value)
    outcome.drafts.append(Draft(value, problems, calls=len(writer.made), profile=writer.name))
    return problems
