"""Counting: by day and by tags, of real cases, and of what was read only."""

from datetime import UTC, date, datetime

import pytest

from signals.counting import cases, count_by_day, count_by_tags, count_unread, earlier_days, tag_sets_of_cases
from signals.models import Reading, Signal
from signals.reading import keep_readings
from tests.signals.texts import PLAIN, PROMISES, keep, teach

pytestmark = pytest.mark.django_db
MAY, JUNE = datetime(2026, 5, 4, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def signal() -> Signal:
    signal = teach()
    texts = [
        keep(1, PROMISES[0], MAY),
        keep(2, PLAIN[0], MAY),
        keep(3, PLAIN[1], JUNE, version="2"),
        keep(4, PROMISES[1], JUNE, purpose="preview"),
    ]
    keep_readings([signal], texts)
    return signal


def test_readings_are_counted_by_day_and_previews_are_not(signal: Signal) -> None:
    counts = count_by_day([signal], tag_sets_of_cases({}))
    assert [(one.day, one.read, one.flagged) for one in counts] == [
        (date(2026, 5, 4), 2, 1),
        (date(2026, 6, 1), 1, 0),
    ]


def test_tags_narrow_what_is_counted(signal: Signal) -> None:
    (second,) = tag_sets_of_cases({"version": "2"})
    assert count_by_tags(signal, [second]) == {second: (1, 0)}
    assert tag_sets_of_cases({"version": "3"}) == []


def test_what_a_check_did_not_run_on_is_counted_apart(signal: Signal) -> None:
    Reading.objects.filter(text__origin="candidate:2").update(score=None, error="The server is away.")
    every = [pk for pk, _ in cases()]
    assert count_unread([signal], every) == {signal.pk: 1}
    assert sum(one.read for one in count_by_day([signal], every)) == 2


def test_readings_of_an_earlier_state_are_told_by_their_days(signal: Signal) -> None:
    every = [pk for pk, _ in cases()]
    assert earlier_days(signal, every) == set()
    Reading.objects.filter(text__origin="candidate:3").update(made_by="before")
    assert earlier_days(signal, every) == {date(2026, 6, 1)}


def test_reading_again_replaces_what_was_said_before(signal: Signal) -> None:
    from signals.models import Text

    before = Reading.objects.count()
    keep_readings([signal], list(Text.objects.filter(origin__startswith="candidate")))
    assert Reading.objects.count() == before
    assert not Reading.objects.filter(tags=None).exists()
