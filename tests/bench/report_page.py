"""The page of a finished report of 50 blocks, 10 of them tables: server time, and until it is ready."""

import argparse
import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from typing import Any

import django

from tests.bench.processes import ROOT
from tests.services import free_port

_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WORDS = "The committee agreed the budget of the roof and deferred the lease until the survey is there. "
# Milliseconds since the navigation began: the document is there, its scripts have run, something is seen.
_TIMINGS = """() => {
    const [page] = performance.getEntriesByType("navigation")
    const [paint] = performance.getEntriesByName("first-contentful-paint")
    return {
        "first byte": page.responseStart, "all bytes": page.responseEnd,
        "first paint": paint ? paint.startTime : 0, "ready": page.domContentLoadedEventEnd,
        "loaded": page.loadEventEnd, "kilobytes": page.decodedBodySize / 1024,
    }
}"""


def make_report(blocks: int, tables: int) -> tuple[int, str]:
    """A finished report of long texts, tables, bullets and choices, and the session of its owner."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from fillapp.accounts import BUSINESS, load_roles
    from generation.reports import create_report
    from generation.uploads import store_document
    from templates.body import read_body
    from templates.models import take_snapshot
    from tests.factories import finish

    parts, values = [], {}
    for number in range(blocks):
        key = f"part_{number}"
        part, values[key] = _make_part(number, is_table=number % (blocks // tables) == 0)
        parts.append({"block": key, "title": f"Part {number + 1}", **part})
    snapshot = take_snapshot(read_body({"fill": 1, "name": "Long", "blocks": parts}))
    load_roles()
    owner = User.objects.create_user("owner")
    owner.groups.add(Group.objects.get(name=BUSINESS))
    document = store_document(_WORDS.encode(), "document.txt", owner)
    report = create_report(snapshot, [(document, "")], title="A long report", owner=owner)
    for number, (key, value) in enumerate(values.items()):
        finish(report, key, value, ("A figure stands in no document.",) if number % 5 == 0 else ())
    client = Client()
    client.force_login(owner)
    return report.pk, client.session.session_key or ""


def _make_part(number: int, *, is_table: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """A block of a kind by its number, and its value."""
    if is_table:
        names = ["Action", "Owner", "Due", "Cost", "Note"]
        columns = [{"name": name} for name in names[:3]] + [
            {"name": "Cost", "type": "money"},
            {"name": "Note"},
        ]
        rows = [
            [f"Mend roof {row}", "M. Osei", "14 March 2026", f"€ {row},200", "As agreed"] for row in range(20)
        ]
        return {"kind": "table", "settings": {"columns": columns}}, {"columns": names, "rows": rows}
    if number % 5 == 1:
        return {"kind": "bullets"}, {"items": [{"text": f"{_WORDS} {row}", "items": []} for row in range(6)]}
    if number % 10 == 2:
        options = ["Approved", "Rejected", "Deferred"]
        return {"kind": "selection", "settings": {"options": options}}, {"chosen": ["Deferred"]}
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": _WORDS * 3}]}
    return {"kind": "long_text"}, {"doc": {"type": "doc", "content": [paragraph] * 3}}


def time_server(report: int, session: str, port: int, runs: int) -> list[float]:
    """Seconds of each request of the page, from the first byte sent to the last received."""
    address = f"http://127.0.0.1:{port}/reports/{report}/"
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        request = urllib.request.Request(address, headers={"Cookie": f"sessionid={session}"})
        with urllib.request.urlopen(request) as response:
            response.read()
        taken.append(time.perf_counter() - began)
    return taken


def time_browser(report: int, session: str, port: int, runs: int) -> list[dict[str, float]]:
    """What Chromium measures of each visit, with nothing in its cache."""
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        for _ in range(runs):
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
            context.add_cookies([{"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}])
            page = context.new_page()
            page.goto(f"/reports/{report}/", wait_until="load")
            page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
            taken.append(page.evaluate(_TIMINGS))
            context.close()
        browser.close()
    return taken


def profile_page(report: int, lines: int) -> None:
    """Print where the server's time goes."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get())
    client.get(f"/reports/{report}/")
    with cProfile.Profile() as profile:
        client.get(f"/reports/{report}/")
    pstats.Stats(profile).sort_stats("cumulative").print_stats(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=50)
    parser.add_argument("--tables", type=int, default=10)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--profile", type=int, default=0, help="lines of a profile to print")
    chosen, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"FILL_VAR": folder, "FILL_HOSTS": "*", "DJANGO_SETTINGS_MODULE": "fillapp.settings"}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        report, session = make_report(chosen.blocks, chosen.tables)
        if chosen.profile:
            profile_page(report, chosen.profile)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            _print(chosen, time_server(report, session, port, chosen.runs), report, session, port)
        finally:
            server.terminate()
            server.wait()


def _print(chosen: argparse.Namespace, server: list[float], report: int, session: str, port: int) -> None:
    print(f"A report of {chosen.blocks} blocks, {chosen.tables} tables; load {os.getloadavg()[0]:.1f}")
    print(
        f"  the first request {server[0] * 1000:.0f} ms, later {statistics.median(server[1:]) * 1000:.0f} ms"
    )
    visits = time_browser(report, session, port, chosen.runs)
    for name in visits[0]:
        values = [visit[name] for visit in visits]
        print(f"  {name:12} {statistics.median(values):6.0f}   ({min(values):.0f} to {max(values):.0f})")
    print("  milliseconds in Chromium, medians; target: ready within 1500")


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/").close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    main()
