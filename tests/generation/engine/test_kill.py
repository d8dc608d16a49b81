"""Kills, pauses and broker restarts in mid-report; `python -m tests.bench.kills` does them at length."""

from pathlib import Path

import pytest

from tests.generation.engine.installation import MEMORY, RABBITMQ, REDIS
from tests.generation.engine.kills import kill_at_random, pause_and_resume, restart_broker

_ON_MEMORY = pytest.param(MEMORY, id="memory")
_ON_REDIS = pytest.param(REDIS, id="redis", marks=pytest.mark.service("postgresql", "redis"))
_ON_RABBITMQ = pytest.param(RABBITMQ, id="rabbitmq", marks=pytest.mark.service("postgresql", "rabbitmq"))


@pytest.mark.parametrize("on", [_ON_MEMORY, _ON_REDIS])
def test_after_kills_at_random_moments_every_block_is_done_exactly_once(tmp_path: Path, on: str) -> None:
    kill_at_random(tmp_path, on, kills=2)


@pytest.mark.parametrize("on", [_ON_MEMORY, _ON_REDIS])
def test_the_late_results_of_a_paused_worker_are_billed_and_never_chosen(tmp_path: Path, on: str) -> None:
    assert pause_and_resume(tmp_path, on).late >= 1


@pytest.mark.parametrize("on", [_ON_REDIS, _ON_RABBITMQ])
def test_a_broker_that_is_away_for_a_while_loses_no_block(tmp_path: Path, on: str) -> None:
    restart_broker(tmp_path, on)
