"""Margins as honest probabilities."""

import numpy as np
import pytest
from numpy.typing import NDArray

from signals.learning.calibrate import calibrate

Numbers = NDArray[np.float64]


def draw(
    share: float, apart: float, seed: int = 0, examples: int = 8
) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]:
    """Margins of yes and no examples and of a pool of which `share` is yes, and the pool's truth."""
    chance = np.random.default_rng(seed)
    truth = chance.random(4000) < share
    pool = chance.normal(truth * apart, 1)
    return chance.normal(apart, 1, examples), chance.normal(0, 1, examples), pool, truth


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
def test_the_pool_tells_how_common_yes_is(share: float) -> None:
    found = []
    for seed in range(10):
        yes, no, pool, _ = draw(share, 4, seed)
        found.append(calibrate(yes, no, pool, None)[0].prevalence)
    assert share / 1.6 < np.mean(found) < share * 1.6


@pytest.mark.parametrize("share", [0.03, 0.3])
def test_of_those_scored_from_a_half_on_at_least_as_many_are_right_as_said(share: float) -> None:
    gaps = []
    for seed in range(20):
        yes, no, pool, truth = draw(share, 4, seed)
        scores = calibrate(yes, no, pool, None)[0].read(pool)
        gaps.append(scores[scores >= 0.5].mean() - truth[scores >= 0.5].mean())
    # So few examples leave it cautious where the margins are as regular as these.
    assert -0.25 < np.nanmean(gaps) < 0.05


def test_a_higher_margin_is_never_less_likely() -> None:
    yes, no, pool, _ = draw(0.1, 2)
    curve, _ = calibrate(yes, no, pool, None)
    assert (np.diff(curve.read(np.linspace(-9, 9, 500))) >= 0).all()


def test_a_higher_precision_asked_for_flags_fewer_and_more_of_them_right() -> None:
    yes, no, pool, truth = draw(0.1, 3, examples=40)
    flagged = []
    for precision in (0.5, 0.65, 0.8):
        curve, threshold = calibrate(yes, no, pool, precision)
        flagged.append(curve.read(pool) >= threshold)
    assert flagged[0].sum() > flagged[1].sum() > flagged[2].sum() > 0
    assert truth[flagged[0]].mean() < truth[flagged[1]].mean() < truth[flagged[2]].mean()


def test_a_precision_that_so_few_examples_cannot_promise_flags_nothing() -> None:
    yes, no, pool, _ = draw(0.1, 1)
    curve, threshold = calibrate(yes, no, pool, 0.99)
    assert not (curve.read(pool) >= threshold).any()


def test_what_is_surely_a_yes_is_flagged_though_the_pool_holds_none() -> None:
    yes, no, pool, _ = draw(0.0, 8, examples=20)
    curve, threshold = calibrate(yes, no, pool, 0.8)
    assert curve.read(np.array([8.0]))[0] >= threshold
    assert not (curve.read(pool) >= threshold).any()


def test_margins_that_are_all_the_same_have_a_chance_too() -> None:
    curve, threshold = calibrate(np.ones(3), np.ones(3), np.ones(50), None)
    assert np.isfinite(curve.chances).all()
    assert 0 <= threshold <= 1
