"""Agreement: the published figures, its interval, and when there is too little to say."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from signals.agreement import Agreement


def test_figures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        people, signal = rng.random(40) < 0.4, rng.random(40) < 0.5
        found = Agreement.of(list(zip(people.tolist(), signal.tolist(), strict=True)))
        assert found.kappa
        assert found.f1
        assert found.kappa.value == pytest.approx(cohen_kappa_score(people, signal))
        assert found.f1.value == pytest.approx(f1_score(people, signal))
        assert found.kappa.low <= found.kappa.value <= found.kappa.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Two raters who agree by a known kappa, as the published study simulates them."""
    rng = np.random.default_rng(1)
    rate, kappa, texts, rounds = 0.4, 0.6, 40, 400
    shares = [rate**2 + rate * (1 - rate) * kappa, rate * (1 - rate) * (1 - kappa)]
    shares += [shares[1], 1 - shares[0] - 2 * shares[1]]
    held = 0
    for both, one, other, neither in rng.multinomial(texts, shares, rounds):
        found = Agreement(int(both), int(one), int(other), int(neither)).kappa
        held += found is not None and found.low <= kappa <= found.high
    assert 0.92 <= held / rounds <= 0.99


def test_that_all_agree_on_few_texts_is_not_certainty() -> None:
    found = Agreement(10, 0, 0, 10).kappa
    assert found
    assert (found.value, found.high) == (1, 1)
    assert 0.6 < found.low < 0.9


def test_where_all_say_the_same_there_is_no_kappa() -> None:
    assert Agreement(0, 0, 0, 30).kappa is None
    assert Agreement(0, 0, 0, 30).precision is None
    assert Agreement().kappa is None


@pytest.mark.parametrize(
    ("agreement", "enough"),
    [(Agreement(5, 0, 0, 14), False), (Agreement(2, 0, 0, 40), False), (Agreement(3, 2, 2, 13), True)],
)
def test_too_few_labels_or_of_one_sort_alone_say_nothing(agreement: Agreement, enough: bool) -> None:
    assert agreement.is_enough is enough
