"""Vectors: what a text is embedded as, computed once and kept by its words and its embedder."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np
from numpy.typing import NDArray

from signals.handed import CannotEmbed, Embed, hands
from signals.learning.features import FEATURES, from_bytes, join_features, to_bytes
from signals.learning.static import StaticEmbedder
from signals.models import Embedding, hash_said

_static = StaticEmbedder()
_keeps: ContextVar[bool] = ContextVar("keeps", default=True)
# So many hashes fit into one question, also for SQLite.
_AT_ONCE = 500
_OTHER_LENGTH = "The embedder “{name}” gives vectors of another length than before: it needs another name."


def current_embedder() -> Embed:
    """The one that was handed over, else the small one that needs no server."""
    return hands.embed or _static


def embedder_name() -> str:
    """What vectors are kept by: the embedder, and how other features are joined to what it gives."""
    return f"{current_embedder().name}+{FEATURES}"


def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row for each text, (n, width); what is not known yet is computed and kept. Raises `CannotEmbed`."""
    hashes = [hash_said(text) for text in texts]
    known = _load(hashes)
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    if missing:
        known |= _make(missing)
    return _stack([known[key] for key in hashes])


@contextmanager
def not_kept() -> Iterator[None]:
    """What is computed within is not kept: for texts that are read once, and not ours."""
    before = _keeps.set(False)
    try:
        yield
    finally:
        _keeps.reset(before)


def known_vectors(hashes: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
    """Which of these have a vector already, and a row for each of those; nothing is computed."""
    known = _load(hashes)
    found = [number for number, key in enumerate(hashes) if key in known]
    return found, _stack([known[hashes[number]] for number in found])


def embed_missing(texts: Mapping[str, str]) -> int:
    """Compute and keep the vectors of those texts, by their hashes, that have none; how many those were.

    Raises `CannotEmbed`.
    """
    rows, wanted, known = Embedding.objects.filter(embedder=embedder_name()), sorted(texts), set[str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = rows.filter(sha256__in=wanted[start : start + _AT_ONCE])
        known.update(some.values_list("sha256", flat=True))
    missing = {key: text for key, text in texts.items() if key not in known}
    if missing:
        _make(missing)
    return len(missing)


def _load(hashes: Sequence[str]) -> dict[str, bytes]:
    wanted, found = sorted(set(hashes)), dict[str, bytes]()
    rows = Embedding.objects.filter(embedder=embedder_name())
    for start in range(0, len(wanted), _AT_ONCE):
        some = rows.filter(sha256__in=wanted[start : start + _AT_ONCE])
        found |= {key: bytes(vector) for key, vector in some.values_list("sha256", "vector")}
    return found


def _make(missing: dict[str, str]) -> dict[str, bytes]:
    """Rounded as they are kept: a text reads the same the first time as ever after."""
    texts = list(missing.values())
    made = dict(zip(missing, to_bytes(join_features(texts, current_embedder()(texts))), strict=True))
    _check_length(next(iter(made.values())))
    if _keeps.get():
        Embedding.objects.bulk_create(
            [Embedding(sha256=key, embedder=embedder_name(), vector=vector) for key, vector in made.items()],
            ignore_conflicts=True,
        )
    return made


def _check_length(vector: bytes) -> None:
    """Before it is kept beside the others: of two lengths under one name, neither could be read any more."""
    kept = Embedding.objects.filter(embedder=embedder_name()).values_list("vector", flat=True)
    if any(len(other) != len(vector) for other in kept[:1]):
        raise CannotEmbed(_OTHER_LENGTH.format(name=current_embedder().name))


def _stack(rows: Sequence[bytes]) -> NDArray[np.float32]:
    if not rows:
        return np.zeros((0, 0), dtype=np.float32)
    try:
        return from_bytes(rows, len(rows[0]) // 2)
    except ValueError as error:
        raise CannotEmbed(_OTHER_LENGTH.format(name=current_embedder().name)) from error
