"""Typing in a report of 50 blocks, 10 of them tables, while 20 others are written: milliseconds a key."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import django
from playwright.sync_api import Page, sync_playwright

from tests.bench.processes import ROOT, run_simulated
from tests.bench.report_page import make_report
from tests.services import free_port

_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TEXT, TABLE = "part_3", "part_0"
_WORDS = "The committee agreed to ask for a second quote of the roof before it decides on the lease. "
# From the key's arrival in the browser, waiting for the page included, until what it did is painted.
WATCH_KEYS = """() => {
    window.keys = []
    addEventListener("keydown", (event) => {
        const pressed = event.timeStamp
        requestAnimationFrame(() => {
            const painted = new MessageChannel()
            painted.port1.onmessage = () => window.keys.push(performance.now() - pressed)
            painted.port2.postMessage(0)
        })
    }, { capture: true })
}"""
# What the page's own script takes, however long the frame after it.
_COUNT_TASKS = """() => {
    window.long = []
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration)))
        .observe({ type: "longtask" })
}"""
# When the report's script is at work and its stream is open.
_NOTE_READY = """new MutationObserver((_, observer) => {
    if (!document.documentElement?.classList.contains("is-live")) return
    window.ready = performance.now()
    observer.disconnect()
}).observe(document, { attributes: true, childList: true, subtree: true })"""
_IS_WRITTEN = "() => document.querySelectorAll('[data-block][data-state=running] .block-value').length"


@dataclass(frozen=True)
class Keys:
    """Milliseconds of each key, in the order they were pressed."""

    taken: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def late(self) -> float:
        """What 95 % of the keys stay under."""
        return statistics.quantiles(self.taken, n=20)[-1]

    def __str__(self) -> str:
        return f"{self.median:5.1f} median, {self.late:5.1f} for 95 %, {max(self.taken):5.1f} the worst"


def time_keys(page: Page, key: str, count: int, pause: float = 50) -> Keys:
    """Type so many letters into a block, `pause` milliseconds between them; the page watches its keys."""
    block = page.locator(f"#block-{key}")
    block.locator(".block-value p, td").first.click()
    block.locator(".ProseMirror-focused").wait_for()
    page.evaluate("() => { window.keys = [] }")
    page.keyboard.type((_WORDS * (count // len(_WORDS) + 1))[:count], delay=pause)
    page.wait_for_function("count => window.keys.length >= count", arg=count)
    return Keys(page.evaluate("() => window.keys"))


def wait_until_written(page: Page, blocks: int) -> None:
    """Until words of so many blocks are coming in."""
    page.wait_for_function(f"blocks => ({_IS_WRITTEN})() >= blocks", arg=blocks, timeout=30_000)


def empty_blocks(report: int, count: int) -> None:
    """Take the text from some blocks of each kind, as if their writing had been cancelled."""
    from generation.models import Candidate, Fill

    left = Fill.objects.filter(report=report).exclude(block__in=(TEXT, TABLE)).order_by("position")
    prose = [fill for fill in left if fill.position % 5 in (3, 4)][: count - 6]
    points = [fill for fill in left if fill.position % 5 == 1][:4]
    tables = [fill for fill in left if fill.position % 5 == 0][:2]
    chosen = [fill.pk for fill in (*prose, *points, *tables)]
    Fill.objects.filter(pk__in=chosen).update(chosen=None, state=Fill.State.CANCELLED)
    Candidate.objects.filter(fill__in=chosen).delete()


def start_writing(port: int, report: int, session: str) -> None:
    """As the owner does with “Try again”."""
    token = "a" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    address = f"http://127.0.0.1:{port}/reports/{report}/retry/"
    urllib.request.urlopen(urllib.request.Request(address, b"", headers)).close()


@contextmanager
def run_site(port: int) -> Iterator[None]:
    server = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/").close()
                break
            except OSError:
                assert time.monotonic() < end, "The site did not start."
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def measure(page: Page, port: int, report: int, session: str, chosen: argparse.Namespace) -> None:
    """Print how fast the page is ready and how long each key takes, calm and while blocks are written."""
    page.add_init_script(_NOTE_READY)
    ready = []
    for _ in range(7):
        page.goto(f"/reports/{report}/")
        page.wait_for_function("() => window.ready")
        ready.append(page.evaluate("() => window.ready"))
    print(
        f"  ready {statistics.median(ready):.0f} ms after navigation, {max(ready):.0f} at most; target: 1500"
    )
    page.evaluate(WATCH_KEYS)
    page.evaluate(_COUNT_TASKS)
    if chosen.calm:
        for key, name in ((TEXT, "a long text"), (TABLE, "a table")):
            print(f"  calm, in {name:12} {time_keys(page, key, chosen.keys)}", flush=True)
    start_writing(port, report, session)
    wait_until_written(page, chosen.streams - 2)
    for key, name in ((TEXT, "a long text"), (TABLE, "a table")):
        page.evaluate("() => { window.long = [] }")
        keys = time_keys(page, key, chosen.keys)
        running, long = page.evaluate(f"() => [({_IS_WRITTEN})(), window.long]")
        print(f"  while {running} are written, in {name:12} {keys}; {len(long)} tasks over 50 ms", flush=True)
    print("  target: under 50 while 20 are written")
    if chosen.profile:
        profile_keys(page, chosen.keys)


def profile_keys(page: Page, count: int) -> None:
    """Print which functions of the page take the time while one types."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.start")
    time_keys(page, TABLE, count)
    profile = session.send("Profiler.stop")["profile"]
    spent = dict.fromkeys((node["id"] for node in profile["nodes"]), 0)
    for node, delta in zip(profile["samples"], profile["timeDeltas"], strict=True):
        spent[node] += delta
    for node in sorted(profile["nodes"], key=lambda node: -spent[node["id"]])[:25]:
        frame = node["callFrame"]
        place = f"{frame['url'].rpartition('/')[2]}:{frame['lineNumber'] + 1}:{frame['columnNumber']}"
        print(f"    {spent[node['id']] / 1000:7.0f} ms  {frame['functionName'] or '(anonymous)':30} {place}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--streams", type=int, default=20)
    parser.add_argument("--calm", action="store_true", help="also while nothing is written")
    parser.add_argument("--profile", action="store_true", help="print where the page's time goes")
    chosen, _ = parser.parse_known_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        run_simulated("--latency", "90", "--chunks", "900", "--words", "900") as model,
    ):
        os.environ |= {"FILL_VAR": folder, "FILL_HOSTS": "*", "DJANGO_SETTINGS_MODULE": "fillapp.settings"}
        os.environ |= {"OPENAI_BASE_URL": model, "OPENAI_API_KEY": "simulated"}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        report, session = make_report(50, 10)
        empty_blocks(report, chosen.streams)
        port = free_port()
        print(f"Typing in a report of 50 blocks, milliseconds a key; load {os.getloadavg()[0]:.1f}")
        with run_site(port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
            context.add_cookies([{"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}])
            measure(context.new_page(), port, report, session, chosen)
            browser.close()


if __name__ == "__main__":
    main()
