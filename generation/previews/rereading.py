"""Reading again: what stands in a preview is read by the guards and signals of now, and no model is asked."""

from django.db import transaction
from django.utils import timezone

from generation.engine.work import Work
from generation.looking import place_text
from generation.models import Candidate, Fill, Report
from generation.previews.standing import Seen


def read_again(seen: Seen) -> None:
    """Let the readings of the preview be those of its draft's guards, as their signals are now.

    What a signal that asks a model said stands as long as that signal is the same.
    """
    for fill in seen.fills.values():
        work = seen.work(fill.block)
        if fill.chosen is None or work is None or fill.state != Fill.State.DONE:
            continue
        read_by = work.watch.read_by if work.watch else ""
        if fill.chosen.read_by != read_by:
            _read(seen.report, fill, fill.chosen, work, read_by)


def _read(report: Report, fill: Fill, chosen: Candidate, work: Work, read_by: str) -> None:
    block = work.block
    said = work.watch.read(block, block.type.load_value(chosen.value), with_slow=False) if work.watch else []
    before = {(one.signal, one.made_by, one.threshold, one.action): one for one in chosen.guard_readings}
    readings = [
        before.get((one.signal, one.made_by, one.threshold, one.action), one) if one.error else one
        for one in said
    ]
    chosen.readings, chosen.read_by = [one.to_json() for one in readings], read_by
    chosen.withheld = any(one.withholds for one in readings)
    with transaction.atomic():
        chosen.save(update_fields=["readings", "read_by", "withheld"])
        place_text(chosen, report)
    fill.withheld, fill.changed = chosen.withheld, timezone.now()
    Fill.objects.filter(pk=fill.pk, chosen=chosen).update(withheld=fill.withheld, changed=fill.changed)
