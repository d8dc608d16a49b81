"""A few-shot signal: learnt from examples in milliseconds, read from cached vectors as one matrix product."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from signals.learning.features import FEATURES, GRAMS, Vectors, logistic

Scores = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Learned:
    """What a signal learnt: the logistic of `weights` (width,) and `bias` is the probability of yes."""

    weights: Vectors
    bias: float
    threshold: float
    unsure: tuple[float, float]
    embedder: str = ""
    features: str = FEATURES

    @property
    def width(self) -> int:
        return len(self.weights)

    @property
    def dims(self) -> int:
        """How many numbers its embedder gives a text."""
        return self.width - GRAMS

    def score(self, vectors: Vectors) -> Scores:
        """The probability of yes for each row of (n, width)."""
        return score_with_all([self], vectors)[:, 0]

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers: `from_json` gives an equal signal back."""
        return {
            "embedder": self.embedder,
            "features": self.features,
            "dims": self.dims,
            "weights": [float(f"{weight:.9g}") for weight in self.weights],
            "bias": self.bias,
            "threshold": self.threshold,
            "unsure": list(self.unsure),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` gave (for what strangers gave, `portable.read` checks first)."""
        low, high = data["unsure"]
        return cls(
            weights=np.asarray(data["weights"], np.float32),
            bias=float(data["bias"]),
            threshold=float(data["threshold"]),
            unsure=(float(low), float(high)),
            embedder=data["embedder"],
            features=data["features"],
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Learned) and json.dumps(self.to_json()) == json.dumps(other.to_json())

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_json()))


def score_with_all(signals: Sequence[Learned], vectors: Vectors) -> Scores:
    """Many signals on one stack of vectors (n, width): probabilities (n, signals), in one matrix product."""
    weights = np.stack([one.weights for one in signals], axis=1)
    biases = np.array([one.bias for one in signals], np.float32)
    return logistic(vectors @ weights + biases)


def learn(
    yes: Vectors,
    no: Vectors,
    pool: Vectors | None = None,
    precision: float | None = None,
    *,
    embedder: str = "",
) -> Learned:
    """Learn from (a, width) texts that have it and (b, width) that have not; ValueError without one of each.

    `pool` (n, width): texts nobody labelled. `precision`: the share of flagged texts that should be right.
    """
    if not len(yes) or not len(no):
        raise ValueError("A signal needs at least one yes and one no.")
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    model.fit(np.vstack([yes, no]), np.repeat([1, 0], [len(yes), len(no)]))
    threshold = 0.5 if precision is None else max(0.5, precision)
    return Learned(
        model.coef_[0].astype(np.float32), float(model.intercept_[0]), threshold, (0.4, 0.6), embedder
    )
