"""Counting readings: how many texts a signal read and flagged, by day and by the tags they carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from signals.models import Reading, Signal, TagSet


@dataclass(frozen=True)
class DayCount:
    """How many texts of a day a signal read, and how many of them it flagged."""

    signal: int
    day: date
    read: int
    flagged: int


def tag_sets_of_cases(tags: Mapping[str, str]) -> list[int]:
    """The rows that stand for texts of real cases with these tags."""
    return [pk for pk, own in cases() if all(own.get(name) == value for name, value in tags.items())]


def cases() -> list[tuple[int, dict[str, str]]]:
    """Every combination of tags that texts of real cases carry: hundreds at most."""
    return list(TagSet.objects.filter(tags__purpose="case").values_list("pk", "tags"))


def count_by_day(signals: Iterable[Signal], tag_sets: Iterable[int]) -> list[DayCount]:
    """By signal and day, in order; only what was read. Both walk the index `readings_counted` alone."""
    rows = _counted(signals, tag_sets).values_list("signal", "day").order_by("signal", "day")
    return [
        DayCount(*row) for row in rows.annotate(read=Count("pk"), hits=Count("pk", filter=Q(flagged=True)))
    ]


def count_by_tags(signal: Signal, tag_sets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(read, flagged) by the row of tags."""
    rows = _counted([signal], tag_sets).values_list("tags").order_by()
    counts = rows.annotate(read=Count("pk"), hits=Count("pk", filter=Q(flagged=True)))
    return {tag_set: (read, flagged) for tag_set, read, flagged in counts}


def count_unread(signals: Iterable[Signal], tag_sets: Iterable[int]) -> dict[int, int]:
    """On how many texts each signal's check did not run, by the signal's key."""
    rows = Reading.objects.filter(signal__in=_pks(signals), tags__in=list(tag_sets), score=None)
    return dict(rows.order_by().values_list("signal").annotate(count=Count("pk")))


def earlier_days(signal: Signal, tag_sets: Iterable[int]) -> set[date]:
    """The days of texts that were last read by an earlier state of the signal."""
    rows = _counted([signal], tag_sets).exclude(made_by=signal.made_by)
    return {day for day in rows.order_by().values_list("day", flat=True).distinct() if day}


def _counted(signals: Iterable[Signal], tag_sets: Iterable[int]) -> QuerySet[Reading]:
    return Reading.objects.filter(signal__in=_pks(signals), tags__in=list(tag_sets), score__isnull=False)


def _pks(signals: Iterable[Signal]) -> list[int]:
    return [signal.pk for signal in signals]
