"""The labelled sets as yes-or-no questions, and the draws of examples from them."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from signals.learning.features import Vectors, join_features
from signals.learning.static import StaticEmbedder

Rows = NDArray[np.intp]
# A label of these files is a question of its own when so many texts have it.
FEWEST = {"banking77": 40, "clinc150": 40, "cuad_clause_type": 100}
ALONE = {"sms_spam": "spam", "xstest_refusals": "2_full_refusal"}
HONESTY = ("halueval_general", "yes")


@dataclass(frozen=True, eq=False)
class Labelled:
    """One question about the texts of one file: which of them have `label`."""

    family: str
    label: str
    truth: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Draw:
    """Examples and the rest, as rows of the file."""

    yes: Rows
    no: Rows
    rest: Rows
    number: int


def corpus() -> Path:
    """The folder with the labelled files; ends the run, with a sentence, when it is not there."""
    folder = Path(os.environ.get("FILL_CORPUS", ""))
    if not os.environ.get("FILL_CORPUS") or not (folder / "sms_spam.csv").is_file():
        print(
            "No labelled texts to measure on: set FILL_CORPUS to a folder with banking77.csv, sms_spam.csv, …"
        )
        sys.exit(0)
    return folder


@cache
def read_file(family: str) -> tuple[list[str], list[set[str]]]:
    """The distinct texts of a file, and all labels each of them has."""
    csv.field_size_limit(10**9)
    labels: dict[str, set[str]] = {}
    with (corpus() / f"{family}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels.setdefault(row["text"], set()).add(row["label"])
    return list(labels), list(labels.values())


@cache
def embeddings(family: str) -> Vectors:
    return _embedder()(read_file(family)[0])


@cache
def joined(family: str) -> Vectors:
    return join_features(read_file(family)[0], embeddings(family))


def join(texts: list[str]) -> Vectors:
    return join_features(texts, _embedder()(texts))


@cache
def _embedder() -> StaticEmbedder:
    return StaticEmbedder()


def question(family: str, label: str) -> Labelled:
    return Labelled(family, label, np.array([label in labels for labels in read_file(family)[1]]))


def questions(every: int = 1) -> list[Labelled]:
    """All questions, or every so many of each family with many."""
    found = []
    for family, fewest in FEWEST.items():
        counts = Counter(label for labels in read_file(family)[1] for label in labels)
        names = sorted(label for label, count in counts.items() if count >= fewest)
        chosen = names[::every] + [name for name in names if name == "oos" and name not in names[::every]]
        found += [question(family, name) for name in chosen]
    return found + [question(family, label) for family, label in ALONE.items()]


def draws(asked: Labelled, count: int, examples: int = 8) -> Iterator[Draw]:
    """The same draws each time: so many yes and so many no at random, and all the rest."""
    yes, no = np.flatnonzero(asked.truth), np.flatnonzero(~asked.truth)
    for number in range(count):
        chance = np.random.default_rng([number, examples, len(yes), len(no)])
        chosen_yes, chosen_no = chance.permutation(yes)[:examples], chance.permutation(no)[:examples]
        rest = np.ones(len(asked.truth), np.bool_)
        rest[chosen_yes] = rest[chosen_no] = False
        yield Draw(chosen_yes, chosen_no, np.flatnonzero(rest), number)


def mixed(asked: Labelled, draw: Draw, noes_a_yes: int | None) -> Rows:
    """The rest as it is, or thinned to so many noes for each yes."""
    if noes_a_yes is None:
        return draw.rest
    yes, no = draw.rest[asked.truth[draw.rest]], draw.rest[~asked.truth[draw.rest]]
    chance = np.random.default_rng(draw.number)
    kept = chance.choice(no, min(len(no), noes_a_yes * len(yes)), replace=False)
    return np.sort(np.concatenate([yes, kept]))
