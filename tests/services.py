"""Private instances of the services Fill can run on, started for a test and stopped after it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_START_SECONDS = 30


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def run_redis(folder: Path) -> Iterator[str]:
    """The URL of a Redis of one's own."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextmanager
def run_postgresql(folder: Path) -> Iterator[str]:
    """The URL of an empty database in a PostgreSQL of one's own."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    data, port = folder / "postgresql", free_port()
    data.mkdir(parents=True)
    before: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(data, "postgres")
        _let_through(folder)
        before = ["runuser", "-u", "postgres", "--"]
    initdb = [str(programs / "initdb"), "--auth", "trust", "--username", "fill", "--no-sync", "-D", str(data)]
    subprocess.run([*before, *initdb], check=True, stdout=subprocess.DEVNULL)
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off"]
    server = subprocess.Popen(
        [*before, str(programs / "postgres"), "-D", str(data), *options], stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield f"postgres://fill@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _let_through(folder: Path) -> None:
    """Let another user reach into pytest's private folders."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == 0 and parent.name and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the service ended at once with {server.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the service did not start")
