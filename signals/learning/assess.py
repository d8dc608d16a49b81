"""What a signal's own examples say of it: precision, recall, F1, and whether it can be learnt at all."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from signals.learning.calibrate import how_chosen
from signals.learning.features import GRAMS, SAME_LETTERS, SURFACE, Vectors, count_words
from signals.learning.learn import learn
from signals.learning.survey import Survey, survey_if_any

# With fewer of either kind, chance alone separates them too often.
FEWEST = 5
_FOLDS = 8
# How often a left-out yes must score above a left-out no: below, it cannot be told from chance.
_SEPARATED = 0.8
# Where the hardest were asked about, these are told apart less often though it can be learnt.
_SEPARATED_CHOSEN = 0.7
# So many of the pool say where the noes lie in it.
_OTHERS = 512
_WELL_SEPARATED = 0.9
_COVERAGE = 0.9
# Left-out examples were read by fits that share nearly all others: each counts as half a witness.
_WITNESS = 0.5

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
    """Cross-validated figures of the examples; None while there are too few to hold any out.

    They hold for texts as mixed as the examples are. `separation`: how often a left-out yes scores above a
    left-out no. `pool_flagged`, `pool_precision`: the share of the pool that would be flagged and, by the
    signal's own chances, the share of that which is right; None without a pool.
    """

    precision: Figure | None
    recall: Figure | None
    f1: Figure | None
    separation: float | None
    pool_flagged: float | None
    pool_precision: float | None
    verdict: Verdict


def assess(
    yes: Vectors, no: Vectors, pool: Vectors | Survey | None = None, precision: float | None = None
) -> Assessment:
    """Hold examples out in turn, learn from the others as `learn` does, and see what they are taken for.

    Takes as long as eight fits. Texts of the pool should not be among the examples.
    """
    contradictions = find_contradictions(yes, no)
    around = survey_if_any(pool)
    flagged, right = _look_at_pool(yes, no, around, precision)
    if min(len(yes), len(no)) < FEWEST:
        verdict = _judge(len(yes), len(no), None, contradictions)
        return Assessment(None, None, None, None, flagged, right, verdict)
    held_out = _cross_validate(yes, no, around, precision)
    figures = _figures(held_out.flagged_yes, held_out.flagged_no)
    verdict = _judge(len(yes), len(no), held_out, contradictions)
    return Assessment(*figures, held_out.separation, flagged, right, verdict)


def find_contradictions(yes: Vectors, no: Vectors) -> tuple[tuple[int, int], ...]:
    """Pairs (yes, no) of the same text, or one that differs in case, spaces or a mark only."""
    if not len(yes) or not len(no):
        return ()
    letters = slice(-GRAMS - SURFACE, -SURFACE)
    unlike = 1 - yes[:, letters] @ no[:, letters].T
    words = np.minimum(count_words(yes)[:, None], count_words(no)[None])
    return tuple((int(one), int(other)) for one, other in np.argwhere(unlike * words < SAME_LETTERS))


@dataclass(frozen=True, eq=False)
class _HeldOut:
    flagged_yes: NDArray[np.bool_]
    flagged_no: NDArray[np.bool_]
    separation: float
    # 0 when the noes were met by chance, up to 1 when they were chosen for being like a yes.
    chosen: float


def _cross_validate(yes: Vectors, no: Vectors, pool: Survey | None, precision: float | None) -> _HeldOut:
    scores_yes, scores_no, places = np.zeros(len(yes)), np.zeros(len(no)), np.zeros(len(no))
    others = pool.originals()[:_OTHERS] if pool else None
    flagged_yes, flagged_no = np.zeros(len(yes), np.bool_), np.zeros(len(no), np.bool_)
    folds = min(_FOLDS, len(yes), len(no))
    for fold in range(folds):
        out_yes, out_no = np.arange(len(yes)) % folds == fold, np.arange(len(no)) % folds == fold
        learned = learn(yes[~out_yes], no[~out_no], pool, precision)
        scores_yes[out_yes], scores_no[out_no] = learned.score(yes[out_yes]), learned.score(no[out_no])
        flagged_yes[out_yes] = scores_yes[out_yes] >= learned.threshold
        flagged_no[out_no] = scores_no[out_no] >= learned.threshold
        if others is not None:
            places[out_no] = np.searchsorted(np.sort(learned.score(others)), scores_no[out_no]) / len(others)
    above = np.sign(scores_yes[:, None] - scores_no[None]).mean()
    return _HeldOut(flagged_yes, flagged_no, float(above + 1) / 2, how_chosen(places))


def _figures(yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> tuple[Figure, Figure, Figure]:
    right, wrong, missed = int(yes.sum()), int(no.sum()), int((~yes).sum())
    return _share(right, wrong), _share(right, missed), _f1(right, wrong + missed)


def _share(hits: int, misses: int) -> Figure:
    """Jeffreys' interval (Brown, Cai & DasGupta 2001), of as many witnesses."""
    # Here, for it takes long to import and most processes never teach.
    from scipy.special import betaincinv

    tail = (1 - _COVERAGE) / 2
    low, high = betaincinv(_WITNESS * hits + 0.5, _WITNESS * misses + 0.5, [tail, 1 - tail])
    value = hits / (hits + misses) if hits + misses else 0.0
    return Figure(value, float(low) if hits else 0.0, float(high) if misses else 1.0)


def _f1(right: int, errors: int) -> Figure:
    """U / (U + V) for gamma variates U of twice the hits, V of the errors (Goutte & Gaussier 2005)."""
    chance = np.random.default_rng(0)
    hits = 2 * chance.gamma(_WITNESS * right + 0.5, size=4000)
    misses = chance.gamma(_WITNESS * errors + 0.5, size=4000)
    tail = (1 - _COVERAGE) / 2
    low, high = np.quantile(hits / (hits + misses), [tail, 1 - tail])
    value = 2 * right / (2 * right + errors) if right + errors else 0.0
    return Figure(value, min(float(low), value), max(float(high), value))


def _look_at_pool(
    yes: Vectors, no: Vectors, pool: Survey | None, precision: float | None
) -> tuple[float | None, float | None]:
    if pool is None or not len(yes) or not len(no):
        return None, None
    learned = learn(yes, no, pool, precision)
    scores = learned.score(pool.originals())
    flagged = scores >= learned.threshold
    return float(flagged.mean()), float(scores[flagged].mean()) if flagged.any() else None


def _judge(
    count_yes: int, count_no: int, held_out: _HeldOut | None, contradictions: tuple[tuple[int, int], ...]
) -> Verdict:
    if contradictions:
        many = f"{len(contradictions)} texts are" if len(contradictions) > 1 else "One text is"
        return Verdict(
            False,
            "contradictory",
            f"{many} labelled both yes and no: decide which, then look again.",
            contradictions,
        )
    if held_out is None:
        return Verdict(
            False,
            "too_few",
            f"Too few examples to tell yet: label at least {FEWEST} yes and {FEWEST} no "
            f"(so far {count_yes} and {count_no}).",
        )
    if held_out.separation < _SEPARATED - (_SEPARATED - _SEPARATED_CHOSEN) * held_out.chosen:
        return Verdict(
            False,
            "not_separated",
            "This cannot be learnt from these examples: texts with a yes look like texts with a no. "
            "Ask for something that stands in the text itself, or use a judge.",
        )
    if held_out.separation < _WELL_SEPARATED:
        return Verdict(
            True, "", "It is beginning to tell yes from no: label the texts proposed to make it surer."
        )
    return Verdict(True, "", "It tells yes from no on examples it was not shown.")
