"""How near sentences stand to a question, to each other, and to the middle of them all (TF-IDF)."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from generation.offline.asked import asked_words, kindred_words

if TYPE_CHECKING:
    from scipy.sparse import spmatrix
    from sklearn.feature_extraction.text import TfidfVectorizer

# Words that begin alike mean alike: agreed, agreement; report, reporting.
_STEM = 6
# Words of reports that scikit-learn's list of empty words takes in.
_FULL = "amount bill call detail due fill fire found full interest move name part show side"
_FULL_WORDS = frozenset(_FULL.split())


class Nearness:
    """An index of sentences that answers how near each is to a text, 0 to 1."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences

    def to(self, about: str) -> np.ndarray:
        """For each sentence, how near it is to what `about` asks for, or a kindred word of it."""
        if self._index is None:
            return np.zeros(len(self._sentences))
        vectorizer, matrix = self._index
        asked = vectorizer.transform([asked_words(about)])
        if kindred := kindred_words(about):
            asked = asked + vectorizer.transform([kindred])
        return np.asarray((matrix @ asked.T).todense()).ravel()

    def between(self, index: int) -> np.ndarray:
        """For each sentence, how near it is to the one at `index`."""
        if self._index is None:
            return np.zeros(len(self._sentences))
        _, matrix = self._index
        return np.asarray((matrix @ matrix[index].T).todense()).ravel()

    @cached_property
    def centrality(self) -> np.ndarray:
        """How near each sentence is to the middle of all of them, 0 to 1."""
        if self._index is None:
            return np.zeros(len(self._sentences))
        _, matrix = self._index
        near: np.ndarray = np.asarray(matrix @ matrix.mean(axis=0).T).ravel()
        centrality: np.ndarray = near / max(near.max(), 1e-9)
        return centrality

    @cached_property
    def _index(self) -> "tuple[TfidfVectorizer, spmatrix] | None":
        # Here, for it takes a second to import and most processes never write offline.
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer=lambda text: list(_terms(text)), sublinear_tf=True)
        try:
            return vectorizer, vectorizer.fit_transform(self._sentences)
        except ValueError:  # nothing but stop words, or nothing at all
            return None


def stems(text: str) -> list[str]:
    """The words of a text that carry meaning, each by its beginning."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    empty = ENGLISH_STOP_WORDS - _FULL_WORDS
    words = [word for word in re.findall(r"\w+", text.lower()) if word not in empty]
    return [word[:_STEM].rstrip("s") or word for word in words]


def _terms(text: str) -> Iterator[str]:
    words = stems(text)
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
