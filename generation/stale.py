"""What rests on a value that has changed."""

from collections.abc import Collection

from django.utils import timezone

from generation.models import Fill, Report


def mark_readers_stale(report: Report, changed: Collection[str]) -> None:
    """Mark the finished blocks that read one of `changed`: they no longer rest on what they should."""
    readers = [block.block for block in report.snapshot.parsed.fillable if set(changed) & set(block.after)]
    if readers:
        done = report.fills.filter(block__in=readers, state=Fill.State.DONE, stale=False)
        done.update(stale=True, changed=timezone.now())
