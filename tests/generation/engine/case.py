"""Reports started in an installation of its own, from outside: `python -m … COUNT`."""

import os
import sys

import django

BLOCKS = 6


def make(count: int) -> None:
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
    for number in range(count):
        text = f"File {number}. " + "The committee agreed the budget and deferred the lease. " * 50
        start_report(create_report(snapshot, [(store_document(text.encode(), "minutes.txt"), "")]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    make(int(sys.argv[1]))
