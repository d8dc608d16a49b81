"""How far a signal and people agree, and how sure that is after so few texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from signals.intervals import find_interval

# Below these, a figure would say more of chance than of the signal.
FEWEST_LABELS = 20
FEWEST_OF_EACH = 3
# The 95 % point of the chi-squared distribution with one degree of freedom.
_CHI_SQUARED = 3.841458820694124


@dataclass(frozen=True)
class Share:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """How often people and a signal said yes and no of the same texts."""

    both_yes: int = 0
    only_signal: int = 0
    only_people: int = 0
    both_no: int = 0

    @classmethod
    def of(cls, pairs: Sequence[tuple[bool, bool]]) -> "Agreement":
        """From pairs (what people say, what the signal says)."""
        count = pairs.count
        return cls(count((True, True)), count((False, True)), count((True, False)), count((False, False)))

    @property
    def texts(self) -> int:
        """How many both looked at."""
        return self.both_yes + self.only_signal + self.only_people + self.both_no

    @property
    def yes(self) -> int:
        """How many people said yes to."""
        return self.both_yes + self.only_people

    @property
    def is_enough(self) -> bool:
        """Whether there are enough labels, of both sorts, to say anything."""
        fewest = min(self.yes, self.texts - self.yes)
        return self.texts >= FEWEST_LABELS and fewest >= FEWEST_OF_EACH

    @property
    def precision(self) -> Share | None:
        """Which share of what it flags people said yes to; None where it flags nothing."""
        return _share(self.both_yes, self.both_yes + self.only_signal)

    @property
    def recall(self) -> Share | None:
        """Which share of what people said yes to it flags; None where that is nothing."""
        return _share(self.both_yes, self.yes)

    @property
    def f1(self) -> Share | None:
        """Their harmonic mean: 2 j / (1 + j) of the share j that both said yes to of what either did."""
        either = _share(self.both_yes, self.texts - self.both_no)
        return either and Share(*(2 * j / (1 + j) for j in (either.value, either.low, either.high)))

    @property
    def kappa(self) -> Share | None:
        """Cohen's kappa; None where only one answer was given, so that chance alone explains all.

        J. Cohen, “A Coefficient of Agreement for Nominal Scales”, 1960. The interval is that of A. Donner and
        M. Eliasziw, “A goodness-of-fit approach to inference procedures for the kappa statistic”, Statistics
        in Medicine 11, 1992: unlike the bootstrap it does not shrink to nothing when all agree.
        """
        flagged = self.both_yes + self.only_signal
        n = self.texts
        by_chance = (self.yes * flagged + (n - self.yes) * (n - flagged)) / n**2 if n else 1.0
        if by_chance == 1:
            return None
        value = ((self.both_yes + self.both_no) / n - by_chance) / (1 - by_chance)
        low, high = self._kappa_interval()
        return Share(value, min(low, value), max(high, value))

    def _kappa_interval(self) -> tuple[float, float]:
        """Where the agreement that was seen does not differ from what a kappa would lead to."""
        n, unlike = self.texts, self.only_signal + self.only_people
        rate = (2 * self.both_yes + unlike) / (2 * n)
        spread = rate * (1 - rate)
        least = max(-rate / (1 - rate), -(1 - rate) / rate)
        estimate = 1 - unlike / (2 * n * spread)

        def differs(kappa: float) -> bool:
            expected = (rate**2 + spread * kappa, 2 * spread * (1 - kappa), (1 - rate) ** 2 + spread * kappa)
            seen = (self.both_yes, unlike, self.both_no)
            distance = 0.0
            for one, share in zip(seen, expected, strict=True):
                if share > 1e-12:
                    distance += (one - n * share) ** 2 / (n * share)
                elif one:
                    return True
            return distance > _CHI_SQUARED

        return _cross(differs, estimate, least), _cross(differs, estimate, 1.0)


def _cross(differs: Callable[[float], bool], inside: float, outside: float) -> float:
    """The last point from `inside` towards `outside` that does not differ, by halving."""
    if not differs(outside):
        return outside
    for _ in range(50):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if differs(middle) else (middle, outside)
    return inside


def _share(part: int, whole: int) -> Share | None:
    if not whole:
        return None
    return Share(part / whole, *find_interval(part, whole))
