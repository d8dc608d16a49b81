"""What to ask a person next, and what to show of what the signal makes of their texts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from signals.learning.assess import FEWEST
from signals.learning.choose import likely_for_phrase, likely_no, next_to_label
from signals.learning.features import Vectors
from signals.learning.learn import Learned
from signals.teaching.lesson import Lesson
from signals.teaching.pool import Pool

# So many yeses in a row, and a no is looked for so far down among the texts like the phrase: twice as far at
# each further yes, for there may be thousands.
_ENOUGH, _UNLIKE = 3, 36
Why = Literal["phrase", "unlike", "likely", "helps"]


@dataclass(frozen=True)
class Asked:
    """The text to ask about, and why this one; the score is None before anything was learnt."""

    sha256: str
    why: Why
    score: float | None


@dataclass(frozen=True)
class Scored:
    """A text and its probability of yes."""

    sha256: str
    score: float


@dataclass(frozen=True, eq=False)
class Scores:
    """What a signal makes of a pool: the probability of yes for each of its texts."""

    learned: Learned
    pool: Pool
    all: NDArray[np.float32]

    def count_flagged(self) -> int:
        """How many would be flagged."""
        return int((self.all >= self.learned.threshold).sum())

    def count_unsure(self) -> int:
        """How many lie where it abstains."""
        low, high = self.learned.unsure
        return int(((self.all > low) & (self.all < high)).sum())

    def flagged(self, count: int, without: Collection[str] = ()) -> list[Scored]:
        """Those that would be flagged and are none of these, the strongest first."""
        passed = self.pool.rows_of(without)
        order = np.argsort(-self.all, kind="stable")[: count + len(passed)]
        found = [int(row) for row in order if self.all[row] >= self.learned.threshold]
        return [self.of(row) for row in found if row not in passed][:count]

    def of(self, row: int) -> Scored:
        """The text in this row of the pool."""
        return Scored(self.pool.hashes[row], float(self.all[row]))

    def histogram(self, bins: int) -> list[int]:
        """How many there are in each of equal stretches from 0 to 1."""
        return [int(count) for count in np.histogram(self.all, bins, (0.0, 1.0))[0]]


def score_pool(learned: Learned | None, pool: Pool) -> Scores | None:
    """None before anything was learnt, or without a text."""
    if learned is None or not pool.hashes:
        return None
    return Scores(learned, pool, learned.score(pool.vectors))


def ask_next(
    lesson: Lesson, scores: Scores | None, pool: Pool, skip: Collection[str], phrase: Vectors | None
) -> Asked | None:
    """The text whose label helps most, or is likely to be a first yes or no; None when there is none left.

    `skip`: hashes that were passed over; whatever counts already is not asked again.
    """
    passed = pool.rows_of([*lesson.examples.yes, *lesson.examples.no, *skip])
    if scores is not None:
        return _ask_taught(lesson, scores, passed)
    if phrase is None or not pool.hashes:
        return None
    looks_for_no = not lesson.examples.no and len(lesson.examples.yes) >= _ENOUGH
    place = min(_UNLIKE * 2 ** (len(lesson.examples.yes) - _ENOUGH), len(pool.hashes)) if looks_for_no else 0
    rows = likely_for_phrase(phrase, pool.vectors, 1 + place, passed)
    return Asked(pool.hashes[rows[-1]], "unlike" if looks_for_no else "phrase", None) if rows else None


def _ask_taught(lesson: Lesson, scores: Scores, passed: set[int]) -> Asked | None:
    yes, no = lesson.vectors()
    rows: list[int] = []
    why: Why = "likely"
    # Before it can be weighed nothing helps more than another of the fewer.
    if len(yes) < min(len(no), FEWEST):
        order = (int(row) for row in np.argsort(-scores.all, kind="stable"))
        rows = [row for row in order if row not in passed][:1]
    elif len(no) < min(len(yes), FEWEST):
        rows, why = likely_no(scores.learned, yes, scores.pool.vectors, 1, passed), "unlike"
    if not rows:
        rows, why = next_to_label(scores.learned, scores.pool.vectors, yes, no, 1, passed), "helps"
    return Asked(scores.pool.hashes[rows[0]], why, float(scores.all[rows[0]])) if rows else None


def suggest_no(lesson: Lesson, scores: Scores, skip: Collection[str], count: int) -> list[Scored]:
    """Texts nearly like a yes that may lack what makes it one."""
    yes, _ = lesson.vectors()
    if not len(yes):
        return []
    passed = scores.pool.rows_of([*lesson.examples.yes, *lesson.examples.no, *skip])
    return [scores.of(row) for row in likely_no(scores.learned, yes, scores.pool.vectors, count, passed)]


def like_phrase(phrase: Vectors, pool: Pool, count: int) -> list[str]:
    """The texts most like the phrase, labelled or not."""
    if not pool.hashes:
        return []
    return [pool.hashes[row] for row in likely_for_phrase(phrase, pool.vectors, count)]
