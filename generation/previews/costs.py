"""What a preview costs: time, tokens and money of each block as it stands, and of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from generation.models import CachedAnswer, Fill, Report, Request

_SUMS = ("seconds", "input_tokens", "cached_tokens", "output_tokens", "cost")


@dataclass(frozen=True)
class BlockCost:
    """What the text of a block took; of one that was known already, what it took when it was asked for.

    `cached_tokens` are among the `input_tokens`. `cost` is in the currency of the model's prices.
    """

    seconds: float = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0
    from_cache: bool = False


def costs(report: Report) -> dict[str, BlockCost]:
    """The cost of each block that has a text by a model, in three queries."""
    fills = list(report.fills.filter(chosen__isnull=False).select_related("chosen"))
    chosen = {fill.block: fill.chosen for fill in fills if fill.chosen}
    attempts = [one.attempt for one in chosen.values() if not one.from_cache]
    called = Request.objects.filter(fill__report=report, attempt__in=attempts).order_by().values("attempt")
    sums = called.annotate(**{name: Sum(name) for name in _SUMS})
    figures: dict[object, list[Any]] = {key: each for key, *each in sums.values_list("attempt", *_SUMS)}
    cached = [one.asked for one in chosen.values() if one.from_cache]
    known = CachedAnswer.objects.filter(asked__in=cached).values_list("asked", *_SUMS)
    figures |= {key: each for key, *each in known}
    found = {}
    for fill in fills:
        one = chosen[fill.block]
        own = figures.get(one.asked if one.from_cache else one.attempt)
        found[fill.block] = BlockCost(
            **dict(zip(_SUMS, own, strict=True))
            if own
            else {"seconds": 0 if one.from_cache else _took(fill)},
            from_cache=one.from_cache,
        )
    return found


def add_up(costs: Iterable[BlockCost]) -> BlockCost:
    """The whole; it is from the cache when all of it is."""
    each = list(costs)
    return BlockCost(
        seconds=sum(one.seconds for one in each),
        input_tokens=sum(one.input_tokens for one in each),
        cached_tokens=sum(one.cached_tokens for one in each),
        output_tokens=sum(one.output_tokens for one in each),
        cost=sum(one.cost for one in each),
        from_cache=bool(each) and all(one.from_cache for one in each),
    )


def _took(fill: Fill) -> float:
    """Of the offline writer, that makes no calls."""
    return (fill.finished - fill.started).total_seconds() if fill.finished and fill.started else 0
