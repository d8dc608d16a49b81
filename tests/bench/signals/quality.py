"""Every question, 20 draws of 8 and 8: F1, ranking and calibration, beside the recipes to beat."""

import numpy as np

from signals.learning.learn import learn
from tests.bench.signals.measures import Measured, Numbers, by_family, measure, print_table, spread
from tests.bench.signals.recipes import RECIPES, Recipe
from tests.bench.signals.sets import Draw, Labelled, draws, joined, mixed, questions

Rows = list[tuple[str, str, Measured]]
MIXES: dict[str, tuple[int | None, bool]] = {
    "As they come, the pool is what is scored": (None, False),
    "As they come, the pool is one half and the other half is scored": (None, True),
    "Eight noes for each yes": (8, False),
    "Four noes for each yes": (4, False),
    "As many noes as yeses": (1, False),
}


def main(count: int = 20, every: int = 1) -> None:
    asked = questions(every)
    print(f"## {len(asked)} questions, {count} draws of 8 and 8\n")
    for title, (noes_a_yes, apart) in MIXES.items():
        print(f"### {title}\n")
        results = {name: _run(recipe, asked, count, noes_a_yes, apart) for name, recipe in RECIPES.items()}
        _print(results)
    _precision_asked(questions(every * 6), min(count, 10))


def _run(recipe: Recipe, asked: list[Labelled], count: int, noes_a_yes: int | None, apart: bool) -> Rows:
    rows: Rows = []
    for one in asked:
        for draw in draws(one, count):
            pool, test = _split(mixed(one, draw, noes_a_yes), draw, apart)
            if one.truth[test].any():
                rows.append((one.family, one.label, measure(one.truth[test], *recipe(one, draw, pool, test))))
    return rows


def _split(rest: np.ndarray, draw: Draw, apart: bool) -> tuple[np.ndarray, np.ndarray]:
    if not apart:
        return rest, rest
    shuffled = np.random.default_rng(draw.number).permutation(rest)
    return np.sort(shuffled[::2]), np.sort(shuffled[1::2])


def _print(results: dict[str, Rows]) -> None:
    families = {name: by_family(rows) for name, rows in results.items()}
    columns = list(families["this"])

    def mean(name: str, family: str, what: str) -> float:
        return float(np.mean([getattr(one, what) for one in families[name][family]]))

    print_table(
        ["F1", *columns, "± between draws", "best threshold", "AUC", "AP"],
        [
            [name, *(mean(name, family, "f1") for family in columns), spread(rows)]
            + [mean(name, "all", what) for what in ("best_f1", "auc", "ap")]
            for name, rows in results.items()
        ],
    )
    ahead = [
        ours.f1 - theirs.f1
        for ours, theirs in zip(families["this"]["all"], families["plain"]["all"], strict=True)
    ]
    print(
        f"F1 over plain: {np.mean(ahead):+.3f} on average, better on {np.mean(np.array(ahead) > 0):.0%} "
        f"of the questions, the worst {min(ahead):+.3f}, a quarter below {np.quantile(ahead, 0.25):+.3f}\n"
    )
    print_table(
        ["calibration", "gap from 0.5 on", "|gap| of a question", "|gap| of a draw", "ECE", "Brier"],
        [_calibration(name, rows, families[name]["all"]) for name, rows in results.items()],
    )


def _calibration(name: str, rows: Rows, means: list[Measured]) -> list[object]:
    gaps = np.array([one.gap for _, _, one in rows])
    a_question = np.array([one.gap for one in means])
    return [
        name,
        float(np.nanmean(gaps)),
        float(np.abs(a_question).mean()),
        float(np.nanmean(np.abs(gaps))),
        float(np.mean([one.ece for one in means])),
        float(np.mean([one.brier for one in means])),
    ]


def _precision_asked(asked: list[Labelled], count: int) -> None:
    """What comes of asking for a precision, and of abstaining; and the constant predictors' calibration."""
    print("### Precision asked for, and abstaining, as they come\n")
    reached: dict[float, list[tuple[float, float, float]]] = {0.5: [], 0.7: [], 0.8: [], 0.9: []}
    sure, constant = [], []
    for one in asked:
        vectors = joined(one.family)
        for draw in draws(one, count):
            truth, rest = one.truth[draw.rest], vectors[draw.rest]
            for precision, rows in reached.items():
                learned = learn(vectors[draw.yes], vectors[draw.no], rest, precision)
                flagged = learned.score(rest) >= np.float32(learned.threshold)
                right = float(truth[flagged].mean()) if flagged.any() else float("nan")
                rows.append((right, float(flagged[truth].mean()), float(flagged.any())))
            plainly = learn(vectors[draw.yes], vectors[draw.no], rest)
            sure.append(_abstaining(plainly.unsure, plainly.score(rest).astype(np.float64), truth))
            share = float(truth.mean())
            constant.append((abs(0.5 - share), 0.25, 0.0, share * (1 - share)))
    print_table(
        ["precision asked", "flagged that are right", "yeses found", "draws with any flagged"],
        [
            [str(asked_for), *np.nanmean(np.array(rows), axis=0).tolist()]
            for asked_for, rows in reached.items()
        ],
    )
    unsure, wrong, wrong_outside, yes_outside = np.nanmean(np.array(sure), axis=0)
    print(
        f"Abstaining: {unsure:.1%} of texts are unsure; of the sure ones {wrong_outside:.2%} are wrong "
        f"(of all, at 0.5, {wrong:.2%}); {yes_outside:.0%} of those surely yes are.\n"
    )
    half, half_brier, told, told_brier = np.mean(np.array(constant), axis=0)
    print(
        f"Constant predictors: 0.5, as the examples are: ECE {half:.3f}, Brier {half_brier:.3f}; "
        f"one that is told the true share: ECE {told:.3f}, Brier {told_brier:.3f}.\n"
    )


def _abstaining(band: tuple[float, float], scores: Numbers, truth: np.ndarray) -> tuple[float, ...]:
    outside = (scores < band[0]) | (scores > band[1])
    surely = scores > band[1]
    return (
        float(1 - outside.mean()),
        float(((scores >= 0.5) != truth).mean()),
        float(((scores >= 0.5) != truth)[outside].mean()),
        float(truth[surely].mean()) if surely.any() else float("nan"),
    )
