"""Moving: a report follows another snapshot of its template, and nothing that was written for it is lost.

What stands in unchanged blocks stands. Where a block was changed its value is stale; where it is gone, or of
another kind, the value goes out of sight with all its versions and decisions, and is there again when the
block comes back. New blocks are not written by themselves: “Try again” writes them.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from generation.asked import hash_block
from generation.calls import cancel_calls
from generation.engine.schedule import advance_report, usable_profile
from generation.locking import lock_report
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.profiles import UnknownProfile, find_profile
from generation.reports import hash_inputs, not_written
from generation.stale import mark_readers_stale
from templates.body import Block, TemplateBody
from templates.models import Snapshot, TemplateVersion

State = Fill.State
_CANCELLED = "The template was changed while this part was being written."
_ENDED = {
    "attempt": None,
    "lease_until": None,
    "queued": None,
    "partial": "",
    "asked": "",
}
_FIELDS = [
    *_ENDED,
    "state",
    "gone",
    "fits",
    "stale",
    "position",
    "finished",
    "error_code",
    "error",
    "changed",
]


@dataclass(frozen=True)
class Moved:
    """The keys of a report's blocks by what came of them, in the order of the template."""

    kept: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass
class _Move:
    """One move as it is prepared: the rows that change, and the calls that nobody waits for any more."""

    report: Report
    before: TemplateBody
    after: TemplateBody
    leaving: list[Fill] = field(default_factory=list)
    staying: list[Fill] = field(default_factory=list)
    shifted: list[Fill] = field(default_factory=list)
    new: list[Fill] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    attempts: list[uuid.UUID] = field(default_factory=list)

    @property
    def moved(self) -> Moved:
        """What came of the blocks."""
        present = {*self.kept, *self.changed, *self.added}
        removed = [block.block for block in self.before.fillable if block.block not in present]
        return Moved(tuple(self.kept), tuple(self.changed), tuple(self.added), tuple(removed))


def move_report(report: Report, snapshot: Snapshot, version: TemplateVersion | None = None) -> Moved:
    """Let a report follow another snapshot, which is `version` of its template if it is any.

    Also while it is being filled: what is being written for a block that was changed is written anew, in a
    preview only when it is asked for. `report` is brought up to date.
    """
    with transaction.atomic():
        lock_report(report.pk)
        now = Report.objects.select_related("snapshot").get(pk=report.pk)
        move = _Move(now, now.snapshot.parsed, snapshot.parsed)
        _sort_fills(move)
        _write_fills(move)
        now.snapshot, now.version = snapshot, version
        now.save(update_fields=["snapshot", "version"])
        renew_inputs(now)
        if move.attempts:
            # It may have been the leader, that the others wait for.
            Report.objects.filter(pk=now.pk, released=None).update(leader_since=None)
        _tell_readers(move)
        transaction.on_commit(lambda: _go_on(now.pk, move.attempts))
    report.snapshot, report.version = snapshot, version
    return move.moved


def renew_inputs(report: Report) -> None:
    """Let the fills be pinned to what the report is made of now, without a word on what stands in them.

    Whatever was about to be written from something else is written from this.
    """
    try:
        profile = find_profile(usable_profile(report.profile))
    except UnknownProfile:
        return
    files = [(row.document.sha256, row.slot) for row in report.report_documents.select_related("document")]
    inputs = hash_inputs(report.snapshot, files, profile)
    Fill.every.filter(report=report).exclude(inputs=inputs).update(inputs=inputs)


def _go_on(report_id: int, attempts: Iterable[uuid.UUID]) -> None:
    for attempt in attempts:
        cancel_calls(attempt)
    advance_report(report_id)


def _sort_fills(move: _Move) -> None:
    """Which fill stands for which block now; their fields are set, and nothing is stored."""
    # Before the engine writes a result it locks its fill: none changes while they are sorted.
    fills = Fill.every.filter(report=move.report).order_by("pk").select_for_update()
    present = {fill.block: fill for fill in fills if not fill.gone}
    gone = {(fill.block, fill.kind): fill for fill in fills if fill.gone}
    before = {block.block: block for block in move.before.fillable}
    for position, block in enumerate(move.after.fillable):
        fill, old = present.get(block.block), before.get(block.block)
        if fill and old and fill.kind == block.kind:
            del present[block.block]
            _keep(move, fill, old, block, position)
        else:
            (move.changed if fill else move.added).append(block.block)
            _put_in(move, gone.get((block.block, block.kind)), block, position)
    for key, fill in present.items():
        _take_out(move, fill, before.get(key))


def _keep(move: _Move, fill: Fill, old: Block, block: Block, position: int) -> None:
    is_same = hash_block(old) == hash_block(block)
    (move.kept if is_same else move.changed).append(block.block)
    if fill.position != position:
        fill.position = position
        move.shifted.append(fill)
    if not is_same:
        _mark(fill, old, block)
        if fill.state in UNFINISHED:
            _end(move, fill, goes_on=move.report.purpose == Report.Purpose.CASE)
        fill.changed = timezone.now()
        move.staying.append(fill)


def _mark(fill: Fill, old: Block | None, block: Block) -> None:
    """Stale, unless the block is again the one that the value was right for."""
    if not fill.stale:
        fill.fits = hash_block(old) if old else ""
    if fill.has_value:
        fill.stale = fill.fits != hash_block(block)
    if not fill.stale:
        fill.fits = ""


def _put_in(move: _Move, back: Fill | None, block: Block, position: int) -> None:
    """A block that the report did not have, or not of this kind: what once stood there, or nothing yet."""
    if back is None:
        move.new.append(not_written(move.report, block, position))
        return
    back.gone, back.position, back.changed = False, position, timezone.now()
    back.stale = back.has_value and back.fits != hash_block(block)
    back.fits = back.fits if back.stale else ""
    move.staying.append(back)


def _take_out(move: _Move, fill: Fill, old: Block | None) -> None:
    if not fill.stale:
        fill.fits = hash_block(old) if old else ""
    if fill.state in UNFINISHED:
        _end(move, fill, goes_on=False)
    fill.gone, fill.changed = True, timezone.now()
    move.leaving.append(fill)


def _end(move: _Move, fill: Fill, *, goes_on: bool) -> None:
    """Whoever writes it writes for a block that is no more, and is not heard."""
    if fill.attempt:
        move.attempts.append(fill.attempt)
    for name, value in _ENDED.items():
        setattr(fill, name, value)
    if goes_on:
        fill.state = State.WAITING
        return
    fill.state, fill.finished = State.DONE if fill.has_value else State.CANCELLED, timezone.now()
    fill.error_code, fill.error = ("", "") if fill.has_value else ("cancelled", _CANCELLED)


def _write_fills(move: _Move) -> None:
    """In this order: a block has one fill in sight."""
    for fills in (move.leaving, move.staying):
        if fills:
            Fill.every.bulk_update(fills, _FIELDS)
    if move.shifted:
        # One that only stands elsewhere looks as it did: nobody is told that it changed.
        Fill.objects.bulk_update(move.shifted, ["position"])
    Fill.objects.bulk_create(move.new)


def _tell_readers(move: _Move) -> None:
    """What reads a block that has another value now, or none."""
    here = {fill.block for fill in move.staying if fill.block not in move.kept}
    swapped = {fill.block for fill in (*move.new, *move.leaving)} | (here - _same_kind(move))
    mark_readers_stale(move.report.pk, move.after, swapped)


def _same_kind(move: _Move) -> set[str]:
    before = {block.block: block.kind for block in move.before.fillable}
    return {block.block for block in move.after.fillable if before.get(block.block) == block.kind}
