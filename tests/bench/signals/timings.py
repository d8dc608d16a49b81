"""How long it takes, in CPU time of one core: medians."""

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from signals.learning.assess import assess
from signals.learning.choose import likely_for_phrase, likely_no, next_to_label
from signals.learning.features import Vectors, join_features, to_bytes
from signals.learning.learn import learn, score_cached
from signals.learning.static import StaticEmbedder
from signals.learning.survey import survey
from tests.bench.signals.measures import print_table
from tests.bench.signals.sets import Draw, draws, embeddings, joined, questions, read_file

CACHED, SIGNALS, POOL = 84_000, 20, 100_000


def main() -> None:
    asked = [one for one in questions(4) if one.family == "banking77"]
    vectors = joined("banking77")
    some = [draw for one in asked for draw in draws(one, 2)]
    pools = [survey(vectors[draw.rest]) for draw in some]
    fits = [_seconds(partial(learn, *_examples(draw), pool)) for draw, pool in zip(some, pools, strict=True)]
    figures = [
        _seconds(partial(assess, *_examples(draw), pool)) for draw, pool in zip(some, pools, strict=True)
    ]
    signals = [learn(*_examples(draw), pool) for draw, pool in zip(some[:SIGNALS], pools, strict=False)]
    cached = (to_bytes(vectors) * (CACHED // len(vectors) + 1))[:CACHED]
    many = np.tile(vectors, (POOL // len(vectors), 1))
    yes, no = _examples(some[0])
    texts = read_file("banking77")[0]
    embed = StaticEmbedder()
    embed(["load"])
    print("## Milliseconds of one core, medians\n")
    print_table(
        ["", "ms"],
        [
            ["learn from 16 examples, pool of 5,000 surveyed", _ms(fits)],
            ["their cross-validated figures and verdict", _ms(figures)],
            ["survey that pool, once", _ms([_seconds(lambda: survey(vectors)) for _ in range(5)])],
            [f"survey a pool of {POOL:,}, once", _ms([_seconds(lambda: survey(many)) for _ in range(5)])],
            [
                f"{CACHED:,} cached vectors × {len(signals)} signals, from their bytes",
                _ms([_seconds(lambda: score_cached(signals, cached)) for _ in range(5)]),
            ],
            [
                f"the next to label among {POOL:,}",
                _ms([_seconds(lambda: next_to_label(signals[0], many, yes, no)) for _ in range(5)]),
            ],
            [
                f"likely ones for a phrase among {POOL:,}",
                _ms([_seconds(lambda: likely_for_phrase(yes[0], many)) for _ in range(5)]),
            ],
            [
                f"doubtful twins of 8 yeses among {POOL:,}",
                _ms([_seconds(lambda: likely_no(signals[0], yes, many)) for _ in range(5)]),
            ],
            ["embed 5,000 texts of 12 words", _ms([_seconds(lambda: embed(texts)) for _ in range(3)])],
            [
                "join their features",
                _ms([_seconds(lambda: join_features(texts, embeddings("banking77"))) for _ in range(3)]),
            ],
        ],
    )


def _examples(draw: Draw) -> tuple[Vectors, Vectors]:
    vectors = joined("banking77")
    return vectors[draw.yes], vectors[draw.no]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _ms(seconds: list[float]) -> str:
    return f"{1000 * float(np.median(seconds)):.1f}"
