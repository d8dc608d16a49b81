"""What a pool of unlabelled texts tells before anybody labels one: how its vectors lie, and a sample."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signals.learning.features import GRAMS, SURFACE, Vectors

# So many of a pool are read: enough to see a share of one in a hundred.
SAMPLE = 4096
# So many may stand in as likely noes: more were no better and cost time.
ANCHORS = 256
# How far each part spreads beside the embedding (measured: docs/signals.md).
_WEIGHT_OF_GRAMS = 1.0
_WEIGHT_OF_SURFACE = 0.25
# Parts of length 1 are taken to spread as far as this at least: a pool of one text only spreads nowhere.
_NARROWEST = 0.3


@dataclass(frozen=True, eq=False)
class Survey:
    """A pool's sample (m, width), centred and scaled; a row x of the cache lies at (x - centre) * scale here.

    `anchors`: rows of the sample that may stand in as likely noes. `kernel`: their products with each other.
    """

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    rows: Vectors
    anchors: NDArray[np.intp]
    kernel: NDArray[np.float64]

    def place(self, vectors: Vectors) -> Vectors:
        """Rows of the cache as they lie here."""
        placed: Vectors = ((vectors - self.centre) * self.scale).astype(np.float32)
        return placed

    def originals(self) -> Vectors:
        """The sampled rows as they are cached."""
        rows: Vectors = (self.rows / self.scale + self.centre).astype(np.float32)
        return rows


def survey(pool: Vectors) -> Survey:
    """Look at a pool (n, width) once: tens of milliseconds, for any number of signals learnt from it.

    Larger ones than SAMPLE are sampled evenly at random, the same rows each time.
    """
    chance = np.random.default_rng(len(pool))
    if len(pool) > SAMPLE:
        pool = pool[np.sort(chance.choice(len(pool), SAMPLE, replace=False))]
    centre = pool.mean(axis=0, dtype=np.float64)
    scale = _balance(pool.std(axis=0, dtype=np.float64))
    rows: Vectors = ((pool - centre.astype(np.float32)) * scale.astype(np.float32)).astype(np.float32)
    anchors = chance.permutation(len(rows))[: min(ANCHORS, len(rows) // 2)]
    kernel = (rows[anchors] @ rows[anchors].T).astype(np.float64)
    return Survey(centre, scale, rows, anchors, kernel)


def survey_if_any(pool: Vectors | Survey | None) -> Survey | None:
    """The survey of a pool that may have been surveyed already, or be empty or missing."""
    if pool is None or isinstance(pool, Survey):
        return pool
    return survey(pool) if len(pool) else None


def _balance(spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """What to multiply each column by so that each part spreads as far in all as it should."""
    embedding, grams, surface = np.split(spread, [len(spread) - GRAMS - SURFACE, len(spread) - SURFACE])
    return np.concatenate(
        [
            np.full(len(embedding), 1 / max(float(np.linalg.norm(embedding)), _NARROWEST)),
            np.full(GRAMS, _WEIGHT_OF_GRAMS / max(float(np.linalg.norm(grams)), _NARROWEST)),
            _WEIGHT_OF_SURFACE / np.sqrt(SURFACE) / (surface + 0.02),
        ]
    )
