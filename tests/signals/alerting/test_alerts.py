"""Alerts: raised once, told once, cleared once, however many workers look."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from signals.alerting.check import check_alert, check_alerts, look
from signals.alerting.telling import tell_untold, untold
from signals.handed import CannotTell, hands
from signals.models import Alert, Raising, Reading, Signal, Text
from signals.reading import find_tag_sets
from tests.signals.texts import CASE, keep

pytestmark = pytest.mark.django_db


class Told:
    """Remembers what was told, and can fail to."""

    def __init__(self) -> None:
        self.said: list[tuple[int, bool]] = []
        self.fails = False

    def __call__(self, raising: Raising, *, is_cleared: bool) -> str:
        if self.fails:
            raise CannotTell("The mail server cannot be reached.")
        self.said.append((raising.pk, is_cleared))
        return ""


@pytest.fixture
def told() -> Iterator[Told]:
    before, hands.tell = hands.tell, Told()
    yield hands.tell
    hands.tell = before


@pytest.fixture
def signal() -> Signal:
    return Signal.objects.create(name="refusal", title="Refusal", kind="few_shot", made_by="now")


@pytest.fixture
def alert(signal: Signal) -> Alert:
    return Alert.objects.create(
        signal=signal, bound=0.1, hours=24, least=10, way="email", to="ann@example.org"
    )


def read(signal: Signal, flagged: int, plain: int, hours_ago: float = 1, **more: Any) -> None:
    """Readings of texts written so long ago."""
    at = timezone.now() - timedelta(hours=hours_ago)
    tags = more.pop("tags", {})
    tag_set = find_tag_sets([CASE | tags])[0]
    for number in range(flagged + plain):
        text = keep(Text.objects.count(), f"Text {number}.", at, **tags)
        Reading.objects.create(
            signal=signal, text=text, score=0.5, flagged=number < flagged, tags_id=tag_set,
            day=timezone.localdate(at), **({"made_by": "now"} | more),
        )  # fmt: skip


def test_a_rate_above_the_bound_is_raised_once(alert: Alert, told: Told) -> None:
    read(alert.signal, flagged=3, plain=9)
    for _ in range(3):
        check_alert(alert, timezone.now())
        tell_untold()
    raising = Raising.objects.get()
    assert (raising.flagged, raising.read) == (3, 12)
    assert len(raising.examples) == 3
    assert told.said == [(raising.pk, False)]


def test_too_few_texts_raise_nothing(alert: Alert) -> None:
    read(alert.signal, flagged=9, plain=0)
    check_alert(alert, timezone.now())
    assert not Raising.objects.exists()


def test_a_rate_at_the_bound_raises_nothing(alert: Alert) -> None:
    read(alert.signal, flagged=1, plain=9)
    check_alert(alert, timezone.now())
    assert not Raising.objects.exists()


def test_only_the_window_the_filter_and_real_cases_count(alert: Alert) -> None:
    read(alert.signal, flagged=5, plain=0, hours_ago=25)
    read(alert.signal, flagged=5, plain=0, tags={"purpose": "preview"})
    read(alert.signal, flagged=5, plain=0, tags={"template": "2"})
    read(alert.signal, flagged=5, plain=0, made_by="an earlier state")
    read(alert.signal, flagged=1, plain=2)
    alert.tags = {"template": "1"}
    seen = look(alert, timezone.now())
    assert (seen.flagged, seen.read) == (1, 3)


def test_it_is_cleared_once_and_told_so(alert: Alert, told: Told) -> None:
    read(alert.signal, flagged=3, plain=9)
    check_alert(alert, timezone.now())
    tell_untold()
    read(alert.signal, flagged=0, plain=90)
    for _ in range(2):
        check_alert(alert, timezone.now())
        tell_untold()
    raising = Raising.objects.get()
    assert raising.cleared
    assert (raising.cleared_flagged, raising.cleared_read) == (3, 102)
    assert told.said == [(raising.pk, False), (raising.pk, True)]


def test_few_texts_clear_nothing_while_some_are_flagged(alert: Alert) -> None:
    read(alert.signal, flagged=3, plain=9)
    check_alert(alert, timezone.now())
    Reading.objects.filter(flagged=False).delete()
    check_alert(alert, timezone.now())
    assert Raising.objects.get().cleared is None
    Reading.objects.all().delete()
    check_alert(alert, timezone.now())
    assert Raising.objects.get().cleared


def test_what_is_raised_again_is_a_raising_of_its_own(alert: Alert, told: Told) -> None:
    for _ in range(2):
        read(alert.signal, flagged=3, plain=9)
        check_alert(alert, timezone.now())
        Reading.objects.all().delete()
        check_alert(alert, timezone.now())
        tell_untold()
    assert [is_cleared for _, is_cleared in told.said] == [False, True, False, True]


def test_only_one_of_many_workers_looks(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr("signals.alerting.check.check_alert", lambda alert, now: looked.append(alert.pk))
    for _ in range(3):
        check_alerts()
    assert looked == [alert.pk]


def test_a_paused_alert_is_not_looked_at(alert: Alert) -> None:
    read(alert.signal, flagged=9, plain=9)
    Alert.objects.update(paused=True)
    check_alerts()
    assert not Raising.objects.exists()


def test_what_could_not_be_told_is_told_later(alert: Alert, told: Told) -> None:
    told.fails = True
    read(alert.signal, flagged=3, plain=9)
    check_alert(alert, timezone.now())
    tell_untold()
    assert Raising.objects.get().error == "The mail server cannot be reached."
    assert not untold().exists(), "not at once"
    told.fails = False
    Raising.objects.update(next_try=timezone.now() - timedelta(seconds=1))
    tell_untold()
    assert len(told.said) == 1
    assert Raising.objects.get().error == ""


def test_a_raising_holds_no_text(alert: Alert) -> None:
    read(alert.signal, flagged=3, plain=9)
    check_alert(alert, timezone.now())
    Text.objects.all().delete()
    raising = Raising.objects.get()
    assert "Text" not in str(vars(raising))
    assert all(isinstance(one, int) for one in raising.examples)
