"""Few-shot: learnt from a handful of yes and no examples, read on every piece."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pydantic import Field

from signals.handed import CannotEmbed
from signals.kinds.base import SignalKind, SignalSettings, TextToRead, Verdict
from signals.learning.features import Vectors
from signals.learning.learn import Learned
from signals.vectors import current_embedder, embedder_name, vectors_of

_OTHER_VECTORS = "It learnt from the vectors of another embedder, and is being taught anew."


class FewShotSettings(SignalSettings):
    """How sure it is to be before it fires, and the phrase that its first examples are looked for with.

    `precision` is the share of what it flags that is to be right, 0…1.
    """

    precision: float | None = Field(default=None, gt=0, lt=1)
    phrase: str = ""


class FewShot(SignalKind[FewShotSettings]):
    """A text reads as strongly as its strongest piece."""

    name = "few_shot"
    label = "Examples"
    about = "You show it texts and say yes or no; it learns the difference."
    Settings = FewShotSettings

    def made_by(self, settings: FewShotSettings, learned: Mapping[str, Any] | None) -> str:
        """A hash of what it learnt, and the embedder whose vectors it reads."""
        if learned is None:
            return ""
        said = hashlib.sha256(json.dumps(learned, sort_keys=True).encode()).hexdigest()
        return f"few_shot {said[:12]} {embedder_name()}"

    def read(
        self, settings: FewShotSettings, learned: Mapping[str, Any] | None, texts: Sequence[TextToRead]
    ) -> list[Verdict]:
        """One product of matrices for all pieces of all texts."""
        if learned is None:
            return [Verdict(None, error="It has not been taught yet.")] * len(texts)
        if learned["embedder"] != current_embedder().name:
            return [Verdict(None, error=_OTHER_VECTORS)] * len(texts)
        model = Learned.from_json(dict(learned))
        try:
            vectors = _stack(texts)
        except CannotEmbed as error:
            return [Verdict(None, error=str(error))] * len(texts)
        if len(vectors) and vectors.shape[1] != model.width:
            return [Verdict(None, error=_OTHER_VECTORS)] * len(texts)
        scores = model.score(vectors) if len(vectors) else np.zeros(0)
        verdicts, start = [], 0
        for text in texts:
            own = scores[start : start + len(text.pieces)]
            start += len(text.pieces)
            best = int(own.argmax()) if len(own) else 0
            verdicts.append(
                Verdict(float(own[best]), text.pieces[best].address) if len(own) else Verdict(0.0)
            )
        return verdicts


def _stack(texts: Sequence[TextToRead]) -> Vectors:
    """The vectors of all pieces of all texts, one below the other: asked for once, however many signals read.

    Raises `CannotEmbed`.
    """
    unread = [text for text in texts if "vectors" not in text.__dict__]
    if unread:
        rows = vectors_of([piece.text for text in unread for piece in text.pieces])
        start = 0
        for text in unread:
            # Where its cached property looks.
            text.__dict__["vectors"] = rows[start : start + len(text.pieces)]
            start += len(text.pieces)
        if len(unread) == len(texts):
            return rows
    own = [text.vectors for text in texts if text.pieces]
    return np.concatenate(own) if own else np.zeros((0, 0), np.float32)
