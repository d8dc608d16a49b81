"""Reports of twenty blocks, made, started and waited for; run by the engine's benchmarks as a process."""

import argparse
import json
import os
import time
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from generation.models import Report

BLOCKS = 20
_WORDS = "budget lease roof tenant survey committee library meeting decision repair quote owner"


def make_template(blocks: int = BLOCKS) -> dict[str, object]:
    """A template of paragraphs without a figure in it; the first may be longest, so it leads."""
    return {
        "fill": 1,
        "name": "Twenty blocks",
        "blocks": [
            {
                "block": f"part_{number}",
                "kind": "long_text",
                "title": f"Part {letter}",
                "instructions": f"What the documents say on matter {letter}.",
                "settings": {"max_words": 400 if number == 0 else 200},
            }
            for number, letter in enumerate(ascii_uppercase[:blocks])
        ],
    }


def make_document(kilobytes: int) -> str:
    """Plain sentences without a figure, none twice, so that no answer is asked for twice."""
    sentences = (f"The {' '.join(four)} stands as agreed. " for four in product(_WORDS.split(), repeat=4))
    text, most = "", kilobytes * 1024
    while len(text) < most:
        text += next(sentences)
    return text[:most]


def make_reports(count: int, kilobytes: int) -> "list[Report]":
    """Reports ready to start, each on a document of its own."""
    from generation.reports import create_report
    from generation.uploads import store_document
    from templates.body import read_body
    from templates.models import take_snapshot

    snapshot = take_snapshot(read_body(make_template()))
    documents = [
        store_document(f"File 1 of case {number}. {make_document(kilobytes)}".encode(), "document.txt")
        for number in range(count)
    ]
    return [create_report(snapshot, [(document, "")]) for document in documents]


def fill_reports(reports: "list[Report]") -> dict[str, float]:
    """Start them all and wait for the last block; wall and this process's CPU seconds meanwhile."""
    from django.db import connections

    from generation.engine.schedule import start_report
    from generation.models import Fill
    from generation.models.fills import UNFINISHED

    wall, cpu = time.perf_counter(), time.process_time()
    for report in reports:
        start_report(report)
    started = time.perf_counter() - wall
    fills = Fill.objects.filter(report__in=reports)
    while fills.filter(state__in=UNFINISHED).exists():
        connections.close_all()
        time.sleep(0.1)
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "started": started}
    return figures | {"done": fills.filter(state=Fill.State.DONE).count(), "calls": _count_calls(reports)}


def write_requests(report: "Report", path: Path) -> None:
    """The bodies of the report's calls, for the script to make the very same."""
    from generation.calls import Call
    from generation.engine.work import load_work
    from generation.writers import ModelWriter

    bodies: list[dict[str, Any]] = []
    for fill in report.fills.select_related("report__snapshot"):
        work = load_work(fill)
        writer = work.writer(Call(first_token=1, gap=1, total=1), lambda text: None)
        assert isinstance(writer, ModelWriter)
        body = {"model": work.profile.model, "messages": writer.messages}
        bodies.append(body | {work.profile.max_tokens_field: writer.form.max_tokens})
    path.write_text(json.dumps(bodies))


def _count_calls(reports: "list[Report]") -> int:
    from generation.models import Request

    return Request.objects.filter(fill__report__in=reports).count()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1)
    parser.add_argument("--kilobytes", type=int, default=400)
    parser.add_argument("--own-worker", action="store_true", help="in this process, on the memory transport")
    parser.add_argument("--warm-up", type=int, default=0, help="reports filled before it is measured")
    parser.add_argument("--requests", type=Path, help="only write the bodies of one report's calls")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    from django.core.management import call_command

    from fillapp.celery import IN_PROCESS, start_worker

    call_command("migrate", verbosity=0)
    if chosen.requests:
        report = make_reports(1, chosen.kilobytes)[0]
        write_requests(report, chosen.requests)
        # Else the sweep of a later worker would start it.
        report.delete()
        print("{}")
        return
    if chosen.own_worker:
        start_worker(broker=IN_PROCESS)
    warm, reports = (
        make_reports(chosen.warm_up, chosen.kilobytes),
        make_reports(chosen.reports, chosen.kilobytes),
    )
    if warm:
        fill_reports(warm)
    print(json.dumps(fill_reports(reports)))


if __name__ == "__main__":
    main()
