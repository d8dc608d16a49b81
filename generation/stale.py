"""What rests on a value that has changed."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from generation.models import Fill
from templates.body import TemplateBody


def mark_readers_stale(report_id: int, body: TemplateBody, changed: Collection[str]) -> None:
    """Mark the finished blocks that read one of `changed`: they no longer rest on what they should."""
    readers = [block.block for block in body.fillable if set(changed) & set(block.after)]
    if readers:
        done = Fill.objects.filter(report_id=report_id, block__in=readers, state=Fill.State.DONE)
        # Of what was stale only since its block was changed, more has changed now.
        done.filter(Q(stale=False) | ~Q(fits="")).update(stale=True, fits="", changed=timezone.now())


def tell_waiting_readers(report_id: int, body: TemplateBody, key: str) -> None:
    """Let what waits for a block look another way: it is withheld now, or released."""
    readers = [block.block for block in body.fillable if key in block.after]
    waiting = Fill.objects.filter(report_id=report_id, block__in=readers, state=Fill.State.WAITING)
    waiting.update(changed=timezone.now())
