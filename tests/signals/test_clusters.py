"""What stands out: groups that nobody named, and honesty where there is too little."""

import numpy as np

from signals.clusters import FEWEST, find_groups
from signals.learning.features import Vectors, join_features
from signals.learning.static import StaticEmbedder

_embed = StaticEmbedder()
_SUBJECTS = ("The tenant", "The landlord", "The committee", "The applicant", "The council")
_ACTS = ("sent", "received", "reviewed", "described", "filed")
_THINGS = ("three letters", "the lease", "a second quote", "the accounts", "photographs of the damp wall")
PLAIN = [f"{who} {did} {what}." for who in _SUBJECTS for did in _ACTS for what in _THINGS]
REFUSALS = [
    "I am sorry, but as a language model I cannot open attachments.",
    "As an AI language model I am unable to open the attachment.",
    "Sorry, I am a language model and cannot read attachments.",
    "As a language model I cannot open this attachment, sorry.",
]


def vectors(said: list[str]) -> Vectors:
    return join_features(said, _embed(said))


def test_a_failure_among_the_rest_is_a_group_named_by_its_words() -> None:
    said = PLAIN + REFUSALS
    group = find_groups(said, vectors(said))[0]
    assert {said[row] for row in group.rows} == set(REFUSALS)
    assert {"language", "model"} <= set(group.words)


def test_with_too_few_pieces_nothing_is_claimed() -> None:
    said = [*PLAIN[: FEWEST - 3], *REFUSALS[:2]]
    assert find_groups(said, vectors(said)) == []


def test_among_pieces_all_alike_nothing_stands_out() -> None:
    assert find_groups(["The same."] * 60, vectors(["The same."] * 60)) == []


def test_empty_vectors_are_no_trouble() -> None:
    said = [*PLAIN, "", ""]
    made = vectors(said)
    assert np.isfinite(made).all()
    find_groups(said, made)
