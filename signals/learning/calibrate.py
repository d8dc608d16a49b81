"""Margins as honest probabilities: how rare a yes is, and how sure, by the examples and the pool."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BINS = 96
# How many logits may lie between a typical no and a typical yes, and how many middles are tried.
_SLOPES = np.geomspace(2, 20, 12)
_MIDDLES = 48
# So much of what each example says is news: their margins stem from one another.
_INDEPENDENCE = 0.75
# No chance is nought or one, also in single precision: a threshold of 1 flags nothing.
_NEVER_QUITE = (1e-6, 1 - 1e-6)
# How sure it must be that as many flagged texts are right as was asked.
_SURETY = 0.75
# Where in the pool noes lie on average when some were chosen for being like a yes, and when surely all were.
_CHANCE, _CHOICE = 0.7, 0.9


@dataclass(frozen=True, eq=False)
class Curve:
    """The chance of yes at BINS margins evenly from `low` to `high`, flat beyond."""

    low: float
    high: float
    chances: Numbers
    # The share of the pool that has it: 0…1.
    prevalence: float

    def read(self, margins: Numbers) -> Numbers:
        """Margins of any shape as chances of yes."""
        places = np.linspace(self.low, self.high, len(self.chances))
        chances: Numbers = np.interp(margins, places, self.chances)
        return chances


@dataclass(frozen=True, eq=False)
class _Readings:
    """Logistic curves that may be true: their chances (k, BINS), and how likely each is (k,)."""

    chances: Numbers
    likelihood: Numbers
    prevalences: Numbers


def calibrate(yes: Numbers, no: Numbers, pool: Numbers, precision: float | None) -> tuple[Curve, float]:
    """The curve for margins of yes (a,), no (b,) and a pool (n,), none of a row fitted on; and the threshold.

    A logistic curve on the margin implies how common yes is in the pool: its mean there. Given that, the yes
    examples are draws from what the curve says is yes, the noes from the rest (presence-background
    likelihood, Ward et al. 2009, for yes; likewise for no). Examples that were chosen to be labelled say how
    likely yes is where they lie, but not how common it is: the more the noes lie where the yeses do, the less
    that is asked of them. All curves of a grid are weighed by their likelihood and averaged, so that few
    examples give cautious chances.
    """
    low, high, shares = _tally(np.concatenate([yes, no, pool]), pool)
    margins = np.linspace(low, high, BINS)
    readings = _weigh(yes, no, margins, shares)
    chances = np.clip(np.maximum.accumulate(readings.likelihood @ readings.chances), *_NEVER_QUITE)
    prevalence = float(readings.likelihood @ readings.prevalences)
    curve = Curve(low, high, chances, prevalence)
    best = _best_f1(readings, shares) if precision is None else _precise(readings, shares, precision)
    return curve, float(chances[best]) if best < BINS else 1.0


def _tally(all_margins: Numbers, pool: Numbers) -> tuple[float, float, Numbers]:
    spare = 0.1 * float(np.ptp(all_margins)) + 1e-3
    low, high = float(all_margins.min()) - spare, float(all_margins.max()) + spare
    # Each bin's centre is a margin of the curve.
    half = (high - low) / (BINS - 1) / 2
    counts = np.histogram(pool, BINS, (low - half, high + half))[0]
    return low, high, counts / max(counts.sum(), 1)


def _weigh(yes: Numbers, no: Numbers, margins: Numbers, shares: Numbers) -> _Readings:
    typical_no = min(float(margins[np.searchsorted(np.cumsum(shares), 0.5)]), float(np.median(no)))
    apart = max(float(np.median(yes)) - typical_no, 0.05)
    slopes, middles = np.meshgrid(
        _SLOPES / apart, np.linspace(margins[0], margins[-1], _MIDDLES), indexing="ij"
    )
    slopes, middles = slopes.reshape(-1, 1), middles.reshape(-1, 1)
    chances = _logistic(slopes * (margins - middles))
    prevalences = np.clip(chances @ shares, 1e-5, 1 - 1e-5)
    seen = _log_logistic(slopes * (yes - middles)).sum(axis=1)
    seen += _log_logistic(-slopes * (no - middles)).sum(axis=1)
    by_chance = len(yes) * np.log(prevalences) + len(no) * np.log(1 - prevalences)
    seen -= _drawn_by_chance(no, margins, shares) * by_chance
    likelihood = np.exp(_INDEPENDENCE * (seen - seen.max()))
    return _Readings(chances, likelihood / likelihood.sum(), prevalences)


def _drawn_by_chance(no: Numbers, margins: Numbers, shares: Numbers) -> float:
    """1 when the noes lie as any of the pool, down to a half when they lie where the likely yeses do."""
    return 1 - 0.5 * how_chosen(np.interp(no, margins, np.cumsum(shares)))


def how_chosen(places: Numbers) -> float:
    """0 when noes lie as any of the pool, up to 1 when they lie where the likely yeses do.

    `places`: the share of the pool below each no, 0…1.
    """
    return min(1.0, max(0.0, (float(places.mean()) - _CHANCE) / (_CHOICE - _CHANCE)))


def _best_f1(readings: _Readings, shares: Numbers) -> int:
    """The first bin to flag for the highest F1 to be expected in the pool."""
    found = np.cumsum((readings.chances * shares)[:, ::-1], axis=1)[:, ::-1]
    flagged = np.cumsum(shares[::-1])[::-1]
    return int(np.argmax(readings.likelihood @ (2 * found / (flagged + readings.prevalences[:, None]))))


def _precise(readings: _Readings, shares: Numbers, precision: float) -> int:
    """The first bin to flag for as many to be right as asked, rather surely; BINS when there is none.

    Above all of the pool, where no yes was met yet, each text must be right with that chance.
    """
    right = np.cumsum((readings.chances * shares)[:, ::-1], axis=1)[:, ::-1]
    flagged = np.cumsum(shares[::-1])[::-1]
    is_enough = np.where(flagged > 0, right >= precision * flagged, readings.chances >= precision)
    enough = np.flatnonzero(readings.likelihood @ is_enough >= _SURETY)
    return int(enough[0]) if len(enough) else BINS


def _logistic(logits: Numbers) -> Numbers:
    chances: Numbers = 0.5 * (1 + np.tanh(0.5 * logits))
    return chances


def _log_logistic(logits: Numbers) -> Numbers:
    log_chances: Numbers = -np.logaddexp(0, -logits)
    return log_chances
