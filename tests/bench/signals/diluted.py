"""The same texts hidden among neutral sentences: a text's score is that of its strongest piece."""

import numpy as np
from sklearn.metrics import roc_auc_score

from signals.learning.learn import Learned, learn
from signals.sentences import split_sentences
from tests.bench.signals.measures import SHORT, print_table
from tests.bench.signals.sets import Draw, Labelled, draws, join, joined, questions, read_file

AMONG = (0, 5, 15, 30)
TEXTS = 40


def main(count: int = 5, every: int = 6) -> None:
    asked = questions(every)
    print(f"## Diluted: AUC of the strongest piece, {len(asked)} questions, {count} draws of 8 and 8\n")
    found: dict[str, list[list[float]]] = {"all": []}
    for one in asked:
        vectors = joined(one.family)
        for draw in draws(one, count):
            learned = learn(vectors[draw.yes], vectors[draw.no], vectors[draw.rest])
            aucs = [_auc(one, draw, learned, among) for among in AMONG]
            found["all"].append(aucs)
            found.setdefault(SHORT.get(one.family, one.family.split("_")[0]), []).append(aucs)
    print_table(
        ["among neutral sentences", *(str(among) for among in AMONG)],
        [[family, *np.mean(np.array(rows), axis=0).tolist()] for family, rows in found.items()],
    )


def _auc(asked: Labelled, draw: Draw, learned: Learned, among: int) -> float:
    """As many texts with it as without, each among other sentences of texts without it."""
    texts, _ = read_file(asked.family)
    chance = np.random.default_rng([draw.number, among])
    yes, no = draw.rest[asked.truth[draw.rest]], chance.permutation(draw.rest[~asked.truth[draw.rest]])
    targets = np.concatenate([chance.permutation(yes)[:TEXTS], no[:TEXTS]])
    neutral = [sentence for row in no[TEXTS : TEXTS + 1000] for sentence in split_sentences(texts[row])]
    scores = []
    for target in targets:
        others = [neutral[place] for place in chance.integers(len(neutral), size=among)]
        others.insert(int(chance.integers(among + 1)), texts[target])
        # The whole counts as one of its pieces.
        pieces = [*others, "\n".join(others)] if among else others
        scores.append(float(learned.score(join(pieces)).max()))
    return float(roc_auc_score(asked.truth[targets], scores))
