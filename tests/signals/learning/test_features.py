"""What is stored for each text."""

import numpy as np
import pytest

from signals.learning.features import (
    GRAMS,
    SURFACE,
    count_words,
    from_bytes,
    join_features,
    read_surface,
    to_bytes,
)

TEXTS = ["We promise a refund.", "", "  ", "😀", "URGENT! Win £1000 NOW!!!", "x"]


@pytest.mark.parametrize("dims", [2, 256, 1536])
def test_any_embedder_gives_parts_of_one_length(dims: int) -> None:
    embedding = np.random.default_rng(0).normal(50, 20, (len(TEXTS), dims)).astype(np.float32)
    joined = join_features(TEXTS, embedding)
    assert joined.shape == (len(TEXTS), dims + GRAMS + SURFACE)
    assert np.allclose(np.linalg.norm(joined[:, :dims], axis=1), 1, atol=1e-5)
    lengths = np.linalg.norm(joined[:, dims:-SURFACE], axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)
    assert 0 <= joined[:, -SURFACE:].min() <= joined[:, -SURFACE:].max() < 3


def test_numbers_that_are_none_become_zero() -> None:
    embedding = np.array([[np.nan, 1], [np.inf, 0], [0, 0]], np.float32)
    assert np.isfinite(join_features(["a", "b", "c"], embedding)).all()


def test_case_and_spaces_do_not_change_the_letters() -> None:
    one, other = join_features(["We  WIN\nhere", "we win here"], np.ones((2, 3), np.float32))
    assert np.array_equal(one[3:-SURFACE], other[3:-SURFACE])


def test_texts_of_the_same_words_share_more_letters_than_others() -> None:
    grams = join_features(
        ["the tenant paid the rent", "the tenants paid their rents", "roses need sun"],
        np.ones((3, 1), np.float32),
    )[:, 1:-SURFACE]
    assert grams[0] @ grams[1] > 0.5 > 0.3 > grams[0] @ grams[2]


def test_the_surface_tells_a_shout_from_a_sentence() -> None:
    assert read_surface("WIN CASH NOW!!!")[4] > read_surface("The form was sent on Monday.")[4]


def test_the_words_of_a_row_can_be_counted() -> None:
    assert count_words(
        join_features(["one two three", ""], np.ones((2, 1), np.float32))
    ).round() == pytest.approx([3, 0])


def test_rows_survive_the_cache_but_for_the_last_digits() -> None:
    joined = join_features(TEXTS, np.random.default_rng(0).normal(size=(len(TEXTS), 8)).astype(np.float32))
    again = from_bytes(to_bytes(joined), joined.shape[1])
    assert again.dtype == np.float32
    assert np.allclose(again, joined, atol=1e-3)


def test_a_row_of_another_embedder_is_refused() -> None:
    with pytest.raises(ValueError, match="another embedder"):
        from_bytes([b"\0" * 20], 11)


def test_as_many_texts_as_vectors_are_asked_for() -> None:
    with pytest.raises(ValueError, match="1 texts but 2 vectors"):
        join_features(["a"], np.ones((2, 3), np.float32))
