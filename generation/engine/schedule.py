"""What may start when: the leader first, then all that wait for nothing, then what reads them."""

import logging
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from kombu.exceptions import OperationalError

from generation.calls import cancel_calls
from generation.engine.statements import queue_fills, read_states_left
from generation.guards.held import find_held
from generation.locking import lock_report
from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from generation.profiles import UnknownProfile, default_profile, find_profile
from generation.stale import mark_readers_stale
from templates.body import Block, TemplateBody

State = Fill.State
TASK = "generation.fill"
# What a finished report of purpose *test* is followed by.
PROVE = "generation.prove"
LOOK = "generation.look"
log = logging.getLogger(__name__)
# Between choosing a leader and sending it a process may die.
LOST_LEADER = timedelta(seconds=10)
# RabbitMQ short of memory or disk takes connections and messages, and confirms none.
_CONFIRM_SECONDS = 5


def start_report(report: Report) -> None:
    """Begin to fill every block of the report."""
    now = timezone.now()
    Report.objects.filter(pk=report.pk, started__isnull=True).update(started=now)
    advance_report(report.pk)


def cancel_report(report: Report) -> int:
    """Cancel what is not finished; how many blocks that were. Calls under way are closed."""
    running = list(report.fills.filter(state=State.RUNNING).values_list("attempt", flat=True))
    with transaction.atomic():
        lock_report(report.pk)
        unfinished = report.fills.filter(state__in=UNFINISHED)
        count = end_fills(unfinished, State.CANCELLED, "cancelled", "Cancelled.")
    for attempt in running:
        cancel_calls(attempt)
    advance_report(report.pk)
    return count


def cancel_fill(fill: Fill) -> None:
    """Stop writing one block; what stood there stands again."""
    running = list(Fill.objects.filter(pk=fill.pk, state=State.RUNNING).values_list("attempt", flat=True))
    unfinished = Fill.objects.filter(pk=fill.pk, state__in=UNFINISHED)
    end_fills(unfinished, State.CANCELLED, "cancelled", "Cancelled.")
    for attempt in running:
        cancel_calls(attempt)
    # It may have been the one that the others wait for.
    release_report(fill.report_id)


def retry_report(report: Report) -> int:
    """Fill again what failed or was cancelled; how many blocks that are. Finished blocks stay.

    Raises `UnknownProfile` when no model is set that could.
    """
    profile = usable_profile(report.profile)
    with transaction.atomic():
        lock_report(report.pk)
        again = report.fills.filter(state__in=(State.FAILED, State.CANCELLED))
        # What was written without them no longer rests on what it should.
        mark_readers_stale(report.pk, report.snapshot.parsed, set(again.values_list("block", flat=True)))
        count = again.update(
            state=State.WAITING,
            attempts=0,
            error_code="",
            error="",
            finished=None,
            changed=timezone.now(),
        )
        reopen_report(report, profile)
    advance_report(report.pk)
    return count


class CannotGenerate(ValueError):
    """The block cannot be written again now; the message says why and what to do."""


def generate_again(fill: Fill, *, note: str = "", versions: int = 1, by: User | None = None) -> None:
    """Write a block anew, heeding `note`; what stands there stays until it is done, and is never lost.

    Of several `versions` nothing is chosen: they are offered. Raises `CannotGenerate`, and
    `UnknownProfile` when no model is set that could.
    """
    report = fill.report
    profile = usable_profile(report.profile)
    with transaction.atomic():
        lock_report(report.pk)
        now = Fill.objects.select_for_update().filter(pk=fill.pk).first()
        if now is None:
            raise CannotGenerate("This part is not in the report any more. Reload the page.")
        if now.locked:
            raise CannotGenerate("This part is locked. Unlock it to have it written again.")
        if now.state in UNFINISHED:
            raise CannotGenerate("This part is being written already.")
        now.state, now.attempts, now.finished = State.WAITING, 0, None
        now.error_code = now.error = ""
        # Nobody chooses between a version and one that is withheld.
        wanted = 1 if now.withheld else versions
        now.note, now.wanted, now.asked_by, now.offered = note, wanted, by, []
        now.save()
        # One that is still being filled goes on as it does.
        if not Report.objects.filter(pk=report.pk, finished=None).update(finished=None):
            reopen_report(report, profile)
    advance_report(report.pk)


def reopen_report(report: Report, profile: str) -> None:
    """Let a report be filled on; whoever filled it may serve its queue, or know its model, no more."""
    Report.objects.filter(pk=report.pk).update(
        leader_since=None,
        released=None,
        finished=None,
        started=timezone.now(),
        queue=settings.FILL_QUEUE,
        profile=profile,
    )


def fail_report(report: Report, code: str, sentence: str) -> None:
    """Fail all that is not finished, with one sentence for all."""
    with transaction.atomic():
        lock_report(report.pk)
        end_fills(report.fills.filter(state__in=UNFINISHED), State.FAILED, code, sentence)
    advance_report(report.pk)


