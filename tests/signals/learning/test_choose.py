"""What to label next."""

import numpy as np

from signals.learning.choose import likely_for_phrase, likely_no, next_to_label
from signals.learning.learn import learn
from tests.signals.learning.invented import PLAIN, PROMISES, join

TEXTS = [*PROMISES, *PLAIN]
POOL = join(TEXTS)


def test_a_phrase_finds_its_like() -> None:
    found = likely_for_phrase(join(["we promise you will win"])[0], POOL, 5)
    assert len(found) == 5
    assert all(TEXTS[row] in PROMISES for row in found)


def test_while_yeses_are_few_a_likely_one_is_asked_about() -> None:
    yes, no = [0], [40, 80, 120]
    learned = learn(POOL[yes], POOL[no], POOL)
    asked = next_to_label(learned, POOL, POOL[yes], POOL[no], 3, skip={*yes, *no})
    assert sum(TEXTS[row] in PROMISES for row in asked) >= 2


def test_what_was_labelled_or_passed_over_is_not_asked_about_again() -> None:
    learned = learn(POOL[:2], POOL[60:62], POOL)
    skip = set(range(len(TEXTS) - 4))
    assert sorted(next_to_label(learned, POOL, POOL[:2], POOL[60:62], 9, skip)) == sorted(
        set(range(len(TEXTS))) - skip
    )
    assert next_to_label(learned, POOL, POOL[:2], POOL[60:62], 1, set(range(len(TEXTS)))) == []


def test_several_at_once_are_unlike_each_other() -> None:
    doubled = np.vstack([POOL[1:20], POOL[1:20], POOL[60:80]])
    learned = learn(POOL[:1], POOL[90:92], doubled)
    asked = next_to_label(learned, doubled, POOL[:1], POOL[90:92], 5)
    kept = doubled[asked]
    assert len(np.unique(kept.round(4), axis=0)) == 5


def test_before_anything_is_learnt_there_is_a_proposal_too() -> None:
    none = POOL[:0]
    assert len(next_to_label(None, POOL, none, none, 3)) == 3
    assert TEXTS[next_to_label(None, POOL, POOL[:1], none, 1, skip={0})[0]] in PROMISES


def test_labelling_what_is_proposed_finds_the_promises_among_many() -> None:
    yes, no = [3], [50]
    while len(yes) + len(no) < 12:
        learned = learn(POOL[yes], POOL[no], POOL)
        row = next_to_label(learned, POOL, POOL[yes], POOL[no], skip={*yes, *no})[0]
        (yes if row < len(PROMISES) else no).append(row)
    learned = learn(POOL[yes], POOL[no], POOL)
    flagged = learned.score(POOL) >= learned.threshold
    assert flagged[: len(PROMISES)].mean() > 0.8
    assert flagged[len(PROMISES) :].mean() < 0.05


def test_near_twins_of_a_yes_that_lack_it_are_suggested_as_no() -> None:
    twins = [
        "Nobody can say whether you will win the case.",
        "You asked whether you will get your money back.",
    ]
    texts = [*PROMISES, *PLAIN, *twins]
    pool = join(texts)
    yes, no = pool[: len(PROMISES) : 2], np.vstack([pool[60:200:20], pool[-1:]])
    found = [texts[row] for row in likely_no(learn(yes, no, pool), yes, pool, 2, skip={len(texts) - 1})]
    assert twins[0] in found


def test_a_large_pool_is_looked_at_in_part_and_another_part_after_each_label() -> None:
    pool = np.tile(POOL, (120, 1))
    learned = learn(POOL[:2], POOL[60:62], POOL)
    first = next_to_label(learned, pool, POOL[:2], POOL[60:62], 1, {0, 1})
    assert first == next_to_label(learned, pool, POOL[:2], POOL[60:62], 1, {0, 1})
    assert 0 <= first[0] < len(pool)
