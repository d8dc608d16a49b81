"""The page of findings over 100,000 texts and 10 signals: a million readings counted while somebody waits."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.services import run_postgresql

ROOT = Path(__file__).resolve().parents[2]
_DAYS, _TEMPLATES, _BLOCKS, _ROUNDS, _MOST = 365, 10, 12, 5, 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--signals", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="10,000 texts")
    parser.add_argument("--child", default="")
    chosen, _ = parser.parse_known_args()
    if chosen.quick:
        chosen.texts = 10_000
    if chosen.child:
        _measure(chosen.child, chosen.texts, chosen.signals)
        return
    for name in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            environment = os.environ | {"FILL_VAR": folder}
            if name == "PostgreSQL":
                environment["DATABASE_URL"] = stack.enter_context(run_postgresql(Path(folder)))
            words = ["-m", "tests.bench.monitoring", "--child", name]
            words += ["--texts", str(chosen.texts), "--signals", str(chosen.signals)]
            subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)


def _measure(name: str, texts: int, signals: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    _make(texts, signals)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if name == "PostgreSQL" else "analyze")
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    for what, address in (
        ("all signals, by week", "/signals/monitoring/"),
        ("all signals, by day", "/signals/monitoring/?by=day"),
        ("one signal, with its tables", "/signals/monitoring/?signal=signal-3"),
        ("all signals, one model", "/signals/monitoring/?model=m1"),
        ("flagged texts", "/signals/monitoring/texts/?signal=signal-3"),
    ):
        seconds = []
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            response = client.get(address)
            seconds.append(time.perf_counter() - began)
            assert response.status_code == 200
        verdict = "" if median(seconds) <= _MOST else "  TOO SLOW"
        print(f"  {name:12}{what:32}{median(seconds):7.2f} s{verdict}", flush=True)


def _make(texts: int, signals: int) -> None:
    from datetime import timedelta
    from random import Random

    from django.utils import timezone

    from signals.models import Backfill, Reading, Signal, Text
    from signals.reading import find_tag_sets
    from signals.writing import write_readings
    from tests.signals.texts import CASE

    chance, now = Random(0), timezone.now()
    every = [
        CASE
        | {"template": str(template), "block": f"b{block}", "model": f"m{model}", "version": str(version)}
        for template in range(_TEMPLATES)
        for block in range(_BLOCKS)
        for model in range(2)
        for version in range(2)
    ]
    keys = find_tag_sets(every)
    made = [
        Signal.objects.create(name=f"signal-{n}", title=f"Signal {n}", kind="few_shot", made_by="now")
        for n in range(signals)
    ]
    for signal in made:
        Backfill.objects.create(signal=signal, made_by="now", threshold=0.5, cursor=0, state="done")
    for start in range(0, texts, 5_000):
        chosen = [chance.randrange(len(every)) for _ in range(min(5_000, texts - start))]
        rows = Text.objects.bulk_create(
            Text(
                origin=f"candidate:{start + n}",
                scope=f"report:{(start + n) // 20}",
                tags=every[at],
                about="What was discussed and decided, for someone who was not there. " * 5,
                at=now - timedelta(days=chance.randrange(_DAYS)),
            )
            for n, at in enumerate(chosen)
        )
        for signal in made:
            write_readings(
                [
                    Reading(
                        signal_id=signal.pk,
                        text_id=row.pk,
                        score=0.3,
                        flagged=chance.random() < 0.05,
                        made_by="now",
                        tags_id=keys[at],
                        day=timezone.localdate(row.at),
                    )
                    for row, at in zip(rows, chosen, strict=True)
                ]
            )


if __name__ == "__main__":
    main()
