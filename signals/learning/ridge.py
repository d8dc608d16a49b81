"""Ridge regression, with what each row would get had it been left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A direction (width,) and bias; `left_out` (n,): the margin of each row, fitted without itself."""

    weights: Numbers
    bias: float
    left_out: Numbers


def fit_few(rows: Numbers, products: Numbers, targets: Numbers, trust: Numbers) -> Fitted:
    """Fit targets (n,) in -1…1 on rows (n, width), each with its trust > 0; `products` (n, n) of the rows.

    Solved in its dual, where leaving a row out has a closed form: y - a / diag(K⁻¹)
    (Rifkin & Lippert 2007, "Notes on regularized least squares"). For fewer rows than columns.
    """
    inverse = np.linalg.inv(products + 1 + np.diag(1 / trust))
    duals = inverse @ targets
    return Fitted(rows.T @ duals, float(duals.sum()), targets - duals / np.diag(inverse))


def fit_many(rows: Numbers, targets: Numbers, trust: Numbers) -> Fitted:
    """The same as `fit_few`, solved in as many unknowns as there are columns: for more rows than those."""
    with_bias = np.hstack([rows, np.ones((len(rows), 1))])
    trusted = with_bias * trust[:, None]
    inverse = np.linalg.inv(with_bias.T @ trusted + np.eye(with_bias.shape[1]))
    weights = inverse @ (trusted.T @ targets)
    own = np.einsum("ij,ij->i", with_bias @ inverse, trusted)
    left_out = targets - (targets - with_bias @ weights) / (1 - own)
    return Fitted(weights[:-1], float(weights[-1]), left_out)
