"""A worker's process is tuned for its threads; a process it only lives in is not."""

import gc
import subprocess
import sys

import pytest

from tests.generation.engine.conftest import MakeReport, fill_all


def test_threads_take_longer_turns_and_old_objects_are_passed_over() -> None:
    script = """
import gc, sys
from generation.engine.tuning import tune_for_threads

tune_for_threads()
print(sys.getswitchinterval(), gc.get_freeze_count() > 1000, gc.get_threshold()[0])
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["0.02", "True", "20000"]


@pytest.mark.usefixtures("worker", "llm")
def test_the_process_that_a_worker_shares_with_a_web_server_stays_as_it_is(make_report: MakeReport) -> None:
    fill_all(make_report("summary"))

    assert sys.getswitchinterval() < 0.01
    assert gc.get_freeze_count() == 0
