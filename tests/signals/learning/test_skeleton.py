"""Learning from a handful of texts, end to end."""

import numpy as np

from signals.learning.assess import assess
from signals.learning.choose import likely_for_phrase, likely_no, next_to_label
from signals.learning.features import join_features
from signals.learning.learn import Learned, learn
from signals.learning.portable import Portable, read, write
from signals.learning.static import StaticEmbedder

YES = [
    "We guarantee you will win.",
    "You will certainly win.",
    "Success is assured.",
    "We promise a full refund.",
]
NO = ["The hearing is on Monday.", "Costs were £ 300.", "The tenant has moved out.", "Please send the form."]
embed = StaticEmbedder()


def join(texts: list[str]) -> np.ndarray:
    return join_features(texts, embed(texts))


def test_a_signal_tells_a_new_yes_from_a_new_no() -> None:
    learned = learn(join(YES), join(NO))
    scores = learned.score(join(["We guarantee that you will win the case.", "The form was sent on Monday."]))
    assert scores[0] > scores[1]
    assert Learned.from_json(learned.to_json()) == learned
    assert read(write(Portable("a", "b", learned))).learned == learned


def test_everything_gives_an_answer() -> None:
    yes, no, pool = join(YES), join(NO), join([*YES, *NO, "", " ", "😀"])
    learned = learn(yes, no, pool)
    assert np.isfinite(pool).all()
    assert assess(yes, no, pool).f1 is not None
    assert len(next_to_label(learned, pool, yes, no, 3)) == 3
    assert likely_for_phrase(yes[0], pool)[0] == 0
    assert likely_no(learned, yes, pool) is not None
