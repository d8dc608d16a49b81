"""Vectors: what a text is embedded as, computed once and kept by its words and its embedder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np
from numpy.typing import NDArray

from signals.handed import Embed, hands
from signals.learning.features import FEATURES, join_features
from signals.learning.static import StaticEmbedder
from signals.models import Embedding, hash_said

_static = StaticEmbedder()
_keeps: ContextVar[bool] = ContextVar("keeps", default=True)
# So many hashes fit into one question, also for SQLite.
_AT_ONCE = 500


def current_embedder() -> Embed:
    """The one that was handed over, else the small one that needs no server."""
    return hands.embed or _static


def embedder_name() -> str:
    """What vectors are kept by: the embedder, and how other features are joined to what it gives."""
    return f"{current_embedder().name}+{FEATURES}"


def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row for each text, (n, width); what is not known yet is computed and kept. Raises `CannotEmbed`."""
    hashes = [hash_said(text) for text in texts]
    known = known_vectors(hashes)
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    if missing:
        known |= _make(missing)
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([known[key] for key in hashes])


@contextmanager
def not_kept() -> Iterator[None]:
    """What is computed within is not kept: for texts that are read once, and not ours."""
    before = _keeps.set(False)
    try:
        yield
    finally:
        _keeps.reset(before)


def known_vectors(hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Those that are kept already, by the hashes of their texts; nothing is computed."""
    wanted, found = sorted(set(hashes)), {}
    rows = Embedding.objects.filter(embedder=embedder_name())
    for start in range(0, len(wanted), _AT_ONCE):
        for key, vector in rows.filter(sha256__in=wanted[start : start + _AT_ONCE]).values_list(
            "sha256", "vector"
        ):
            found[key] = np.frombuffer(vector, dtype=np.float16).astype(np.float32)
    return found


def _make(missing: dict[str, str]) -> dict[str, NDArray[np.float32]]:
    """Rounded as they are kept: a text reads the same the first time as ever after."""
    texts = list(missing.values())
    made = join_features(texts, current_embedder()(texts)).astype(np.float16)
    if _keeps.get():
        Embedding.objects.bulk_create(
            [
                Embedding(sha256=key, embedder=embedder_name(), vector=vector.tobytes())
                for key, vector in zip(missing, made, strict=True)
            ],
            ignore_conflicts=True,
        )
    return dict(zip(missing, made.astype(np.float32), strict=True))
