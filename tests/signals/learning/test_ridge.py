"""Ridge regression with closed-form left-out margins."""

import numpy as np

from signals.learning.ridge import fit_few, fit_many

CHANCE = np.random.default_rng(1)
ROWS, TARGETS, TRUST = CHANCE.normal(size=(9, 30)), np.repeat([1.0, -1.0], [4, 5]), CHANCE.uniform(0.2, 3, 9)


def test_the_margins_left_out_are_those_of_fits_without_the_row() -> None:
    fitted = fit_few(ROWS, ROWS @ ROWS.T, TARGETS, TRUST)
    for out in range(9):
        kept = np.arange(9) != out
        without = fit_few(ROWS[kept], ROWS[kept] @ ROWS[kept].T, TARGETS[kept], TRUST[kept])
        assert np.isclose(without.weights @ ROWS[out] + without.bias, fitted.left_out[out])


def test_few_and_many_rows_are_fitted_alike() -> None:
    few, many = fit_few(ROWS, ROWS @ ROWS.T, TARGETS, TRUST), fit_many(ROWS, TARGETS, TRUST)
    assert np.allclose(few.weights, many.weights)
    assert np.isclose(few.bias, many.bias)
    assert np.allclose(few.left_out, many.left_out)
