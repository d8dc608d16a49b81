"""The offline writer: picks sentences and rows from the documents. It never makes up a word."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from generation.documents.pipe_tables import tables_in
from signals.sentences import split_sentences

if TYPE_CHECKING:
    from scipy.sparse import spmatrix
    from sklearn.feature_extraction.text import TfidfVectorizer

OFFLINE_NOTICE = (
    "No language model was used: sentences and rows were picked from the documents as they stand."
)
_FEWEST_WORDS, _MOST_WORDS = 5, 60
_SAME_COLUMN = 0.5
_CENTRAL = 0.1


class DocumentFinder:
    """Finds by TF-IDF in the texts of the documents; the `Find` that the kinds are given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def sentences(self, about: str, limit: int) -> list[str]:
        """At most `limit` sentences nearest to `about`, in the order of the documents, none twice.

        Among sentences equally near, those that stand for most of the document come first.
        """
        if not self._sentences or limit < 1:
            return []
        scores = self._scores(about) + _CENTRAL * self._centrality
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        return [self._sentences[index] for index in sorted(order[:limit]) if scores[index] > 0]

    def rows(self, columns: Sequence[str], about: str, limit: int) -> list[list[str]]:
        """Rows of the table whose header is nearest to `columns`, cells under their columns.

        Without such a table, sentences on `about` stand in the first column.
        """
        tables = [table for text in self._texts for table in tables_in(text) if table.rows]
        best = max(tables, key=lambda table: len(_match(columns, table.header)), default=None)
        matched = _match(columns, best.header) if best else {}
        if best and len(matched) * 2 >= len(columns):
            found = [_pick(row, columns, matched) for row in best.rows]
            return [row for row in found if any(row)][:limit]
        sentences = self.sentences(f"{about} {' '.join(columns)}", min(limit, 5))
        return [[sentence, *[""] * (len(columns) - 1)] for sentence in sentences]

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        """For each option, how strongly the best sentence speaks of it and of `about` together."""
        if not self._sentences:
            return [0.0] * len(options)
        context = self._scores(about)
        return [float((self._scores(option) * (1 + context)).max()) / 2 for option in options]

    @cached_property
    def _sentences(self) -> list[str]:
        lines = [line for text in self._texts for line in text.splitlines()]
        prose = [line for line in lines if not line.lstrip().startswith(("|", "#", "["))]
        sentences = [sentence for line in prose for sentence in split_sentences(_bare(line))]
        fitting = [one for one in sentences if _FEWEST_WORDS <= len(one.split()) <= _MOST_WORDS]
        return list(dict.fromkeys(fitting))

    @cached_property
    def _index(self) -> "tuple[TfidfVectorizer, spmatrix] | None":
        # Here, for it takes a second to import and most processes never write offline.
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True, ngram_range=(1, 2))
        try:
            return vectorizer, vectorizer.fit_transform(self._sentences)
        except ValueError:  # nothing but stop words
            return None

    @cached_property
    def _centrality(self) -> np.ndarray:
        """How near each sentence is to the middle of all of them, 0 to 1."""
        if self._index is None:
            return np.zeros(len(self._sentences))
        _, matrix = self._index
        near: np.ndarray = np.asarray(matrix @ matrix.mean(axis=0).T).ravel()
        centrality: np.ndarray = near / max(near.max(), 1e-9)
        return centrality

    def _scores(self, about: str) -> np.ndarray:
        if self._index is None:
            return np.zeros(len(self._sentences))
        vectorizer, matrix = self._index
        return np.asarray((matrix @ vectorizer.transform([about]).T).todense()).ravel()


def _bare(line: str) -> str:
    """A line without its list mark, emphasis, and the name of who speaks."""
    text = re.sub(r"^\s*(?:[-*•–]|\d+[.)])\s+", "", line)
    # Emphasis stands at the edge of a word; without the marks inside one it would be another word.
    text = re.sub(r"(?<![^\W_])(?:\*\*|__)|(?:\*\*|__)(?![^\W_])", "", text)
    return re.sub(r"^[A-Z][\w.' -]{1,30}:\s+(?=[A-Z])", "", text)


def _match(columns: Sequence[str], header: Sequence[str]) -> dict[str, int]:
    """For each column, the index of the header cell that shares its words."""
    matched: dict[str, int] = {}
    for column in columns:
        shares = [_shared_words(column, cell) for cell in header]
        best = max(range(len(shares)), key=lambda index: shares[index], default=0)
        if shares and shares[best] >= _SAME_COLUMN and best not in matched.values():
            matched[column] = best
    if columns and header and columns[0] not in matched and 0 not in matched.values():
        # What the rows are about stands first in most tables, whatever its header says.
        matched[columns[0]] = 0
    return matched


def _shared_words(first: str, second: str) -> float:
    words = [{word.rstrip("s") for word in re.findall(r"\w+", text.lower())} for text in (first, second)]
    return len(words[0] & words[1]) / max(1, min(len(words[0]), len(words[1])))


def _pick(row: Sequence[str], columns: Sequence[str], matched: dict[str, int]) -> list[str]:
    indexes = [matched.get(column, -1) for column in columns]
    return [row[index] if 0 <= index < len(row) else "" for index in indexes]
