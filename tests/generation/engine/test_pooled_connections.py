"""Connections to the database are given back while a block waits for its model."""

from pathlib import Path

import pytest

from tests.generation.engine.installation import REDIS, Installation
from tests.generation.engine.waiting import OWN_PART, wait_until
from tests.simulated_llm import Behaviour


@pytest.mark.service("postgresql", "redis")
def test_fifty_calls_under_way_hold_no_transaction_and_few_connections(tmp_path: Path) -> None:
    behaviour = Behaviour(latency=600, chunks=600, part_after=OWN_PART)
    with Installation(tmp_path, REDIS, behaviour) as fill:
        fill.make(9)
        fill.start()
        wait_until(lambda: fill.llm.running >= 50, 60)
        wait_until(lambda: set(fill.connections()) == {"idle"})
        assert len(fill.connections()) <= 25
