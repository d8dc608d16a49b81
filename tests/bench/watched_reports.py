"""Reports to be watched: made, edited and read by the code under measurement, as a process in its folder."""

import argparse
import json
import os
import sys
import time
from typing import Any

import django

BLOCKS = 20
# Blocks with a value from the start, for colleagues to edit; the others are there to be written.
_EDITED = 5


def prepare(reports: int, watchers: int) -> dict[str, Any]:
    """Reports, each with people of its own who may see it; the sessions of all, and each one's report."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from fillapp.accounts import BUSINESS, load_roles
    from generation.models import ReportShare

    load_roles()
    role = Group.objects.get(name=BUSINESS)
    people = User.objects.bulk_create(User(username=f"watcher-{number}") for number in range(watchers))
    owner = User.objects.create_user("owner")
    role.user_set.add(owner, *people)
    made = [_make_report(owner) for _ in range(reports)]
    ReportShare.objects.bulk_create(
        ReportShare(report=made[number % reports], user=user) for number, user in enumerate(people)
    )
    sessions = []
    for user in [owner, *people]:
        client = Client()
        client.force_login(user)
        sessions.append(client.session.session_key)
    return {"owner": sessions[0], "sessions": sessions[1:], "reports": [report.pk for report in made]}


def _make_report(owner: Any) -> Any:
    """Some blocks written, one that waits for ever, so that it is never finished, the rest cancelled."""
    from generation.models import Fill
    from generation.reports import create_report
    from generation.uploads import store_document
    from templates.body import read_body
    from templates.models import take_snapshot
    from tests.bench.fill_reports import make_document, make_template
    from tests.factories import VALUES, finish

    document = store_document(make_document(20).encode(), "document.txt")
    snapshot = take_snapshot(read_body(make_template(BLOCKS)))
    report = create_report(snapshot, [(document, "")], owner=owner)
    written = list(report.fills.order_by("position")[:_EDITED])
    for fill in written:
        finish(report, fill.block, VALUES["summary"])
    left = report.fills.filter(state=Fill.State.WAITING).order_by("-position")
    left.exclude(pk=left[0].pk).update(state=Fill.State.CANCELLED)
    return report


def edit(reports: list[int], seconds: float, rate: float) -> dict[str, Any]:
    """Save so many edits a second for so long, in one report after the other."""
    from generation.models import Fill
    from generation.review import save_edit

    fills = list(Fill.objects.filter(report__in=reports, position__lt=_EDITED, state=Fill.State.DONE))
    fills.sort(key=lambda fill: (fill.position, fill.report_id))
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        fill = Fill.objects.get(pk=fills[count % len(fills)].pk)
        words = [{"type": "text", "text": f"What a colleague typed, number {count}."}]
        value = {"doc": {"type": "doc", "content": [{"type": "paragraph", "content": words}]}}
        save_edit(fill, value, author=None, revision=fill.revision)
        count += 1
        time.sleep(1 / rate)
    return {"edits": count}


def read_versions() -> dict[str, Any]:
    """The version of every block, as its page says it, and how many are still being written."""
    from generation.models import Fill

    rows = Fill.objects.values_list("report_id", "block", "changed", "state")
    versions = {f"{report} {block}": changed.isoformat() for report, block, changed, _ in rows}
    return {"versions": versions, "writing": sum(state in ("queued", "running") for *_, state in rows)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "edit", "versions"])
    parser.add_argument("--reports", type=int, nargs="*", default=[1])
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=2)
    chosen = parser.parse_args()
    # Run by its path: the code under measurement may be an older one, without this file.
    sys.path.insert(0, os.getcwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fillapp.settings")
    django.setup()
    if chosen.what == "prepare":
        print(json.dumps(prepare(chosen.reports[0], chosen.watchers)))
    elif chosen.what == "edit":
        print(json.dumps(edit(chosen.reports, chosen.seconds, chosen.rate)))
    else:
        print(json.dumps(read_versions()))


if __name__ == "__main__":
    main()
