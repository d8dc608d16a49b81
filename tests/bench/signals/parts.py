"""What each part of the recipe is worth: the same draws with one part left out or one constant changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numpy as np

from signals.learning import calibrate, survey
from signals.learning import learn as learning
from tests.bench.signals.measures import by_family, measure, print_table
from tests.bench.signals.recipes import ours
from tests.bench.signals.sets import Labelled, draws, mixed, questions

Change = tuple[ModuleType, str, object]
VARIANTS: dict[str, list[Change]] = {
    "as it is": [],
    "without the n-grams": [(survey, "_WEIGHT_OF_GRAMS", 0.0)],
    "n-grams × 0.7": [(survey, "_WEIGHT_OF_GRAMS", 0.7)],
    "n-grams × 1.4": [(survey, "_WEIGHT_OF_GRAMS", 1.4)],
    "without the surface": [(survey, "_WEIGHT_OF_SURFACE", 0.0)],
    "surface × 2": [(survey, "_WEIGHT_OF_SURFACE", 0.5)],
    "no likely noes from the pool": [(learning, "_SURELY_NO", -1.0)],
    "likely noes: any of the pool": [(learning, "_SURELY_NO", 2.0)],
    "trust 1": [(learning, "_TRUST", 1.0)],
    "trust 5": [(learning, "_TRUST", 5.0)],
    "share of the likely noes .5": [(learning, "_POOL_SHARE", 0.5)],
    "share of the likely noes .85": [(learning, "_POOL_SHARE", 0.85)],
    "examples all news": [(calibrate, "_INDEPENDENCE", 1.0)],
    "examples half news": [(calibrate, "_INDEPENDENCE", 0.5)],
}


def main(count: int = 6, every: int = 10) -> None:
    asked = questions(every)
    print(f"## What each part is worth: F1 on {len(asked)} questions, {count} draws of 8 and 8\n")
    rows = []
    for name, changes in VARIANTS.items():
        with _changed(changes):
            rows.append([name, *_measure(asked, count, None), *_measure(asked, count, 1)[:1]])
    print_table(
        ["", "as they come", "bank", "clinc", "cuad", "sms", "xstest", "AP", "gap", "as many noes as yeses"],
        rows,
    )


def _measure(asked: list[Labelled], count: int, noes_a_yes: int | None) -> list[float]:
    rows = []
    for one in asked:
        for draw in draws(one, count):
            rest = mixed(one, draw, noes_a_yes)
            rows.append((one.family, one.label, measure(one.truth[rest], *ours(one, draw, rest, rest))))
    families = by_family(rows)
    f1 = [float(np.mean([one.f1 for one in means])) for means in families.values()]
    every = families["all"]
    return [*f1, float(np.mean([one.ap for one in every])), float(np.nanmean([one.gap for one in every]))]


@contextmanager
def _changed(changes: list[Change]) -> Iterator[None]:
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
