"""What a signal has to find: summaries of three months, kept beside a running Fill."""

from datetime import timedelta

from django.utils import timezone

from signals.models import Sample, Signal
from signals.pieces import split_text
from signals.reading import keep_readings
from signals.texts import keep_text
from templates.models import ReportTemplate
from tests.e2e.signals.promises import PROMISES

_WEEKS, _A_WEEK = 12, 24


def write_weeks() -> None:
    """Three months of summaries in which promises became common six weeks ago."""
    sentences = list(Sample.objects.filter(text__scope__startswith="set:").exclude(address=""))
    plain = [one.said for one in sentences if not PROMISES.search(one.said)]
    promises = [one.said for one in sentences if PROMISES.search(one.said)]
    template = ReportTemplate.objects.get(slug="meeting-minutes")
    texts = []
    for week in range(_WEEKS):
        for number in range(_A_WEEK):
            said = [plain[(week * 7 + number * 3 + step) % len(plain)] for step in range(3)]
            if number < (2 if week < _WEEKS // 2 else 3 + week):
                said[1] = promises[(week + number) % len(promises)]
            whole = " ".join(said)
            tags = {"purpose": "case", "template": str(template.pk), "version": "1", "block": "summary"}
            at = timezone.now() - timedelta(weeks=_WEEKS - 1 - week, hours=number)
            origin = f"candidate:{1_000_000 + week * 100 + number}"
            texts.append(
                keep_text(
                    origin,
                    "report:1",
                    whole,
                    split_text(whole),
                    tags=tags | {"kind": "long_text", "model": "default"},
                    about=whole,
                    language="en",
                    at=at,
                )
            )
    keep_readings(Signal.objects.at_work(), texts)
