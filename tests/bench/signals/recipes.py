"""Ways to learn a question from examples: ours, and those it is to beat."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from signals.learning.learn import learn
from tests.bench.signals.sets import Draw, Labelled, Rows, embeddings, joined, read_file

Numbers = NDArray[np.float64]
# Learns from a draw, may look at the pool's texts, and gives the test's scores and what it flags.
Recipe = Callable[[Labelled, Draw, Rows, Rows], tuple[Numbers, NDArray[np.bool_]]]


def ours(asked: Labelled, draw: Draw, pool: Rows, test: Rows) -> tuple[Numbers, NDArray[np.bool_]]:
    vectors = joined(asked.family)
    learned = learn(vectors[draw.yes], vectors[draw.no], vectors[pool])
    scores = learned.score(vectors[test]).astype(np.float64)
    return scores, scores >= np.float32(learned.threshold)


def plain(asked: Labelled, draw: Draw, pool: Rows, test: Rows) -> tuple[Numbers, NDArray[np.bool_]]:
    """The raw embedding as it comes, as the findings give it: length and all."""
    return _regress(embeddings(asked.family), draw, test)


def plain_of_length_one(
    asked: Labelled, draw: Draw, pool: Rows, test: Rows
) -> tuple[Numbers, NDArray[np.bool_]]:
    return _regress(joined(asked.family)[:, : embeddings(asked.family).shape[1]], draw, test)


def tfidf_words(asked: Labelled, draw: Draw, pool: Rows, test: Rows) -> tuple[Numbers, NDArray[np.bool_]]:
    return _regress(_tfidf(asked.family, "word", (1, 2)), draw, test)


def tfidf_letters(asked: Labelled, draw: Draw, pool: Rows, test: Rows) -> tuple[Numbers, NDArray[np.bool_]]:
    return _regress(_tfidf(asked.family, "char_wb", (2, 5)), draw, test)


RECIPES: dict[str, Recipe] = {
    "this": ours,
    "plain": plain,
    "plain, length 1": plain_of_length_one,
    "TF-IDF words": tfidf_words,
    "TF-IDF characters": tfidf_letters,
}


def _regress(
    vectors: NDArray[np.float32] | csr_matrix, draw: Draw, test: Rows
) -> tuple[Numbers, NDArray[np.bool_]]:
    examples = vectors[np.concatenate([draw.yes, draw.no])]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    model.fit(examples, np.repeat([1, 0], [len(draw.yes), len(draw.no)]))
    scores = model.predict_proba(vectors[test])[:, 1].astype(np.float64)
    return scores, scores >= 0.5


@cache
def _tfidf(family: str, analyzer: str, lengths: tuple[int, int]) -> csr_matrix:
    """Weighted by the whole file, which is generous: it has seen the test's texts."""
    vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=lengths, sublinear_tf=True, dtype=np.float32)
    return vectorizer.fit_transform(read_file(family)[0])
