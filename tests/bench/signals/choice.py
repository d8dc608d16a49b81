"""Sixteen labels, chosen or at random: what proposing the next sample is worth."""

import numpy as np

from signals.learning.choose import next_to_label
from signals.learning.learn import learn
from signals.learning.survey import survey
from tests.bench.signals.measures import Measured, average, measure, print_table
from tests.bench.signals.sets import Labelled, draws, joined, questions

START, LABELS = 2, 16


def main(count: int = 5, every: int = 8) -> None:
    asked = questions(every)
    print(f"## {LABELS} labels, {len(asked)} questions, {count} draws, as they come\n")
    ways = {
        "8 yes and 8 no, as somebody who knows them all would give them": _given,
        f"{START} and {START}, then what is proposed": propose,
        f"{START} and {START}, then at random from the pool": _at_random,
    }
    rows = []
    for name, label in ways.items():
        found = [_learn(one, *label(one, number)) for one in asked for number in range(count)]
        mean = average([measured for measured, _ in found])
        yeses = float(np.mean([yes for _, yes in found]))
        rows.append([name, f"{yeses:.1f}", mean.f1, mean.best_f1, mean.auc, mean.ap, mean.gap])
    print_table(["labels", "yeses", "F1", "best threshold", "AUC", "AP", "gap"], rows)


def _given(asked: Labelled, number: int) -> tuple[list[int], list[int]]:
    draw = list(draws(asked, number + 1, LABELS // 2))[number]
    return draw.yes.tolist(), draw.no.tolist()


def propose(
    asked: Labelled, number: int, labels: int = LABELS, fewest: int = 0
) -> tuple[list[int], list[int]]:
    """Rows with yes and with no: so many labels, and more until there are the `fewest` of either."""
    yes, no = _start(asked, number)
    vectors = joined(asked.family)
    pool = survey(vectors)
    while len(yes) + len(no) < labels or min(len(yes), len(no)) < fewest:
        learned = learn(vectors[yes], vectors[no], pool)
        row = next_to_label(learned, vectors, vectors[yes], vectors[no], skip={*yes, *no})[0]
        (yes if asked.truth[row] else no).append(row)
    return yes, no


def _at_random(asked: Labelled, number: int) -> tuple[list[int], list[int]]:
    yes, no = _start(asked, number)
    chance = np.random.default_rng(number)
    others = [int(row) for row in chance.permutation(len(asked.truth)) if row not in {*yes, *no}]
    for row in others[: LABELS - 2 * START]:
        (yes if asked.truth[row] else no).append(row)
    return yes, no


def _start(asked: Labelled, number: int) -> tuple[list[int], list[int]]:
    draw = list(draws(asked, number + 1, START))[number]
    return draw.yes.tolist(), draw.no.tolist()


def _learn(asked: Labelled, yes: list[int], no: list[int]) -> tuple[Measured, int]:
    vectors = joined(asked.family)
    rest = np.setdiff1d(np.arange(len(asked.truth)), [*yes, *no])
    learned = learn(vectors[yes], vectors[no], vectors[rest])
    scores = learned.score(vectors[rest]).astype(np.float64)
    return measure(asked.truth[rest], scores, scores >= np.float32(learned.threshold)), len(yes)
