"""Reports in an installation of its own, made and looked at from outside: `python -m … make COUNT|look`."""

import os
import sys

import django
import orjson

BLOCKS = 6


def make(count: str) -> None:
    """So many reports of several blocks, started."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from generation.engine.schedule import start_report
    from generation.reports import create_report
    from generation.uploads import store_document
    from templates.body import read_body
    from templates.models import take_snapshot

    blocks = [
        {"block": f"part_{number}", "kind": "long_text", "title": f"Part {number}"}
        for number in range(BLOCKS)
    ]
    snapshot = take_snapshot(read_body({"fill": 1, "name": "Case", "blocks": blocks}))
    for number in range(int(count)):
        text = f"File {number}. " + "The committee agreed the budget and deferred the lease. " * 50
        start_report(create_report(snapshot, [(store_document(text.encode(), "minutes.txt"), "")]))


def look() -> None:
    """Every fill as a line of JSON."""
    from generation.models import Fill

    rows = [
        {
            "pk": fill.pk,
            "state": fill.state,
            "chosen": fill.chosen_id,
            "finished": fill.finished,
            "changed": fill.changed,
            "candidates": fill.candidates.count(),
            "attempts": fill.attempts,
            "requests": fill.requests.count(),
            "late": fill.requests.filter(late=True).count(),
        }
        for fill in Fill.objects.order_by("pk").prefetch_related("requests")
    ]
    sys.stdout.buffer.write(orjson.dumps(rows))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    {"make": make, "look": look}[sys.argv[1]](*sys.argv[2:])
