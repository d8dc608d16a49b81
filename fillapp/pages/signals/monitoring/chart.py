"""A chart of rates with their intervals, drawn as SVG: across in per cent of the width, up in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

from fillapp.pages.signals.monitoring.series import Bucket

HEIGHT = 120
_THICK = 3
# How high the axis may end, as rates.
_TOPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Bar:
    """One period: a box for the interval, and a mark for the rate."""

    bucket: Bucket
    x: str
    width: str
    top: float
    height: float
    mark: float


@dataclass(frozen=True)
class Chart:
    """What is drawn; `top` is the rate at the upper end of the axis."""

    bars: list[Bar]
    top: float
    height: int = HEIGHT

    @property
    def middle(self) -> float:
        return self.top / 2


def draw(buckets: Sequence[Bucket]) -> Chart:
    """Periods in which nothing was read stay empty."""
    # Of few texts the interval reaches far: it may be cut off, the rate never.
    rates = [bucket.rate for bucket in buckets if bucket.read]
    sure = [bucket.high for bucket in buckets if bucket.read >= 20]
    highest = max([*rates, *sure, 0.0]) * 1.05
    top = next((top for top in _TOPS if highest <= top), 1.0)
    slot = 100 / len(buckets)
    bars = [
        _bar(bucket, at * slot + 0.15 * slot, 0.7 * slot, top)
        for at, bucket in enumerate(buckets)
        if bucket.read
    ]
    return Chart(bars, top)


def _bar(bucket: Bucket, x: float, width: float, top: float) -> Bar:
    high, low = _up(min(bucket.high, top), top), _up(min(bucket.low, top), top)
    mark = min(max(_up(bucket.rate, top) - _THICK / 2, 0), HEIGHT - _THICK)
    return Bar(
        bucket, f"{x:.2f}%", f"{width:.2f}%", round(high, 1), round(max(low - high, 1), 1), round(mark, 1)
    )


def _up(rate: float, top: float) -> float:
    return HEIGHT * (1 - rate / top)
