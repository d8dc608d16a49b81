"""Ridge regression on few rows and many columns, with what each row would get had it been left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """`duals` (n,): the weight of each row in the direction; `left_out` (n,): its margin without itself."""

    duals: Numbers
    left_out: Numbers

    @property
    def bias(self) -> float:
        return float(self.duals.sum())


def fit_ridge(products: Numbers, targets: Numbers, trust: Numbers) -> Fitted:
    """Fit targets (n,) in -1…1 on rows whose products with each other are (n, n), each with its trust > 0.

    Solved in its dual, where leaving a row out has a closed form: y - a / diag(K⁻¹)
    (Rifkin & Lippert 2007, "Notes on regularized least squares").
    """
    inverse = np.linalg.inv(products + 1 + np.diag(1 / trust))
    duals = inverse @ targets
    return Fitted(duals, targets - duals / np.diag(inverse))
