"""The same texts hidden among neutral sentences: a text's score is that of its strongest piece."""

from collections.abc import Callable
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from signals.learning.features import Vectors
from signals.learning.learn import learn
from signals.learning.static import StaticEmbedder
from signals.sentences import split_sentences
from tests.bench.signals.measures import SHORT, print_table
from tests.bench.signals.sets import ALONE, FEWEST, Draw, Labelled, draws, join, joined, questions, read_file

AMONG = (0, 5, 15, 30)
TEXTS = 40
Score = Callable[[Vectors], Vectors]


def main(count: int = 4, every: int = 1) -> None:
    # What is out of every scope is not hidden among what is, too.
    asked = [one for one in questions(every) if one.label != "oos"]
    print(f"## Diluted: AUC of the strongest piece, {len(asked)} questions, {count} draws of 8 and 8\n")
    for title, find in (
        ("Among sentences of the corpus' other files", _of_other_files),
        ("Among sentences of the same file's other labels, which are often near misses", _of_the_same),
    ):
        print(f"### {title}\n")
        found: dict[str, list[list[float]]] = {"this: all": [], "plain: all": []}
        for one in asked:
            for draw in draws(one, count):
                texts, neutral = _hide(one, draw, find)
                ours, plain = _aucs([_ours(one, draw), _plain(one, draw)], texts, neutral)
                found["this: all"].append(ours)
                found["plain: all"].append(plain)
                found.setdefault(SHORT.get(one.family, one.family.split("_")[0]), []).append(ours)
        print_table(
            ["among so many", *(str(among) for among in AMONG)],
            [[family, *np.mean(np.array(rows), axis=0).tolist()] for family, rows in found.items()],
        )


def _hide(
    asked: Labelled, draw: Draw, find: Callable[[Labelled, Draw], list[str]]
) -> tuple[list[str], list[str]]:
    """Texts to hide, first those with it and then as many without, and sentences to hide them among."""
    chance = np.random.default_rng(draw.number)
    yes, no = draw.rest[asked.truth[draw.rest]], draw.rest[~asked.truth[draw.rest]]
    count = min(TEXTS, len(yes))
    targets = np.concatenate([chance.permutation(yes)[:count], chance.permutation(no)[:count]])
    texts = read_file(asked.family)[0]
    return [texts[row] for row in targets], find(asked, draw)


def _of_the_same(asked: Labelled, draw: Draw) -> list[str]:
    texts, no = read_file(asked.family)[0], draw.rest[~asked.truth[draw.rest]]
    rows = np.random.default_rng([draw.number, 1]).permutation(no)[:1000]
    return [sentence for row in rows for sentence in split_sentences(texts[row])]


def _of_other_files(asked: Labelled, draw: Draw) -> list[str]:
    others = [family for family in (*FEWEST, *ALONE) if family != asked.family]
    return [sentence for family in others for sentence in _sentences(family)]


@cache
def _sentences(family: str) -> list[str]:
    found = [sentence for text in read_file(family)[0] for sentence in split_sentences(text)]
    return [found[row] for row in np.random.default_rng(0).permutation(len(found))[:500]]


def _aucs(scores: list[Score], texts: list[str], neutral: list[str]) -> list[list[float]]:
    """For each score, the AUC among each number of sentences."""
    truth = np.repeat([True, False], len(texts) // 2)
    aucs: list[list[float]] = [[] for _ in scores]
    for among in AMONG:
        chance = np.random.default_rng(among)
        strongest = []
        for text in texts:
            pieces = [neutral[place] for place in chance.integers(len(neutral), size=among)]
            pieces.insert(int(chance.integers(among + 1)), text)
            # The whole counts as one of its pieces.
            vectors = join([*pieces, "\n".join(pieces)] if among else pieces)
            strongest.append([float(score(vectors).max()) for score in scores])
        for found, of_one in zip(aucs, zip(*strongest, strict=True), strict=True):
            found.append(float(roc_auc_score(truth, of_one)))
    return aucs


def _ours(asked: Labelled, draw: Draw) -> Score:
    vectors = joined(asked.family)
    return learn(vectors[draw.yes], vectors[draw.no], vectors[draw.rest]).score


def _plain(asked: Labelled, draw: Draw) -> Score:
    dims = StaticEmbedder.dims
    examples = joined(asked.family)[np.concatenate([draw.yes, draw.no]), :dims]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    model.fit(examples, np.repeat([1, 0], [len(draw.yes), len(draw.no)]))

    def score(vectors: Vectors) -> Vectors:
        margins: Vectors = model.decision_function(vectors[:, :dims])
        return margins

    return score
