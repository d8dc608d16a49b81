"""Workers killed and paused, brokers restarted in mid-report: every block is done exactly once."""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.generation.engine.installation import MEMORY, RABBITMQ, REDIS
from tests.generation.engine.kills import Proof, kill_at_random, pause_and_resume, restart_broker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="two kills")
    chosen, _ = parser.parse_known_args()
    kills = 2 if chosen.quick else chosen.kills
    print(f"Every block done once, whatever happens; load {os.getloadavg()[0]:.1f}")
    print(f"  {'':48}{'blocks':>8}{'calls':>8}{'billed':>8}{'late':>6}{'attempts':>10}{'seconds':>9}")
    for on in (MEMORY, REDIS):
        _prove(f"{kills} kills, {on}", partial(kill_at_random, on=on, kills=kills, seed=chosen.seed))
        _prove(f"paused and resumed, {on}", partial(pause_and_resume, on=on))
    for on in (REDIS, RABBITMQ):
        _prove(f"broker restarted, {on}", partial(restart_broker, on=on))


def _prove(what: str, run: Callable[[Path], Proof]) -> None:
    """A row of the table; the scenario raises AssertionError when a block was lost or done twice."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        proof = run(Path(folder))
    print(
        f"  {what:48}{proof.blocks:8}{proof.heard:8}{proof.billed:8}{proof.late:6}{proof.most_attempts:10}"
        f"{time.monotonic() - began:9.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
