"""What is stored for each text and read by every signal: its embedding and what else tells texts apart."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from signals.clean import clean_text

Vectors = NDArray[np.float32]

# Names this way of joining: what was learnt with another is learnt anew.
FEATURES = "joined-1"
GRAMS = 512
SURFACE = 10
# Texts are the same but for case, spaces or a mark when their letters' cosine falls short of 1 by less than
# this, divided by their words: one other word in a long text makes another text.
SAME_LETTERS = 0.55
_SHORTEST, _LONGEST = 2, 5
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def join_features(texts: Sequence[str], embedding: NDArray[np.float32]) -> Vectors:
    """What a signal reads of each text, (n, dims + GRAMS + SURFACE), for an embedding of shape (n, dims).

    The embedding and the n-grams have length 1 each (0 where a text is empty or the embedder gave no number),
    the surface features lie within 0 and about 1: none outweighs the others, whatever the embedder.
    """
    if len(texts) != len(embedding):
        raise ValueError(f"{len(texts)} texts but {len(embedding)} vectors.")
    joined = np.zeros((len(texts), embedding.shape[1] + GRAMS + SURFACE), np.float32)
    joined[:, : -GRAMS - SURFACE] = _normalise(np.nan_to_num(embedding, posinf=0, neginf=0))
    for row, text in zip(joined, map(clean_text, texts), strict=True):
        row[-GRAMS - SURFACE : -SURFACE] = hash_grams(text)
        row[-SURFACE:] = read_surface(text)
    return joined


def hash_grams(text: str) -> NDArray[np.float64]:
    """Its 2- to 5-grams of characters in GRAMS signed buckets (Weinberger et al. 2009), as a unit vector.

    A gram that comes k times counts as √k: a word repeated is not a text's whole meaning.
    """
    letters = f" {' '.join(text.lower().split())} ".encode("utf-32-le", "replace")
    codes = hashed = np.frombuffer(letters, np.uint32).astype(np.uint64)
    grams = []
    for length in range(_SHORTEST, min(_LONGEST, len(codes)) + 1):
        hashed = hashed[:-1] * _SPREAD + codes[length - 1 :]
        grams.append(hashed)
    found, counts = np.unique(np.concatenate(grams), return_counts=True)
    mixed = (found ^ (found >> np.uint64(29))) * _SPREAD >> np.uint64(40)
    signed = np.where(mixed & np.uint64(1), 1.0, -1.0) * np.sqrt(counts)
    places = ((mixed >> np.uint64(1)) % np.uint64(GRAMS)).astype(np.intp)
    buckets = np.bincount(places, weights=signed, minlength=GRAMS)
    return buckets / max(float(np.linalg.norm(buckets)), 1e-9)


def read_surface(text: str) -> list[float]:
    """How a text looks: its length, figures, capitals, marks and lines; each within 0 and about 1."""
    words = text.split()
    letters, count = max(len(text), 1), max(len(words), 1)
    shares = [
        sum(map(text.count, "0123456789")) / letters,
        sum(map(str.isupper, text)) / letters,
        sum(word.isupper() and len(word) > 1 for word in words) / count,
        *(sum(map(text.count, marks)) / count for marks in ("!", "?", "\n", ",;:()", "$£€%")),
    ]
    return [
        float(np.log1p(len(words))) / 5,
        letters / count / 10,
        *(min(share, 1.0) ** 0.5 for share in shares),
    ]


def count_words(joined: Vectors) -> NDArray[np.float32]:
    """How many words the texts of joined rows (n, width) have, (n,)."""
    words: NDArray[np.float32] = np.expm1(joined[:, -SURFACE] * 5)
    return words


def _normalise(rows: NDArray[np.float32]) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    normalised: Vectors = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return normalised


def to_bytes(vectors: Vectors) -> list[bytes]:
    """Each row as it is cached: half precision, little-endian, two bytes a number."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def from_bytes(rows: Iterable[bytes], width: int) -> Vectors:
    """The cached rows again, (n, width); ValueError when one has another width."""
    packed = list(rows)
    if any(len(row) != 2 * width for row in packed):
        raise ValueError("A cached vector has another width: it was made by another embedder.")
    return np.frombuffer(b"".join(packed), "<f2").reshape(len(packed), width).astype(np.float32)
