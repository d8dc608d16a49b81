"""What can happen to workers and brokers in the middle of reports; each ends with every block done once."""

import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from tests.generation.engine.case import BLOCKS
from tests.generation.engine.installation import Installation, Row
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour

BEHAVIOUR = Behaviour(latency=(0.2, 2), chunks=20, words=60, part_after=OWN_PART)
_DONE_SECONDS = 90


@dataclass(frozen=True)
class Proof:
    """What came of it: blocks, calls the model heard, calls billed, calls billed late, most attempts."""

    blocks: int
    heard: int
    billed: int
    late: int
    most_attempts: int


def kill_at_random(folder: Path, on: str, *, kills: int, seed: int = 0) -> Proof:
    """kill -9 so many times at random moments, the worker started again each time."""
    chance = Random(seed)
    reports = 2
    with Installation(folder, on, BEHAVIOUR) as fill:
        fill.make(reports)
        before: dict[int, Row] = {}
        for _ in range(kills):
            begun = len(fill.llm.requests)
            fill.start()
            wait_until(partial(_has_begun, fill, begun), 40)
            time.sleep(chance.uniform(0, 2.5))
            fill.kill()
            before = _check_untouched(before, fill.look())
            # There is always something left to be killed in.
            if all(row.state == "done" for row in before.values()):
                fill.make(2)
                reports += 2
        fill.start()
        return _prove(fill, before, fill.wait_until_done(reports, _DONE_SECONDS))


def _has_begun(fill: Installation, begun: int) -> bool:
    return len(fill.llm.requests) > begun


def pause_and_resume(folder: Path, on: str) -> Proof:
    """A worker stands still until another has taken its blocks over and filled them; then it goes on."""
    with Installation(folder, on, replace(BEHAVIOUR, latency=(3, 4))) as fill:
        fill.make(1)
        fill.start("paused")
        # Between its writes: nobody gets past a process that stands still with SQLite's lock in its hand.
        wait_until(lambda: fill.llm.running == BLOCKS, 40)
        with fill.paused("paused"):
            fill.start("other")
            before = fill.wait_until_done(1, _DONE_SECONDS)
        wait_until(lambda: any(row.late for row in fill.look().values()), 20)
        after = fill.look()
        assert {pk: row.chosen for pk, row in after.items()} == {pk: row.chosen for pk, row in before.items()}
        return _prove(fill, {}, after)


def restart_broker(folder: Path, on: str) -> Proof:
    """The broker ends in mid-report, another report is started without it, and it comes back."""
    with Installation(folder, on, BEHAVIOUR) as fill:
        fill.make(2)
        fill.start()
        wait_until(lambda: fill.llm.running >= 2, 40)
        fill.stop_broker()
        before = fill.look()
        fill.make(1)
        fill.start_broker()
        return _prove(fill, before, fill.wait_until_done(3, _DONE_SECONDS))


def _check_untouched(before: dict[int, Row], after: dict[int, Row]) -> dict[int, Row]:
    """`after`, which differs from `before` only in what was not finished."""
    touched = [pk for pk, row in before.items() if row.state == "done" and after[pk] != row]
    assert not touched, f"touched after they were finished: {touched}"
    return after


def _prove(fill: Installation, before: dict[int, Row], after: dict[int, Row]) -> Proof:
    """The figures, once every block is done, chosen once, and what was finished before untouched."""
    rows = _check_untouched(before, after).values()
    assert all(row.state == "done" and row.chosen for row in rows)
    assert len({row.chosen for row in rows}) == len(rows)
    # One candidate was in time; any other came late, and is kept and billed.
    assert all(1 <= row.candidates <= 1 + row.late for row in rows)
    assert all(row.requests - row.late == 1 for row in rows)
    return Proof(
        blocks=len(rows),
        heard=len(fill.llm.requests),
        billed=sum(row.requests for row in rows),
        late=sum(row.late for row in rows),
        most_attempts=max(row.attempts for row in rows),
    )
