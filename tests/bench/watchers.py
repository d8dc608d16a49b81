"""Many people watching live reports on one process: its CPU, idle and busy, and what anybody misses."""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.processes import ROOT, read_cpu, run_simulated
from tests.services import free_port, run_postgresql

_REPORTS = Path(__file__).with_name("watched_reports.py")
_FILLED = 5
_MOST_SECONDS = 90


@dataclass
class Window:
    """One open page: the newest version of each block it was told, and how late each came."""

    report: int
    session: str
    versions: dict[str, str] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    events: int = 0
    ended: bool = False

    async def watch(self, port: int) -> None:
        """Read the stream until it ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        request = f"GET /reports/{self.report}/stream/ HTTP/1.1\r\nHost: localhost\r\n"
        writer.write(f"{request}Cookie: sessionid={self.session}\r\n\r\n".encode())
        status = await reader.readline()
        assert b" 200 " in status, status
        while (await reader.readline()).strip():
            pass
        rest = b""
        while size := int(await reader.readline() or b"0", 16):
            *events, rest = (rest + await reader.readexactly(size)).split(b"\n\n")
            await reader.readexactly(2)
            for event in events:
                self._hear(event)
        self.ended = True
        writer.close()

    def _hear(self, event: bytes) -> None:
        name, _, data = event.partition(b"\ndata: ")
        self.events += bool(data)
        if name.endswith(b"event: block"):
            block = json.loads(data)
            self.versions[f"{self.report} {block['key']}"] = block["version"]
            self.delays.append(time.time() - datetime.fromisoformat(block["version"]).timestamp())


@dataclass(frozen=True)
class Site:
    """A running Fill of the code in a folder, with reports and people."""

    code: Path
    environment: dict[str, str]
    port: int
    pid: int
    owner: str
    sessions: list[str]
    reports: list[int]

    def ask(self, *words: str) -> dict[str, Any]:
        return ask(self.code, self.environment, *words)

    def start_writing(self, report: int) -> None:
        """As the owner does with “Try again”."""
        token = "a" * 32
        headers = {"Cookie": f"sessionid={self.owner}; csrftoken={token}", "X-CSRFToken": token}
        address = f"http://127.0.0.1:{self.port}/reports/{report}/retry/"
        urllib.request.urlopen(urllib.request.Request(address, b"", headers)).close()


def ask(code: Path, environment: dict[str, str], *words: str) -> dict[str, Any]:
    """What the code in a folder says of its reports."""
    done = subprocess.run(
        [sys.executable, str(_REPORTS), *words],
        cwd=code,
        env=os.environ | environment | {"PYTHONPATH": str(code)},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@contextmanager
def run_site(code: Path, environment: dict[str, str], reports: int, watchers: int) -> Iterator[Site]:
    """`manage.py up` with reports to watch."""
    port, everything = free_port(), os.environ | environment
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=code, env=everything, check=True)
    made = ask(code, environment, "prepare", "--reports", str(reports), "--watchers", str(watchers))
    server = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(port)],
        cwd=code,
        env=everything,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Site(code, environment, port, server.pid, **made)
    finally:
        server.terminate()
        server.wait()


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


async def measure(site: Site, idle: float, busy: float) -> None:
    """Print what the process costs while nothing happens, and while reports are written and edited."""
    reports = len(site.reports)
    windows = [
        Window(site.reports[number % reports], session) for number, session in enumerate(site.sessions)
    ]
    tasks = [asyncio.create_task(window.watch(site.port)) for window in windows]
    began, cpu = time.monotonic(), read_cpu(site.pid)
    await _until(lambda: all(len(window.versions) >= 20 for window in windows))
    took = time.monotonic() - began
    print(f"    all are told all they see after {took:.1f} s, {read_cpu(site.pid) - cpu:.1f} s of CPU")
    await asyncio.sleep(2)
    print(f"    idle: {await _cpu_of(site.pid, idle):.1%} of a core; {_memory(site)}", flush=True)
    for window in windows:
        window.delays.clear()
        window.events = 0
    written = site.reports[:_FILLED]
    edits = asyncio.create_task(
        asyncio.to_thread(site.ask, "edit", "--seconds", str(busy), "--reports", *map(str, site.reports[:20]))
    )
    for report in written:
        await asyncio.to_thread(site.start_writing, report)
    share = await _cpu_of(site.pid, busy)
    done = await edits
    delays = sorted(delay for window in windows for delay in window.delays)
    events = sum(window.events for window in windows)
    late = statistics.quantiles(delays, n=100)[94] if len(delays) > 1 else 0
    print(
        f"    busy: {share:.1%} of a core while {len(written)} reports of 20 blocks are written,"
        f" {done['edits']} edits; {events / busy:.0f} events a second reach windows,"
        f" median {statistics.median(delays):.2f} s after the change, 95 % within {late:.2f} s"
    )
    await _until(lambda: not site.ask("versions")["writing"])
    await asyncio.sleep(6)
    now = site.ask("versions")["versions"]
    lost = sum(
        window.versions.get(block) != version
        for window in windows
        for block, version in now.items()
        if block.startswith(f"{window.report} ")
    )
    ended = sum(window.ended for window in windows)
    print(f"    {lost} blocks in {len(windows)} windows are not as in the database; {ended} streams ended")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _until(holds: Any) -> None:
    end = time.monotonic() + _MOST_SECONDS
    while not await asyncio.to_thread(holds):
        if time.monotonic() > end:
            print(f"    given up after {_MOST_SECONDS} s")
            return
        await asyncio.sleep(0.1)


async def _cpu_of(pid: int, seconds: float) -> float:
    """The share of a core a process uses."""
    began, cpu = time.monotonic(), read_cpu(pid)
    await asyncio.sleep(seconds)
    return (read_cpu(pid) - cpu) / (time.monotonic() - began)


def _memory(site: Site) -> str:
    """What the process keeps: memory, threads and connections."""
    status = Path(f"/proc/{site.pid}/status").read_text()
    said = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    kept = f"{int(said['VmRSS'].split()[0]) / 1024:.0f} MB, {said['Threads']} threads"
    if not (database := site.environment.get("DATABASE_URL")):
        return kept
    with psycopg.connect(database) as connection:
        query = "select count(*) from pg_stat_activity where application_name = %s"
        row = connection.execute(query, (f"fill {site.pid}",)).fetchone()
    return f"{kept}, {row[0] if row else 0} connections"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", type=Path, default=ROOT, help="the folder of the code to measure")
    parser.add_argument("--reports", type=int, nargs="*", default=[1, 50])
    parser.add_argument("--watchers", type=int, default=200)
    parser.add_argument("--idle", type=float, default=15, help="seconds")
    parser.add_argument("--busy", type=float, default=20, help="seconds")
    parser.add_argument("--postgresql", action="store_true")
    chosen, _ = parser.parse_known_args()
    print(f"{chosen.watchers} people watch on one process; load {os.getloadavg()[0]:.1f}")
    for reports in chosen.reports:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            folder.chmod(0o755)
            url = stack.enter_context(run_simulated("--latency", "8-16", "--chunks", "100"))
            environment = {"FILL_VAR": str(folder / "var"), "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none"}
            if chosen.postgresql:
                environment["DATABASE_URL"] = stack.enter_context(run_postgresql(folder))
            site = stack.enter_context(run_site(chosen.code, environment, reports, chosen.watchers))
            on = "PostgreSQL" if chosen.postgresql else "SQLite"
            print(
                f"  {reports} report{'s' * (reports > 1)}, {chosen.watchers // reports} watchers each, {on}:"
            )
            asyncio.run(measure(site, chosen.idle, chosen.busy))


if __name__ == "__main__":
    main()
