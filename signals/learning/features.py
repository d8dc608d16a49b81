"""What is stored for each text and read by every signal: its embedding and what else tells texts apart."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# Names this way of joining: readings and signals made with another are made anew.
FEATURES = "joined-1"
GRAMS = 512
_LONGEST = 5
_SHORTEST = 2
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def join_features(texts: Sequence[str], embedding: NDArray[np.float32]) -> Vectors:
    """What a signal reads of each text: (n, dims + GRAMS), for an embedding of shape (n, dims).

    Both parts have length 1, or 0 where a text is empty or the embedder gave no number.
    """
    if len(texts) != len(embedding):
        raise ValueError(f"{len(texts)} texts but {len(embedding)} vectors.")
    grams = np.stack([_hash_grams(text) for text in texts]) if texts else np.zeros((0, GRAMS), np.float32)
    return np.hstack([_normalise(np.nan_to_num(embedding, posinf=0, neginf=0)), _normalise(grams)])


def _hash_grams(text: str) -> NDArray[np.float32]:
    """The characters' n-grams counted into signed buckets (Weinberger et al., 2009, "feature hashing")."""
    counts = np.zeros(GRAMS, np.float32)
    letters = np.frombuffer(f" {' '.join(text.lower().split())} ".encode("utf-32-le", "replace"), np.uint32)
    codes = hashed = letters.astype(np.uint64)
    for length in range(2, min(_LONGEST, len(codes)) + 1):
        hashed = hashed[:-1] * _SPREAD + codes[length - 1 :]
        if length >= _SHORTEST:
            mixed = (hashed ^ (hashed >> np.uint64(29))) * _SPREAD >> np.uint64(40)
            signs = np.where(mixed & np.uint64(1), 1.0, -1.0)
            counts += np.bincount(
                (mixed >> np.uint64(1)) % np.uint64(GRAMS), weights=signs, minlength=GRAMS
            ).astype(np.float32)
    return counts


def _normalise(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    normalised: NDArray[np.float32] = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return normalised


def to_bytes(vectors: Vectors) -> list[bytes]:
    """Each row as it is cached: half-precision, little-endian, two bytes a number."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def from_bytes(rows: Iterable[bytes], width: int) -> Vectors:
    """The cached rows again, (n, width); ValueError when one has another width."""
    packed = list(rows)
    if any(len(row) != 2 * width for row in packed):
        raise ValueError("A cached vector has another width: it was made by another embedder.")
    return np.frombuffer(b"".join(packed), "<f2").reshape(len(packed), width).astype(np.float32)


def logistic(margins: NDArray[np.float32]) -> NDArray[np.float32]:
    """Margins as probabilities, without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * margins)), dtype=np.float32)


def logit(share: float) -> float:
    return math.log(share / (1 - share))