def end_fills(fills: QuerySet[Fill], state: Fill.State, code: str, sentence: str) -> int:
    """End fills without a new value, saying why; where one stood before, it stands again."""
    now = timezone.now()
    has_value = Q(chosen__isnull=False) | Q(edit__isnull=False)
    return fills.update(
        state=Case(When(has_value, then=Value(State.DONE)), default=Value(state)),
        attempt=None,
        lease_until=None,
        finished=now,
        changed=now,
        partial="",
        error_code=code,
        error=sentence,
        note="",
        wanted=1,
        asked_by=None,
    )


def usable_profile(name: str) -> str:
    """The profile of this name, or else the default. Raises `UnknownProfile` when there is neither."""
    try:
        return find_profile(name).name
    except UnknownProfile:
        return default_profile().name


def advance_report(report_id: int) -> None:
    """Send every block that may start now, or note that the last was finished.

    Safe to call at any time, from any process.
    """
    # Most blocks end while others are being written and none waits: that costs one small query.
    left = read_states_left(report_id)
    if left and State.WAITING not in left:
        return
    report = Report.objects.select_related("snapshot").filter(pk=report_id).first()
    if report is None:
        return
    fills = {fill.block: fill for fill in report.fills.order_by().only("block", "state", "withheld")}
    states = {key: fill.state for key, fill in fills.items()}
    is_held_up = any(fill.withheld for fill in fills.values())
    held = find_held(report.snapshot.parsed, fills.values()) if is_held_up else set()
    if not any(state in UNFINISHED and key not in held for key, state in states.items()):
        _finish_report(report, held)
        return
    settled = {key for key, fill in fills.items() if fill.state not in UNFINISHED and not fill.withheld}
    ready = [
        block
        for block in report.snapshot.parsed.fillable
        if states.get(block.block) == State.WAITING and settled.issuperset(block.after)
    ]
    if ready and report.released is None and not find_profile(report.profile).offline:
        ready = _choose_leader(report, ready)
    if ready:
        # The longest first: the report is finished when the longest block is.
        ready.sort(key=_expected_length, reverse=True)
        pks = dict(report.fills.order_by().values_list("block", "pk"))
        _send([pks[block.block] for block in ready], report.queue)


def _finish_report(report: Report, held: Collection[str]) -> None:
    """Note that nothing is still to come by itself, unless a retry or a release has begun since.

    The database looks once more, in the same statement.
    """
    fills = Fill.objects.filter(report_id=report.pk).order_by()
    unfinished = fills.filter(state__in=UNFINISHED).exclude(block__in=held)
    still = [Exists(fills.filter(withheld=True))] if held else []
    open_report = Report.objects.filter(~Exists(unfinished), *still, pk=report.pk, finished__isnull=True)
    if open_report.update(finished=timezone.now()):
        send_task(report.pk, report.queue, name=LOOK)
        if report.purpose == Report.Purpose.TEST:
            send_task(report.pk, report.queue, name=PROVE)


def release_report(report_id: int) -> None:
    """The shared prefix is cached, or never will be: let all the others start."""
    Report.objects.filter(pk=report_id, released__isnull=True).update(released=timezone.now())
    advance_report(report_id)


def promote_leader(report: Report) -> None:
    """The leader is late: another block starts as leader beside it; with none left, all may start."""
    now = timezone.now()
    deadline = now - timedelta(seconds=find_profile(report.profile).leader_deadline)
    under_way = Fill.objects.filter(report=OuterRef("pk"), state__in=(State.QUEUED, State.RUNNING))
    lost = Q(leader_since__lt=now - LOST_LEADER) & ~Exists(under_way)
    late = Report.objects.filter(Q(leader_since__lt=deadline) | lost, pk=report.pk, released__isnull=True)
    if late.update(leader_since=None):
        advance_report(report.pk)


def _send(fill_ids: Sequence[int], queue: str) -> None:
    """Mark waiting fills as queued and send their tasks in this order; whoever marks a fill sends it.

    A process that dies in between leaves them queued, and the sweep sends them.
    """
    marked = queue_fills(fill_ids)
    with current_app.producer_or_acquire() as producer:
        for fill_id in fill_ids:
            if fill_id in marked:
                send_task(fill_id, queue, producer)


def send_task(pk: int, queue: str, producer: Any = None, name: str = TASK) -> None:
    """One message with one id, of a fill unless `name` says otherwise: everything else is in the row.

    A broker that is away loses nothing: the sweep sends the row again.
    """
    try:
        current_app.send_task(
            name,
            (pk,),
            queue=queue,
            ignore_result=True,
            producer=producer,
            confirm_timeout=_CONFIRM_SECONDS,
        )
    except OperationalError as error:
        log.warning("%s %s is to be done, but the broker cannot be reached: %s", name, pk, error)


def _choose_leader(report: Report, ready: list[Block]) -> list[Block]:
    """The block with the longest answer, alone; nothing while another leads."""
    leads = Report.objects.filter(pk=report.pk, leader_since__isnull=True).update(leader_since=timezone.now())
    return [max(ready, key=_expected_length)] if leads else []


def _expected_length(block: Block) -> int:
    return block.type.ask(block.parsed_settings).max_tokens


def waits_for(body: TemplateBody, key: str) -> list[str]:
    """The titles of the blocks that this block reads."""
    return [body.block(other).title or other for other in body.block(key).after]
