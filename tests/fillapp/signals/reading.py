"""Alice's report, kept as texts and read by a signal, for the pages of findings."""

from django.utils import timezone

from generation.looking import look_at_report
from generation.models import Report
from signals.models import Backfill, Reading, Signal, Text
from signals.reading import find_tag_sets


def read_report(report: Report, signal: Signal, flagged: str = "summary") -> None:
    """Keep the report's texts, and have this block flagged by its first piece."""
    look_at_report(report.pk)
    Signal.objects.filter(pk=signal.pk).update(made_by="now")
    signal.made_by = "now"
    for text in Text.objects.filter(scope=f"report:{report.pk}"):
        is_flagged = text.tags["block"] == flagged
        Reading.objects.create(
            signal=signal, text=text, score=0.9 if is_flagged else 0.1, flagged=is_flagged, made_by="now",
            piece="sentence 1", tags_id=find_tag_sets([text.tags])[0], day=timezone.localdate(text.at),
        )  # fmt: skip
    Backfill.objects.create(
        signal=signal, made_by="now", threshold=signal.threshold, cursor=0, total=4, done=4, state="done"
    )
