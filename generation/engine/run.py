"""Running one fill from claim to result."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from celery import shared_task
from django.db import OperationalError, connections

from generation.asking import asking_for
from generation.calls import Call, Cancelled, watched
from generation.engine.leases import Claim, claim_fill, held
from generation.engine.problems import find_problems
from generation.engine.progress import Progress
from generation.engine.results import Writing, fail_fill, keep_result, take_known
from generation.engine.schedule import TASK, advance_report, release_report
from generation.engine.work import Work, load_work
from generation.fill_block import Failure, fill_block
from generation.guards.said import GuardReading
from generation.llm import ModelFailure
from generation.writers import Writer

log = logging.getLogger(__name__)
_INTERNAL = Failure("internal", "Fill itself failed on this block; its log has the details.")
# A result that was paid for outlives a database that is away for some seconds.
_WAITS = (0.5, 2.0, 8.0)
# Hundreds of blocks that begin or end in the same moment, all at once, take longer than one after the other.
# Those that end do not hold up those that begin: a model waits for these.
_beginning, _ending = threading.BoundedSemaphore(4), threading.BoundedSemaphore(2)


@shared_task(name=TASK, ignore_result=True)
def run_fill(fill_id: int) -> None:
    """Fill one block, unless another process has it or it is finished."""
    with ExitStack() as begins:
        begins.enter_context(_beginning)
        claim = claim_fill(fill_id)
        if claim is None:
            return
        with held(claim):
            try:
                mine = _run(claim, begins.close)
            except Exception:
                log.exception("fill %s", claim.fill.pk)
                mine = fail_fill(claim, _INTERNAL)
    # Whoever took the fill away, by Cancel or after a lapsed lease, goes on with the report.
    if mine:
        go_on = release_report if claim.leads else advance_report
        go_on(claim.fill.report_id)


def _run(claim: Claim, on_begun: Callable[[], None]) -> bool:
    """Whether the claim still held at the end."""
    work = load_work(claim.fill)
    if work.is_preview and (mine := take_known(claim, work)) is not None:
        return mine
    calls = [Call(**work.profile.times) for _ in range(work.wanted)]
    # One of them is shown while it is written, unless it may have to be withheld.
    is_shown = not (work.watch and work.watch.withholds)
    heard: list[Callable[[str], None]] = [Progress(claim, is_shown), *[_unheard] * (work.wanted - 1)]
    try:
        writers = [work.writer(*pair) for pair in zip(calls, heard, strict=True)]
    except ModelFailure as failure:
        return fail_fill(claim, Failure(failure.code, str(failure)))
    # The connection goes back to its pool: a call may take minutes. Nobody waits to end with one in hand.
    connections.close_all()
    on_begun()
    return _keep(claim, work, _write(claim, work, calls, writers))


def _unheard(text: str) -> None:
    """Nobody looks at this one before it is done."""


def _read_signals(work: Work, value: Any) -> list[GuardReading]:
    """What the guards say of a draft; the connection goes back before a model is waited for."""
    if work.watch is None:
        return []
    try:
        return work.watch.read(work.block, value, before_slow=connections.close_all)
    finally:
        connections.close_all()


def _write(claim: Claim, work: Work, calls: Sequence[Call], writers: Sequence[Writer]) -> list[Writing]:
    """Every version, side by side."""
    writings = [Writing(made=writer.made) for writer in writers]

    def write(call: Call, writer: Writer, writing: Writing) -> None:
        with watched(claim.attempt, call), asking_for(claim.attempt) as asking:
            try:
                fill_block(
                    writer, partial(find_problems, work), writing.outcome, partial(_read_signals, work)
                )
            except Cancelled:
                log.info("fill %s was cancelled", claim.fill.pk)
            except Exception:
                log.exception("fill %s", claim.fill.pk)
                writing.outcome.failure = _INTERNAL
            finally:
                writing.checks = asking.made
                connections.close_all()

    first, *others = zip(calls, writers, writings, strict=True)
    threads = [threading.Thread(target=write, args=other, name="fill-version") for other in others]
    for thread in threads:
        thread.start()
    write(*first)
    for thread in threads:
        thread.join()
    return writings


def _keep(claim: Claim, work: Work, writings: Sequence[Writing]) -> bool:
    for seconds in _WAITS:
        try:
            with _ending:
                return keep_result(claim, work, writings)
        except OperationalError:
            log.warning("fill %s: the database is away; its result waits", claim.fill.pk)
            connections.close_all()
            time.sleep(seconds)
    return keep_result(claim, work, writings)
