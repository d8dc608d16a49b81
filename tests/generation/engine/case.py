"""A report in an installation of its own, made and looked at from outside: `python -m … make|look`."""

import os
import sys

import django
import orjson

BLOCKS = 6


def make() -> None:
    """A report of several blocks, started."""
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
    document = store_document(b"The committee agreed the budget and deferred the lease. " * 50, "minutes.txt")
    start_report(create_report(snapshot, [(document, "")]))


def look() -> None:
    """Every fill as a line of JSON."""
    from generation.models import Fill

    rows = [
        {
            "block": fill.block,
            "state": fill.state,
            "chosen": fill.chosen_id,
            "candidates": fill.candidates.count(),
            "attempts": fill.attempts,
        }
        for fill in Fill.objects.order_by("position")
    ]
    sys.stdout.buffer.write(orjson.dumps(rows))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    {"make": make, "look": look}[sys.argv[1]]()
