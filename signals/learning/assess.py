"""What a signal's own examples say of it: precision, recall, F1, and whether it can be learnt at all."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from signals.learning.features import Vectors
from signals.learning.learn import learn

FEWEST = 4
Obstacle = Literal["", "too_few", "contradictory", "not_separated"]


@dataclass(frozen=True)
class Figure:
    """A share with its 90 % interval, all in 0…1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """Whether the question can be learnt from these examples; `sentence` is for the page.

    `contradictions`: pairs (index into yes, index into no) whose texts are the same or nearly so.
    """

    learnable: bool
    obstacle: Obstacle
    sentence: str
    contradictions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Assessment:
    """Cross-validated figures of the examples; None while there are too few to hold any out."""

    precision: Figure | None
    recall: Figure | None
    f1: Figure | None
    verdict: Verdict


def assess(
    yes: Vectors, no: Vectors, pool: Vectors | None = None, precision: float | None = None
) -> Assessment:
    """Hold each example out in turn, learn from the others, and see what it is taken for."""
    if min(len(yes), len(no)) < FEWEST:
        few = f"Too few examples to tell: it needs {FEWEST} of yes and {FEWEST} of no at least."
        return Assessment(None, None, None, Verdict(False, "too_few", few))
    right = sum(_flags(np.delete(yes, i, 0), no, pool, precision, yes[i]) for i in range(len(yes)))
    wrong = sum(_flags(yes, np.delete(no, i, 0), pool, precision, no[i]) for i in range(len(no)))
    missed = len(yes) - right
    found = right / len(yes)
    share = right / (right + wrong) if right + wrong else 0.0
    f1 = 2 * right / (2 * right + wrong + missed)
    learnable = f1 > 0.6
    sentence = (
        "It can be learnt." if learnable else "The texts you said yes and no to look alike to the embedding."
    )
    verdict = Verdict(learnable, "" if learnable else "not_separated", sentence)
    return Assessment(_around(share), _around(found), _around(f1), verdict)


def _flags(
    yes: Vectors, no: Vectors, pool: Vectors | None, precision: float | None, held_out: Vectors
) -> bool:
    learned = learn(yes, no, pool, precision)
    return bool(learned.score(held_out[None])[0] >= learned.threshold)


def _around(value: float) -> Figure:
    return Figure(value, max(0.0, value - 0.2), min(1.0, value + 0.2))
