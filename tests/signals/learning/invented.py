"""Invented sentences of a small firm's reports: some promise an outcome, most do not."""

from functools import cache
from itertools import product

from signals.learning.features import Vectors, join_features
from signals.learning.static import StaticEmbedder

_embed = StaticEmbedder()

PROMISES = [
    f"{start} {outcome}."
    for start, outcome in product(
        (
            "We guarantee that you will",
            "You can be certain that you will",
            "We promise that you will",
            "You will definitely",
        ),
        (
            "win the case",
            "get your money back",
            "receive full compensation",
            "be cleared of everything",
            "keep the house",
        ),
    )
]
PLAIN = [
    f"{subject} {what} {when}."
    for subject, what, when in product(
        ("The tenant", "Our office", "The other side", "The court", "The bank", "A witness"),
        (
            "sent the signed form",
            "asked for a copy of the lease",
            "paid the invoice of £ 300",
            "moved the meeting",
            "described the roof",
        ),
        (
            "on Monday",
            "last week",
            "in March",
            "before noon",
            "after the hearing",
            "without comment",
            "by post",
        ),
    )
]


@cache
def joined(texts: tuple[str, ...]) -> Vectors:
    return join_features(texts, _embed(texts))


def join(texts: list[str]) -> Vectors:
    return joined(tuple(texts))
