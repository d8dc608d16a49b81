"""Signals as rows of their list: counts and figures, and never a text of anybody's report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from signals.kinds import KINDS
from signals.models import Label, Signal
from signals.teaching.worth import Worth, worth_of


@dataclass(frozen=True)
class Taught:
    """How often people said yes and no, and how many people did."""

    yes: int = 0
    no: int = 0
    people: int = 0


@dataclass(frozen=True)
class Entry:
    """A signal in the list."""

    signal: Signal
    kind: str
    labels: Taught
    worth: Worth | None

    @property
    def reads(self) -> bool:
        """Whether it reads every new text."""
        return self.signal.archived is None and bool(self.signal.made_by)


def list_signals(signals: Sequence[Signal]) -> list[Entry]:
    """In the order given; the queries do not grow."""
    taught = _count_labels(signals)
    return [
        Entry(one, KINDS[one.kind].label, taught.get(one.pk, Taught()), worth_of(one))
        for one in signals
        if one.kind in KINDS
    ]


def _count_labels(signals: Sequence[Signal]) -> Mapping[int, Taught]:
    rows = Label.objects.filter(signal__in=signals).order_by().values("signal")
    counted = rows.annotate(
        yes=Count("pk", filter=Q(says=True)),
        no=Count("pk", filter=Q(says=False)),
        people=Count("author", distinct=True),
    )
    return {row["signal"]: Taught(row["yes"], row["no"], row["people"]) for row in counted}
