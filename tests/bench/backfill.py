"""A hundred thousand texts read again by signals: how long, and that kill -9 loses nothing."""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SENTENCES = 3
_ME = "tests.bench.backfill"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--signals", type=int, default=20)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="5,000 texts")
    parser.add_argument("--child", default="")
    chosen, _ = parser.parse_known_args()
    if chosen.quick:
        chosen.texts = 5_000
    if chosen.child:
        _run_child(chosen.child, chosen)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"FILL_VAR": folder, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        for step in ("make", "arithmetic", "one", "killed", "all"):
            _step(step, chosen, environment)


def kill_and_resume(folder: Path, texts: int, kills: int) -> None:
    """End a backfill so often with kill -9; the last process proves that every text was read once."""
    chosen = argparse.Namespace(texts=texts, signals=1, kills=kills)
    environment = os.environ | {"FILL_VAR": str(folder), "OMP_NUM_THREADS": "1"}
    for step in ("make", "killed"):
        _step(step, chosen, environment)


def _step(step: str, chosen: argparse.Namespace, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", _ME, "--texts", str(chosen.texts), "--signals", str(chosen.signals)]
    if step == "killed":
        subprocess.run([*command, "--child", "begin"], cwd=ROOT, env=environment, check=True)
        for _ in range(chosen.kills):
            _kill([*command, "--child", "go-on"], environment, chosen.texts // 20)
    subprocess.run([*command, "--child", step], cwd=ROOT, env=environment, check=True)


def _kill(go_on: list[str], environment: dict[str, str], after: int) -> None:
    """End a process that reads with kill -9, once it has read so many texts."""
    before = _done(environment)
    child = subprocess.Popen(go_on, cwd=ROOT, env=environment)
    while _done(environment) < before + after:
        assert child.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    child.kill()
    child.wait()


def _done(environment: dict[str, str]) -> int:
    """How many texts the last backfill has read, read past Fill itself."""
    database = Path(environment["FILL_VAR"], "fill.sqlite3")
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        row = connection.execute("select done from signals_backfill order by id desc limit 1").fetchone()
    return int(row[0])


def _run_child(step: str, chosen: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    import django

    django.setup()
    steps: dict[str, Callable[[], None]] = {
        "make": lambda: _make(chosen.texts, chosen.signals),
        "arithmetic": lambda: _measure_arithmetic(chosen.signals),
        "one": lambda: _measure(chosen.texts, 1),
        "all": lambda: _measure(chosen.texts, chosen.signals),
        "begin": _begin,
        "go-on": _go_on,
        "killed": lambda: _prove(chosen.texts),
    }
    steps[step]()


def _make(texts: int, signals: int) -> None:
    """Texts of three sentences with vectors by chance, and signals with weights by chance."""
    import numpy as np
    from django.core.management import call_command

    from signals.changing import save_signal
    from signals.learning.features import GRAMS, SURFACE
    from signals.learning.learn import learn
    from signals.models import Embedding, Sample, Signal, Text, hash_said
    from signals.vectors import current_embedder, embedder_name
    from tests.signals.texts import CASE

    call_command("migrate", verbosity=0)
    chance, width = np.random.default_rng(0), 256 + GRAMS + SURFACE
    for start in range(0, texts, 10_000):
        numbers = range(start, min(start + 10_000, texts))
        rows = Text.objects.bulk_create(
            Text(origin=f"candidate:{n}", scope=f"report:{n % 5000}", tags=CASE | {"block": f"b{n % 20}"})
            for n in numbers
        )
        samples = [
            Sample(text=row, number=piece + 1, address=f"sentence {piece + 1}" if piece else "", said=said)
            for n, row in zip(numbers, rows, strict=True)
            for piece in range(_SENTENCES)
            for said in [f"Sentence {piece} of text {n} says what it says."]
        ]
        for sample in samples:
            sample.sha256 = hash_said(sample.said)
        Sample.objects.bulk_create(samples)
        vectors = chance.normal(size=(len(samples), width)).astype(np.float16) / 16
        Embedding.objects.bulk_create(
            Embedding(sha256=one.sha256, embedder=embedder_name(), vector=row.tobytes())
            for one, row in zip(samples, vectors, strict=True)
        )
    for number in range(signals):
        yes, no = (chance.standard_normal((8, width), np.float32) for _ in range(2))
        learned = learn(yes, no, embedder=current_embedder().name)
        save_signal(
            Signal(
                name=f"signal-{number}",
                title=f"Signal {number}",
                kind="few_shot",
                learned=learned.to_json(),
                threshold=learned.threshold,
            )
        )


def _measure_arithmetic(signals: int) -> None:
    import numpy as np

    from signals.learning.learn import Learned, score_with_all
    from signals.models import Signal

    learned = [Learned.from_json(one.learned or {}) for one in Signal.objects.all()]
    vectors = np.random.default_rng(0).normal(size=(84_000, learned[0].width)).astype(np.float32)
    began = time.perf_counter()
    score_with_all(learned, vectors)
    print(f"  arithmetic alone, 84,000 vectors x {signals} signals: {time.perf_counter() - began:.2f} s")


def _measure(texts: int, signals: int) -> None:
    from signals.backfilling.backfill import run_waiting, start_backfill
    from signals.models import Backfill, Signal

    for signal in Signal.objects.order_by("pk")[:signals]:
        start_backfill(signal, by=None)
    began, cpu = time.perf_counter(), time.process_time()
    run_waiting()
    seconds = time.perf_counter() - began
    cpu = time.process_time() - cpu
    assert set(Backfill.objects.values_list("state", flat=True)) == {"done"}
    print(
        f"  {texts:,} texts, {texts * _SENTENCES:,} samples, {signals} signals: {seconds:.1f} s "
        f"({cpu:.1f} s CPU), "
        f"{seconds / (texts * _SENTENCES) * 100_000:.1f} s per 100,000 samples",
        flush=True,
    )


def _begin() -> None:
    from signals.backfilling.backfill import start_backfill
    from signals.models import Reading, Signal

    Reading.objects.all().delete()
    signal = Signal.objects.order_by("pk")[0]
    start_backfill(signal, by=None)


def _go_on() -> None:
    from django.utils import timezone

    from signals.backfilling.backfill import run_waiting
    from signals.models import Backfill

    # The one before was killed: its lease need not be waited for here.
    Backfill.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    done = Backfill.objects.filter(state="running").values_list("done", flat=True).first()
    print(f"  goes on at {done or 0:,}", flush=True)
    run_waiting()


def _prove(texts: int) -> None:
    """Every text read, each once, and counted once."""
    from signals.models import Backfill, Reading

    _go_on()
    last = Backfill.objects.order_by("-pk")[0]
    readings = Reading.objects.filter(signal=last.signal)
    assert (last.state, last.done, readings.count()) == ("done", texts, texts)
    assert last.flagged == readings.filter(flagged=True).count()
    print(f"  after kill -9: {texts:,} of {texts:,} read once, {last.flagged:,} flagged", flush=True)


if __name__ == "__main__":
    main()
