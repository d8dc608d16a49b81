"""Following the draft: the preview becomes what the draft says, and tells what that means for each block."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generation.engine.schedule import cancel_report
from generation.locking import lock_report
from generation.models import Fill, Report
from generation.moving import Moved, move_report, renew_inputs
from generation.previews.report import copy_documents, documents_of, profile_name, why_not
from generation.previews.rereading import read_again
from generation.previews.settling import settle
from generation.previews.standing import BlockStanding, Seen, Standing
from generation.reports import clean_title


@dataclass(frozen=True)
class Followed:
    """A preview as it follows its draft: how each block stands, by key in the order of the draft.

    `moved` is what the draft changed since it was last followed, `cannot` why nothing can be written now.
    """

    report: Report
    blocks: Mapping[str, BlockStanding]
    moved: Moved
    cannot: str = ""

    @property
    def to_write(self) -> list[str]:
        """The blocks to be written at once: what is said of them is another now than what stands there.

        One without a text counts only when it was changed just now, and none that was tried already: what
        fails, or is stopped, is not written by itself again and again.
        """
        touched = {*self.moved.changed, *self.moved.added}
        missing = {key for key in self.all_that_are(Standing.MISSING) if key in touched}
        due = missing.union(self.all_that_are(Standing.OUTDATED))
        return [key for key, one in self.blocks.items() if key in due and not one.tried]

    def all_that_are(self, standing: Standing) -> list[str]:
        """The keys of the blocks that stand so, without those that are being written."""
        return [key for key, one in self.blocks.items() if one.standing == standing and not one.writing]


def follow_draft(report: Report) -> Followed:
    """Bring a preview to its template's draft, its example's documents and the model of today.

    Asks no model. What was answered before to exactly what is asked now stands again at once.
    """
    report = Report.objects.select_related("template__draft", "snapshot", "example").get(pk=report.pk)
    moved = _catch_up(report)
    seen = Seen(report)
    settle(seen, seen.fills, starts=False)
    read_again(seen)
    standings = {block.block: seen.stands(block.block) for block in report.snapshot.parsed.fillable}
    _mark_stale(seen, standings)
    return Followed(report, standings, moved, why_not(report))


def _catch_up(report: Report) -> Moved:
    """Let the preview be made of what it should be made of; what changed in its blocks."""
    moved, template, case = Moved(), report.template, report.example
    if template and template.draft_id != report.snapshot_id:
        moved = move_report(report, template.draft)
        Report.objects.filter(pk=report.pk).update(title=clean_title(template.draft.parsed.name))
    name = profile_name()
    has_other_model = bool(name) and (name, settings.FILL_QUEUE) != (report.profile, report.queue)
    has_other_documents = case is not None and documents_of(case) != documents_of(report)
    if has_other_model or has_other_documents:
        # Nobody waits for what is written from other documents, or by another model.
        cancel_report(report)
    if has_other_model:
        report.profile, report.queue = name, settings.FILL_QUEUE
        report.save(update_fields=["profile", "queue"])
        renew_inputs(report)
    if has_other_documents and case:
        with transaction.atomic():
            lock_report(report.pk)
            report.report_documents.all().delete()
            copy_documents(case, report)
            renew_inputs(report)
    return moved


def _mark_stale(seen: Seen, standings: Mapping[str, BlockStanding]) -> None:
    """What is not fresh says so wherever it is shown."""
    for stale in (True, False):
        wrong = [
            fill.pk
            for key, fill in seen.fills.items()
            if fill.state == Fill.State.DONE
            and fill.stale != stale
            and (standings[key].standing in (Standing.STALE, Standing.OUTDATED)) == stale
        ]
        if wrong:
            with transaction.atomic():
                lock_report(seen.report.pk)
                done = Fill.objects.filter(pk__in=wrong, state=Fill.State.DONE)
                done.update(stale=stale, changed=timezone.now())
