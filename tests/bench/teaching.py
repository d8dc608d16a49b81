"""A click on the teaching page where the pool holds 20,000 pieces: seconds and CPU of each answer."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
_PIECES_OF_A_TEXT, _CLICKS, _MOST_CPU, _MOST = 20, 16, 0.15, 0.3
_PROMISES = "guarantee"
_WHO = (
    "the tenant",
    "the council",
    "the second bidder",
    "a surveyor",
    "the clinic",
    "our treasurer",
    "the school",
)
_WHAT = (
    "repays the loan",
    "sends the plans",
    "mends the roof",
    "wins the appeal",
    "lowers the fee",
    "reads the meter",
    "hears both witnesses",
    "sells the yard",
)
_WHEN = ("on Monday", "before the winter", "within six weeks", "in the new year", "after the vote")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true", help="2,000 pieces")
    parser.add_argument("--profile", default="", help="write what cProfile saw of the clicks here")
    parser.add_argument("--child", action="store_true")
    chosen, _ = parser.parse_known_args()
    pieces = 2_000 if chosen.quick else chosen.pieces
    if chosen.child:
        _measure(pieces, chosen.profile)
        return
    with tempfile.TemporaryDirectory() as folder:
        one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        words = ["-m", "tests.bench.teaching", "--child", "--pieces", str(pieces)]
        words += ["--profile", chosen.profile] if chosen.profile else []
        environment = os.environ | one_core | {"FILL_VAR": folder}
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)


def _measure(pieces: int, profile: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from fillapp.scopes import readable_texts
    from signals.models import Signal
    from signals.teaching.pool import pool_of

    call_command("migrate", verbosity=0)
    author = User.objects.create_superuser("author")
    _make(author, pieces)
    client = Client()
    client.force_login(author)
    client.post("/signals/new/", {"title": "Promises", "question": "", "kind": "few_shot"})
    client.post("/signals/promises/phrase/", {"phrase": "We promise that you will win"})
    _say("the page, opened first", _time(lambda: client.get("/signals/promises/")))
    # Until it has learnt both; with less, and with fewer pieces, it would be quicker.
    while not Signal.objects.filter(name="promises").exclude(learned=None).exists():
        _click(client)
    if profile:
        import cProfile

        with cProfile.Profile() as seen:
            clicks = [_click(client) for _ in range(_CLICKS)]
        seen.dump_stats(profile)
    else:
        clicks = [_click(client) for _ in range(_CLICKS)]
    assert len(pool_of(author.pk, readable_texts(author), 0).hashes) == pieces
    seconds, cpu = median(one[0] for one in clicks), median(one[1] for one in clicks)
    verdict = "" if seconds <= _MOST and cpu <= _MOST_CPU else "  TOO SLOW"
    _say(f"a click among {pieces:,} pieces{verdict}", (seconds, cpu))
    _say("its figures", _time(lambda: client.get("/signals/promises/figures/", headers={"X-Live": "1"})))
    _say("the page, opened again", _time(lambda: client.get("/signals/promises/")))


def _click(client: Client) -> tuple[float, float]:
    """An answer to what is asked, as the page's script sends it."""
    asked = client.get("/signals/promises/").content.decode()
    sample = asked.partition('name="sample" value="')[2].partition('"')[0]
    says = "yes" if _PROMISES in asked.partition('class="ask-said">')[2].partition("</p>")[0] else "no"
    words = {"sample": sample, "says": says}
    return _time(lambda: client.post("/signals/promises/label/", words, headers={"X-Live": "1"}))


def _make(author: User, pieces: int) -> None:
    """Invented texts of twenty sentences in a set; one sentence in ten promises."""
    from signals.models import SampleSet, hash_said
    from signals.sets import take_rows
    from signals.vectors import embed_missing

    said = list(_invent(pieces))
    texts = [" ".join(said[at : at + _PIECES_OF_A_TEXT]) for at in range(0, pieces, _PIECES_OF_A_TEXT)]
    take_rows(SampleSet.objects.create(name="Letters", owner=author), 0, [(text, "") for text in texts])
    embed_missing({hash_said(one): one for one in said})


def _invent(count: int) -> Iterator[str]:
    chance = Random(0)
    for number in range(count):
        who, what, when = (chance.choice(words) for words in (_WHO, _WHAT, _WHEN))
        promise = f"We {_PROMISES} that " if number % 10 == 0 else ""
        said = f"{promise}{who} {what} {when}, as letter {number} says."
        yield said[0].upper() + said[1:]


def _say(what: str, measured: tuple[float, float]) -> None:
    print(f"  {what:44}{measured[0] * 1000:7.0f} ms{measured[1] * 1000:7.0f} ms CPU", flush=True)


def _time(act: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    answer = act()
    measured = time.perf_counter() - began, time.process_time() - cpu
    assert getattr(answer, "status_code", 0) == 200
    return measured


if __name__ == "__main__":
    main()
