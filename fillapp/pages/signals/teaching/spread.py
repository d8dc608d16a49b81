"""The spread of what a signal makes of all texts, as shapes of an SVG that the server writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from signals.teaching.asking import Scores

WIDTH, HEIGHT, FLOOR = 400, 150, 108
BINS = 25
_HIGHEST = 92
_GAP = 1.5


@dataclass(frozen=True)
class Bar:
    """A stretch of probabilities; `fires` beyond the threshold."""

    x: float
    y: float
    width: float
    height: float
    fires: bool


@dataclass(frozen=True)
class Spread:
    """The bars, the marks of the examples, where it begins to flag, and where it abstains."""

    bars: tuple[Bar, ...]
    yes: tuple[float, ...]
    no: tuple[float, ...]
    threshold: float
    unsure: float
    unsure_width: float


def draw_spread(scores: Scores, yes: Iterable[float], no: Iterable[float]) -> Spread:
    """Heights grow with the root of the number: a few that are flagged are seen beside thousands.

    `yes` and `no` are the probabilities of the examples.
    """
    low, high = scores.learned.unsure
    return Spread(
        bars=_draw_bars(scores.histogram(BINS), scores.learned.threshold),
        yes=tuple(_x(one) for one in yes),
        no=tuple(_x(one) for one in no),
        threshold=_x(scores.learned.threshold),
        unsure=_x(low),
        unsure_width=round(_x(high) - _x(low), 1),
    )


def _draw_bars(counts: Sequence[int], threshold: float) -> tuple[Bar, ...]:
    step, most = WIDTH / BINS, max(counts) or 1
    bars = []
    for number, count in enumerate(counts):
        # Whatever is there at all can be seen.
        height = max(2.0, _HIGHEST * sqrt(count / most)) if count else 0.0
        middle = (number + 0.5) / BINS
        if height:
            bars.append(
                Bar(
                    round(number * step + _GAP / 2, 1),
                    round(FLOOR - height, 1),
                    round(step - _GAP, 1),
                    round(height, 1),
                    middle >= threshold,
                )
            )
    return tuple(bars)


def _x(probability: float) -> float:
    return round(probability * WIDTH, 1)
