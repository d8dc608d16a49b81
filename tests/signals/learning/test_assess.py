"""What the examples say of a signal."""

import numpy as np

from signals.learning.assess import assess, find_contradictions
from signals.learning.survey import survey
from tests.signals.learning.invented import PLAIN, PROMISES, join

YES, NO = join(PROMISES[::3] + PROMISES[1::9]), join(PLAIN[::27])
POOL = join(PROMISES[2::3] + PLAIN[1::3])


def test_what_can_be_learnt_is_said_to_be_and_its_figures_are_high() -> None:
    found = assess(YES, NO, POOL)
    assert found.verdict.learnable
    assert found.f1 is not None
    assert found.f1.low < found.f1.value <= found.f1.high
    assert found.f1.value > 0.8
    assert found.pool_flagged is not None
    assert 0 < found.pool_flagged < 0.3


def test_labels_given_by_chance_are_said_not_to_be_learnable() -> None:
    told = 0
    for seed in range(10):
        rows = np.random.default_rng(seed).permutation(len(PLAIN))[:16]
        texts = join([PLAIN[row] for row in rows])
        told += assess(texts[:8], texts[8:], POOL).verdict.obstacle == "not_separated"
    assert told >= 8


def test_too_few_examples_give_no_figures_and_say_how_many_are_missing() -> None:
    found = assess(YES[:4], NO, POOL)
    assert found.verdict.obstacle == "too_few"
    assert "4 and" in found.verdict.sentence
    assert found.f1 is None


def test_nothing_at_all_is_too_few() -> None:
    assert assess(YES[:0], NO[:0]).verdict.obstacle == "too_few"


def test_the_same_text_labelled_both_ways_is_named() -> None:
    found = assess(np.vstack([YES, NO[2:3]]), NO, POOL)
    assert found.verdict.obstacle == "contradictory"
    assert found.verdict.contradictions == ((len(YES), 2),)


def test_another_case_or_mark_is_the_same_text_but_another_word_is_not() -> None:
    yes = join(
        ["We will win the case.", "The claim of the tenant for repairs was allowed by the court on Monday."]
    )
    same = join(["we will win the CASE"])
    other = join(
        [
            "We will not win the case.",
            "We may win the case.",
            "The claim of the tenant for repairs was refused by the court on Monday.",
        ]
    )
    assert find_contradictions(yes, same) == ((0, 0),)
    assert find_contradictions(yes, other) == ()


def test_a_surveyed_pool_gives_the_same_figures() -> None:
    assert assess(YES, NO, POOL) == assess(YES, NO, survey(POOL))


def test_it_works_without_a_pool_and_then_says_nothing_of_one() -> None:
    found = assess(YES, NO)
    assert found.f1 is not None
    assert found.pool_flagged is None
