"""Private instances of the services Fill can run on, started for a test and stopped after it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_START_SECONDS = 30


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def run_redis(folder: Path, port: int = 0) -> Iterator[str]:
    """The URL of a Redis of one's own that keeps nothing when it ends."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextmanager
def run_rabbitmq(folder: Path, port: int = 0) -> Iterator[str]:
    """The URL of a RabbitMQ of one's own; started again in the same folder, it knows its messages."""
    home, port, names = folder / "rabbitmq", port or free_port(), free_port()
    home.mkdir(exist_ok=True)
    (home / "pid").unlink(missing_ok=True)
    (home / "enabled_plugins").write_text("[].")
    (home / "rabbitmq.conf").write_text("log.console = false\nlog.file.level = error\n")
    environment = os.environ | {
        # The cookie with which nodes know each other is looked for here.
        "HOME": str(home),
        "ERL_EPMD_PORT": str(names),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        # Not the node of the machine, nor its settings. The name keeps the data found again.
        "RABBITMQ_NODENAME": "fill@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_CONF_ENV_FILE": str(home / "none.conf"),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_PID_FILE": str(home / "pid"),
    }
    # Erlang would leave a name server of its own behind.
    name_server = subprocess.Popen(["epmd"], env=environment, stderr=subprocess.DEVNULL)
    _wait_for(names, name_server)
    # Debian's /usr/sbin/rabbitmq-server insists on the user of the machine's own broker.
    server = subprocess.Popen(
        [_rabbitmq_program()], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        # The shell script in front would call a slow program to stop the node.
        if (home / "pid").exists():
            os.kill(int((home / "pid").read_text()), signal.SIGTERM)
        server.wait(timeout=30)
        name_server.terminate()
        name_server.wait(timeout=10)


def _rabbitmq_program() -> str:
    debian = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    return str(debian) if debian.exists() else "rabbitmq-server"


@contextmanager
def run_postgresql(folder: Path) -> Iterator[str]:
    """The URL of an empty database in a PostgreSQL of one's own."""
    with ExitStack() as stack:
        yield from _run_postgresql(folder, stack)


def _run_postgresql(folder: Path, stack: ExitStack) -> Iterator[str]:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    port = free_port()
    # Not by a program in front, which takes two seconds to pass on that it is over.
    user: str | None = None
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root, and no other user may look into pytest's private folders.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fill-postgresql-")))
        shutil.chown(folder, "postgres")
        user = "postgres"
    data = folder / "postgresql"
    initdb = [str(programs / "initdb"), "--auth", "trust", "--username", "fill", "--no-sync", "-D", str(data)]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=user, group=user)
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off"]
    command = [str(programs / "postgres"), "-D", str(data), *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=folder, user=user, group=user)
    try:
        _wait_for(port, server)
        yield f"postgres://fill@127.0.0.1:{port}/postgres"
    finally:
        # At once, whoever is still connected.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


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
