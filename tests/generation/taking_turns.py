"""Several at one preview on the database of DATABASE_URL, as fast as they can: says what went wrong.

A process of its own, for the tests' own database is SQLite.
"""

import random
import threading
import time
import uuid
from collections.abc import Callable

import django

SECONDS = 4.0
COUNT = 12


def main() -> None:
    """Prepare a template with a preview, let all act on it at once, and print their errors."""
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    errors: list[str] = []
    end = time.monotonic() + SECONDS

    def go_on(act: Callable[[random.Random], object]) -> None:
        chance = random.Random(act.__name__)
        while time.monotonic() < end:
            try:
                act(chance)
            except Exception as error:
                errors.append(f"{act.__name__}: {type(error).__name__}: {error}")
        connections.close_all()

    threads = [threading.Thread(target=go_on, args=(act,)) for act in _acts()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n".join(dict.fromkeys(errors)))


def _acts() -> list[Callable[[random.Random], object]]:
    from celery import current_app

    from generation.engine.schedule import CannotGenerate, generate_again, retry_report
    from generation.examples import add_documents, add_example_case
    from generation.models import Fill
    from generation.previews import find_preview, follow_draft, refresh, refresh_all
    from templates.body import read_body
    from templates.models import ReportTemplate, take_snapshot
    from tests.factories import make_document

    # Nobody writes: what is queued is taken by one of those at work here.
    current_app.conf.task_always_eager = False
    current_app.conf.update(broker_url="memory://")
    parts = [
        {"block": f"b{n}", "kind": "long_text", "after": [f"b{m}" for m in range(n + 1, min(n + 3, COUNT))]}
        for n in range(COUNT)
    ]
    snapshots = [
        take_snapshot(read_body({"fill": 1, "name": f"{n}", "blocks": parts[n:] + parts[:n]}))
        for n in range(3)
    ]
    template = ReportTemplate.objects.create(slug="minutes", draft=snapshots[0])
    case = add_example_case(template)
    add_documents(case, [make_document("The committee met.")])
    preview = find_preview(template, case, None)
    refresh_all(preview)

    def follow(chance: random.Random) -> None:
        ReportTemplate.objects.filter(pk=template.pk).update(draft=chance.choice(snapshots))
        follow_draft(preview)

    def follow_too(chance: random.Random) -> None:
        follow(chance)

    def start(chance: random.Random) -> None:
        refresh(preview, [f"b{chance.randrange(COUNT)}" for _ in range(4)])

    def write_again(chance: random.Random) -> None:
        fills = Fill.objects.select_related("report__snapshot").filter(report=preview)
        try:
            generate_again(fills.get(block=f"b{chance.randrange(COUNT)}"))
        except CannotGenerate:
            return

    def take(chance: random.Random) -> None:
        waiting = Fill.objects.filter(report=preview, state__in=("waiting", "queued"))
        waiting.filter(block=f"b{chance.randrange(COUNT)}").update(state="running", attempt=uuid.uuid4())

    def retry(chance: random.Random) -> None:
        Fill.objects.filter(report=preview, state="running").update(state="failed", attempt=None)
        retry_report(preview)

    return [follow, follow_too, start, write_again, take, retry]


if __name__ == "__main__":
    main()
