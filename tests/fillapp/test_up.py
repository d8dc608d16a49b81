"""What `manage.py up` does beside the site and the worker."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from fillapp.management.commands import up
from generation.models import Report
from generation.removal import KEPT
from tests.factories import make_report


class Night(Exception):
    """The day is over."""


@pytest.mark.django_db(transaction=True)
def test_what_was_deleted_long_ago_is_removed_at_once_and_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[float] = []

    def sleep(seconds: float) -> None:
        days.append(seconds)
        make_old()
        if len(days) == 2:
            raise Night

    def make_old() -> None:
        Report.objects.filter(pk=make_report().pk).update(deleted=timezone.now() - KEPT - timedelta(days=1))

    # The clock of this command alone.
    monkeypatch.setattr(up, "time", SimpleNamespace(sleep=sleep))
    make_old()
    with pytest.raises(Night):
        up.purge_daily()
    assert days == [86400, 86400]
    # Only the one that was made after the last day's purge.
    assert Report.objects.count() == 1
