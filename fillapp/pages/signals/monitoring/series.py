"""The counts of a signal as a series of days, weeks or months, and what it says in a sentence."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from signals.counting import DayCount
from signals.intervals import find_interval

# So many periods are drawn, up to today.
_SHOWN = {"day": 31, "week": 26, "month": 24}
# And no fewer than this, so that a young signal is no single bar.
_FEWEST = 8
# What “lately” is, in days.
_LATELY = {"day": 7, "week": 28, "month": 92}


@dataclass(frozen=True)
class Share:
    """How many of how many, with the interval of the rate."""

    flagged: int
    read: int

    @property
    def rate(self) -> float:
        """0 to 1."""
        return self.flagged / self.read if self.read else 0.0

    @property
    def low(self) -> float:
        return find_interval(self.flagged, self.read)[0]

    @property
    def high(self) -> float:
        return find_interval(self.flagged, self.read)[1]


@dataclass(frozen=True)
class Bucket(Share):
    """One day, week or month, from `first` to `last`; `is_earlier` when some was read by an earlier state."""

    first: date
    last: date
    is_earlier: bool = False


@dataclass(frozen=True)
class Series:
    """A signal's counts over time. `first_seen` is the day of the first text it flagged."""

    buckets: list[Bucket]
    whole: Share
    first_seen: date | None
    before: Share
    since: Share
    lately: Share
    earlier: Share
    lately_days: int

    @property
    def change(self) -> str:
        """Whether it flags more often lately, less often, or not clearly either; empty with too little."""
        if not self.lately.read or not self.earlier.read:
            return ""
        if self.lately.low > self.earlier.high:
            return "more"
        return "less" if self.lately.high < self.earlier.low else "same"


def make_series(
    counts: Sequence[DayCount], by: str, today: date, earlier_days: Collection[date] = ()
) -> Series:
    """`counts` are a signal's, in order of their days."""
    first_seen = next((one.day for one in counts if one.flagged), None)
    since = today - timedelta(days=_LATELY[by] - 1)
    return Series(
        buckets=_fill_buckets(counts, by, today, earlier_days),
        whole=_sum(counts),
        first_seen=first_seen,
        before=_sum([one for one in counts if first_seen and one.day < first_seen]),
        since=_sum([one for one in counts if first_seen and one.day >= first_seen]),
        lately=_sum([one for one in counts if one.day >= since]),
        earlier=_sum([one for one in counts if one.day < since]),
        lately_days=_LATELY[by],
    )


def _sum(counts: Sequence[DayCount]) -> Share:
    return Share(sum(one.flagged for one in counts), sum(one.read for one in counts))


def _fill_buckets(
    counts: Sequence[DayCount], by: str, today: date, earlier_days: Collection[date]
) -> list[Bucket]:
    starts = _starts(by, today, counts[0].day if counts else today)
    read, flagged = [0] * len(starts), [0] * len(starts)
    for one in counts:
        at = bisect_right(starts, one.day) - 1
        if at >= 0:
            read[at] += one.read
            flagged[at] += one.flagged
    earlier = {bisect_right(starts, day) - 1 for day in earlier_days}
    lasts = [*(start - timedelta(days=1) for start in starts[1:]), today]
    return [
        Bucket(flagged[at], read[at], start, last, at in earlier)
        for at, (start, last) in enumerate(zip(starts, lasts, strict=True))
    ]


def _starts(by: str, today: date, oldest: date) -> list[date]:
    """The first days of the periods, the oldest first."""
    starts = [_start_of(by, today)]
    while len(starts) < _SHOWN[by] and (len(starts) < _FEWEST or starts[-1] > oldest):
        starts.append(_start_of(by, starts[-1] - timedelta(days=1)))
    return starts[::-1]


def _start_of(by: str, day: date) -> date:
    if by == "day":
        return day
    return day.replace(day=1) if by == "month" else day - timedelta(days=day.weekday())
