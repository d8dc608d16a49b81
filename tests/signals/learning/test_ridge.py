"""Ridge regression with closed-form left-out margins."""

import numpy as np

from signals.learning.ridge import fit_ridge


def test_the_margins_left_out_are_those_of_fits_without_the_row() -> None:
    chance = np.random.default_rng(1)
    rows, targets, trust = (
        chance.normal(size=(9, 30)),
        np.repeat([1.0, -1.0], [4, 5]),
        chance.uniform(0.2, 3, 9),
    )
    fitted = fit_ridge(rows @ rows.T, targets, trust)
    for out in range(9):
        kept = np.arange(9) != out
        without = fit_ridge((rows @ rows.T)[np.ix_(kept, kept)], targets[kept], trust[kept])
        margin = (rows[kept].T @ without.duals) @ rows[out] + without.bias
        assert np.isclose(margin, fitted.left_out[out])
