"""How a few-shot signal is learnt: from a handful of yes and no, and from texts nobody labelled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signals.learning.calibrate import Curve, calibrate
from signals.learning.features import Vectors
from signals.learning.learned import Learned, Scores, score_cached, score_with_all
from signals.learning.ridge import fit_few, fit_many
from signals.learning.survey import Survey, survey, survey_if_any

__all__ = ["Learned", "Scores", "learn", "score_cached", "score_with_all"]

Numbers = NDArray[np.float64]

# How far an example is trusted against the ridge; all noes together are trusted as all yeses are.
_TRUST = 2.0
# Of that, what likely noes from the pool take over from the labelled noes, once there are so many of them.
_POOL_SHARE = 0.7
_ENOUGH_ANCHORS = 32
# A text of the pool stands in as a no when its chance of yes is below this.
_SURELY_NO = 0.1
# Within these chances a reading is unsure, and the threshold always is among them.
_UNSURE = (0.2, 0.8)


@dataclass(frozen=True, eq=False)
class _Line:
    """A direction in the surveyed space, and the margins it gives, none of them of a row it was fitted on."""

    weights: Numbers
    bias: float
    yes: Numbers
    no: Numbers
    pool: Numbers


def learn(
    yes: Vectors,
    no: Vectors,
    pool: Vectors | Survey | None = None,
    precision: float | None = None,
    *,
    embedder: str = "",
) -> Learned:
    """Learn from (a, width) texts that have it, (b, width) that have not; ValueError without one of each.

    `pool` (n, width), or its survey when several things are learnt from it: unlabelled texts, as they come.
    `precision`: the share of flagged texts that should be right; without, the threshold is where F1 should
    be highest in the pool. `embedder`: the name of what made the vectors.
    """
    if not len(yes) or not len(no):
        raise ValueError("A signal needs at least one yes and one no.")
    examples = np.vstack([yes, no])
    around = survey_if_any(pool)
    alone = around is None
    if around is None:
        around = survey(examples)
    placed = around.place(examples)
    line = _draw(around, placed, len(yes), np.empty(0, np.intp))
    if alone:
        # Nobody knows how rare a yes is: as common as among the examples.
        line = _Line(line.weights, line.bias, line.yes, line.no, np.concatenate([line.yes, line.no]))
    else:
        line = _draw(around, placed, len(yes), _surely_no(around, line))
    curve, threshold = calibrate(line.yes, line.no, line.pool, precision)
    return _in_the_cache(around, line, curve, threshold, embedder)


def _draw(around: Survey, examples: Vectors, count_yes: int, anchors: NDArray[np.intp]) -> _Line:
    """Fit examples, the yeses first, and `anchors` (places in the survey's) as further noes."""
    count = len(examples)
    targets = np.repeat([1.0, -1.0], [count_yes, count - count_yes + len(anchors)])
    trust = _trust(count_yes, count - count_yes, len(anchors))
    standing_in = around.rows[around.anchors[anchors]]
    rows = np.vstack([examples, standing_in]).astype(np.float64)
    if len(rows) < rows.shape[1]:
        across = examples @ standing_in.T
        among = around.kernel[np.ix_(anchors, anchors)]
        products = np.block([[examples @ examples.T, across], [across.T, among]])
        fitted = fit_few(rows, products, targets, trust)
    else:
        fitted = fit_many(rows, targets, trust)
    left_out, pool = fitted.left_out, around.rows @ fitted.weights.astype(np.float32) + fitted.bias
    pool[around.anchors[anchors]] = left_out[count:]
    return _Line(
        fitted.weights, fitted.bias, left_out[:count_yes], left_out[count_yes:count], pool.astype(np.float64)
    )


def _trust(count_yes: int, count_no: int, count_anchors: int) -> Numbers:
    half = (count_yes + count_no) / 2
    share = _POOL_SHARE * min(1, count_anchors / _ENOUGH_ANCHORS)
    each = [half / count_yes, half * (1 - share) / count_no, half * share / max(count_anchors, 1)]
    return _TRUST * np.repeat(each, [count_yes, count_no, count_anchors])


def _surely_no(around: Survey, line: _Line) -> NDArray[np.intp]:
    """The anchors a first look takes for noes: the pool has yeses, too, not to be learnt as noes."""
    curve, _ = calibrate(line.yes, line.no, line.pool, None)
    chances = curve.read(line.pool[around.anchors])
    return np.flatnonzero(chances < _SURELY_NO)


def _in_the_cache(around: Survey, line: _Line, curve: Curve, threshold: float, embedder: str) -> Learned:
    """The line for rows as they are cached: centre and scale of the survey go into weights and bias."""
    weights = line.weights * around.scale
    unsure = min(_UNSURE[0], threshold), max(_UNSURE[1], threshold)
    bias = line.bias - float(weights @ around.centre)
    return Learned(weights.astype(np.float32), bias, curve, threshold, unsure, embedder)
