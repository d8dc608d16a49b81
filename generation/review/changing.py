"""The one way a person changes a block's current value: locked, on the newest revision, its readers told."""

from dataclasses import dataclass

from generation.locking import lock_report
from generation.models import Candidate, Edit, Fill
from generation.models.fills import UNFINISHED
from generation.stale import mark_readers_stale
from templates.blocks.base import Json


@dataclass
class EditConflict(Exception):
    """Someone else changed it in between: both values, and the revision to base the next save on."""

    theirs: Json
    yours: Json
    revision: int


class CannotChange(ValueError):
    """The block may not be changed; the message says why and what to do."""


class BeingWritten(CannotChange):
    """The block is being written; what a person would put there must wait for it."""


def open_fill(fill: Fill) -> Fill:
    """The fill as it is now, for this transaction alone. Raises `CannotChange`."""
    # What reads it is marked stale.
    lock_report(fill.report_id)
    fills = Fill.objects.select_for_update(of=("self",)).select_related("chosen", "edit")
    locked = fills.filter(pk=fill.pk).first()
    if locked is None:
        raise CannotChange("This part is not in the report any more: its template is another now. Reload it.")
    if locked.withheld:
        raise CannotChange("This part is withheld until someone with the permission releases it.")
    if locked.locked:
        raise CannotChange("This part is locked. Unlock it to change it.")
    if locked.state in UNFINISHED:
        raise BeingWritten("This part is being written. Wait until it is there.")
    return locked


def set_value(fill: Fill, review: Fill.Review, *, edit: Edit | None, chosen: Candidate | None) -> None:
    """Let `edit`, or without one `chosen`, stand as the current value; the blocks that read it are stale."""
    fill.edit, fill.chosen = edit, chosen
    fill.revision += 1
    fill.review = review
    fill.offered = []
    # Whoever puts it there has seen what it rests on.
    fill.stale = False
    fill.state, fill.error_code, fill.error = Fill.State.DONE, "", ""
    fill.save(
        update_fields=[
            "edit",
            "chosen",
            "revision",
            "review",
            "offered",
            "stale",
            "state",
            "error_code",
            "error",
            "changed",
        ]
    )
    mark_readers_stale(fill.report_id, fill.report.snapshot.parsed, {fill.block})
