"""What a few-shot signal learnt, and reading it from vectors: one matrix product for many signals at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from signals.learning.calibrate import Curve
from signals.learning.features import FEATURES, GRAMS, SURFACE, Vectors, from_bytes

Scores = NDArray[np.float32]

# So many cached rows are read at once: they stay in the processor's cache, which is worth a factor of ten.
_CHUNK = 1024


@dataclass(frozen=True, eq=False)
class Learned:
    """What a signal learnt: `weights` (width,) and `bias` give a margin, `curve` its probability of yes.

    A text is flagged from `threshold` on; between the two of `unsure` it had better be looked at.
    """

    weights: Vectors
    bias: float
    curve: Curve
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
        return self.width - GRAMS - SURFACE

    def margins(self, vectors: Vectors) -> Scores:
        """How far each row of (n, width) is on the side of yes: what the scores are made from, (n,)."""
        margins: Scores = vectors @ self.weights + np.float32(self.bias)
        return margins

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
            "low": self.curve.low,
            "high": self.curve.high,
            "chances": [float(chance) for chance in self.curve.chances],
            "prevalence": self.curve.prevalence,
            "threshold": self.threshold,
            "unsure": list(self.unsure),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` gave (for what strangers gave, `portable.read` checks first)."""
        low, high = data["unsure"]
        chances = np.asarray(data["chances"], np.float64)
        return cls(
            weights=np.asarray(data["weights"], np.float32),
            bias=float(data["bias"]),
            curve=Curve(float(data["low"]), float(data["high"]), chances, float(data["prevalence"])),
            threshold=float(data["threshold"]),
            unsure=(float(low), float(high)),
            embedder=data["embedder"],
            features=data["features"],
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Learned) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_json()))


def score_with_all(signals: Sequence[Learned], vectors: Vectors) -> Scores:
    """Many signals on one stack of vectors (n, width): probabilities (n, signals)."""
    scores = np.empty((len(vectors), len(signals)), np.float32)
    if not signals:
        return scores
    weights = np.stack([one.weights for one in signals], axis=1)
    for start in range(0, len(vectors), _CHUNK):
        _read(signals, vectors[start : start + _CHUNK] @ weights, scores[start : start + _CHUNK])
    return scores


def score_cached(signals: Sequence[Learned], rows: Sequence[bytes]) -> Scores:
    """Many signals on rows as `features.to_bytes` packed them: (n, signals); ValueError on another width."""
    scores = np.empty((len(rows), len(signals)), np.float32)
    for start in range(0, len(rows) if signals else 0, _CHUNK):
        vectors = from_bytes(rows[start : start + _CHUNK], signals[0].width)
        scores[start : start + _CHUNK] = score_with_all(signals, vectors)
    return scores


def _read(signals: Sequence[Learned], margins: Vectors, scores: Scores) -> None:
    for column, one in enumerate(signals):
        scores[:, column] = one.curve.read(margins[:, column].astype(np.float64) + one.bias)
