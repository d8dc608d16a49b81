"""kill -9 in the midst of a backfill, with real processes; `make bench` does the same to 100,000 texts."""

from pathlib import Path

from tests.bench.backfill import kill_and_resume


def test_a_backfill_goes_on_after_kill_9(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, texts=6_000, kills=2)
