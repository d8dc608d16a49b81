"""Intervals of rates, against figures that were worked out elsewhere."""

import pytest

from signals.intervals import find_interval


@pytest.mark.parametrize(
    ("passed", "tries", "low", "high"),
    [
        # As in Newcombe, “Two-sided confidence intervals for the single proportion”, 1998, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (3, 3, 0.4385, 1.0),
    ],
)
def test_the_interval_is_wilsons(passed: int, tries: int, low: float, high: float) -> None:
    assert find_interval(passed, tries) == pytest.approx((low, high), abs=5e-5)


def test_without_a_try_anything_is_possible() -> None:
    assert find_interval(0, 0) == (0, 1)


def test_what_never_passed_may_pass_and_what_always_did_may_fail() -> None:
    for tries in range(1, 11):
        assert find_interval(0, tries)[0] == pytest.approx(0)
        assert find_interval(tries, tries)[1] == pytest.approx(1)
        assert find_interval(0, tries)[1] > 0.2
        assert find_interval(tries, tries)[0] < 0.8
