"""Does it say so when something cannot be learnt, only then, and do the intervals hold what they promise?"""

import numpy as np

from signals.learning.assess import FEWEST, Assessment, Figure, assess
from signals.learning.learn import learn
from signals.learning.survey import survey
from tests.bench.signals.choice import propose
from tests.bench.signals.measures import print_table
from tests.bench.signals.sets import HONESTY, Draw, Labelled, draws, joined, question, questions


def main(count: int = 100, every: int = 2) -> None:
    print("## Told that it cannot be learnt\n")
    hopeless, rows = question(*HONESTY), []
    for examples in (8, 20):
        told = [_look(hopeless, draw)[0] for draw in draws(hopeless, count, examples)]
        learnable: list[Assessment] = []
        covered: list[list[bool]] = []
        for one in questions(every):
            for draw in draws(one, 3, examples):
                assessment, held = _look(one, draw)
                learnable.append(assessment)
                covered.append(held)
        rows.append(
            [f"{examples} and {examples}", _told(told), _told(learnable), *np.mean(covered, axis=0).tolist()]
        )
    print_table(
        ["examples", "halueval_general", "all other questions", "precision in its 90 %", "recall", "F1"],
        rows,
    )


def proposed(count: int = 40, every: int = 6) -> None:
    """The same where the product chose what to ask about: these are the hardest."""
    print("## Told so of examples that were proposed\n")
    rows = []
    for labels in (16, 24, 40):
        told = [_assess_proposed(question(*HONESTY), number, labels) for number in range(count)]
        others = [_assess_proposed(one, number, labels) for one in questions(every) for number in range(2)]
        rows.append([str(labels), _told(told), _told(others)])
    print_table(["labels", "halueval_general", "all other questions"], rows)


def _assess_proposed(asked: Labelled, number: int, labels: int) -> Assessment:
    yes, no = propose(asked, number, labels, FEWEST)
    vectors = joined(asked.family)
    rest = np.setdiff1d(np.arange(len(vectors)), [*yes, *no])
    return assess(vectors[yes], vectors[no], survey(vectors[rest]))


def _told(assessments: list[Assessment]) -> str:
    told = sum(one.verdict.obstacle == "not_separated" for one in assessments)
    return f"{told} of {len(assessments)} ({told / len(assessments):.1%})"


def _look(asked: Labelled, draw: Draw) -> tuple[Assessment, list[bool]]:
    vectors = joined(asked.family)
    pool, truth = survey(vectors[draw.rest]), asked.truth[draw.rest]
    assessment = assess(vectors[draw.yes], vectors[draw.no], pool)
    learned = learn(vectors[draw.yes], vectors[draw.no], pool)
    flagged = learned.score(vectors[draw.rest]) >= np.float32(learned.threshold)
    # What the figures speak of: texts of which half have it, as among the examples.
    recall, false_alarms = float(flagged[truth].mean()), float(flagged[~truth].mean())
    precision = recall / max(recall + false_alarms, 1e-9)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = (assessment.precision, precision), (assessment.recall, recall), (assessment.f1, f1)
    return assessment, [_holds(figure, true) for figure, true in figures]


def _holds(figure: Figure | None, true: float) -> bool:
    return figure is not None and figure.low <= true <= figure.high
