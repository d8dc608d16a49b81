"""Learning from a handful of examples and a pool."""

import time

import numpy as np
import pytest

from signals.learning.features import to_bytes
from signals.learning.learn import Learned, learn, score_cached, score_with_all
from signals.learning.survey import survey
from tests.signals.learning.invented import PLAIN, PROMISES, join

YES, NO = join(PROMISES[::3]), join(PLAIN[::30])
LEFT_YES = [text for text in PROMISES if text not in PROMISES[::3]]
LEFT_NO = [text for text in PLAIN if text not in PLAIN[::30]]
POOL = join([*LEFT_YES, *LEFT_NO])
TRUTH = np.repeat([True, False], [len(LEFT_YES), len(LEFT_NO)])


def test_new_promises_are_flagged_and_plain_sentences_are_not() -> None:
    learned = learn(YES, NO, POOL)
    flagged = learned.score(POOL) >= learned.threshold
    assert flagged[TRUTH].mean() > 0.9
    assert flagged[~TRUTH].mean() < 0.02


def test_it_learns_without_a_pool() -> None:
    learned = learn(YES, NO)
    scores = learned.score(POOL)
    assert scores[TRUTH].min() > np.median(scores[~TRUTH])
    assert learn(YES, NO, POOL[:0]) == learned


def test_one_of_each_is_enough_to_begin() -> None:
    scores = learn(YES[:1], NO[:1], POOL).score(POOL)
    assert np.isfinite(scores).all()
    assert scores[TRUTH].mean() > scores[~TRUTH].mean()


@pytest.mark.parametrize("pool", [POOL[:1], POOL[:2], POOL[:5]], ids=["one", "two", "five"])
def test_a_tiny_pool_does_no_harm(pool: np.ndarray) -> None:
    scores = learn(YES, NO, pool).score(POOL)
    assert np.isfinite(scores).all()
    assert scores[TRUTH].mean() > scores[~TRUTH].mean()


def test_without_a_yes_or_a_no_there_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="at least one yes and one no"):
        learn(YES, NO[:0], POOL)


def test_the_same_examples_give_the_same_signal() -> None:
    assert learn(YES, NO, POOL) == learn(YES, NO, POOL)
    assert learn(YES, NO, survey(POOL)) == learn(YES, NO, POOL)


def test_empty_texts_and_doubles_are_no_trouble() -> None:
    odd = join(["", "", "x", *PLAIN[:3], *PLAIN[:3]])
    assert np.isfinite(learn(np.vstack([YES, odd[:1]]), np.vstack([NO, odd]), odd).score(odd)).all()


def test_chances_lie_within_zero_and_one_and_the_threshold_is_among_the_unsure() -> None:
    learned = learn(YES, NO, POOL, precision=0.9)
    scores = learned.score(POOL)
    assert 0 <= scores.min() <= scores.max() <= 1
    low, high = learned.unsure
    assert 0 <= low <= learned.threshold <= high <= 1


def test_json_gives_the_same_signal_back() -> None:
    learned = learn(YES, NO, POOL, embedder="an embedder")
    again = Learned.from_json(learned.to_json())
    assert again == learned
    assert np.array_equal(again.score(POOL), learned.score(POOL))
    assert again.embedder == "an embedder"
    assert again.dims == 256


def test_thousands_of_examples_are_learnt_from_in_seconds() -> None:
    chance = np.random.default_rng(0)
    yes, no = (rows[chance.integers(len(rows), size=1500)] for rows in (POOL[TRUTH], POOL[~TRUTH]))
    began = time.process_time()
    learned = learn(yes, no, POOL)
    assert time.process_time() - began < 5
    assert ((learned.score(POOL) >= learned.threshold) == TRUTH).mean() > 0.98


def test_a_pool_of_one_text_over_and_over_does_no_harm() -> None:
    learned = learn(YES, NO, np.repeat(NO[:1], 50, axis=0))
    assert np.abs(learned.margins(POOL)).max() < 10


def test_many_signals_at_once_score_as_each_alone_and_as_from_the_cache() -> None:
    signals = [learn(YES, NO, POOL), learn(NO, YES, POOL), learn(YES[:3], NO[:4])]
    together = score_with_all(signals, POOL)
    assert together.shape == (len(POOL), 3)
    for column, one in enumerate(signals):
        assert np.allclose(together[:, column], one.score(POOL), atol=1e-6)
    assert np.allclose(score_cached(signals, to_bytes(POOL)), together, atol=0.01)
    assert score_with_all([], POOL).shape == (len(POOL), 0)


def test_another_embedders_numbers_are_learnt_from_as_well() -> None:
    chance = np.random.default_rng(0)
    turned = chance.normal(0, 3, (256, 1536)).astype(np.float32)

    def turn(rows: np.ndarray) -> np.ndarray:
        meanings = rows[:, :256] @ turned
        meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
        return np.hstack([meanings, rows[:, 256:]])

    learned = learn(turn(YES), turn(NO), turn(POOL))
    assert learned.dims == 1536
    flagged = learned.score(turn(POOL)) >= learned.threshold
    assert flagged[TRUTH].mean() > 0.9
    assert flagged[~TRUTH].mean() < 0.02
