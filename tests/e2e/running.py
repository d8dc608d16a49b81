"""A Fill of its own in a process of its own, which a test may stop, kill and start again."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = ("OPENAI_", "FILL_", "DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")
_PATIENCE = 30


class RunningFill:
    """The product on `folder`; `environment` says more, such as where its model is."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
        self._environment = kept | {"FILL_VAR": str(folder)} | dict(environment or {})
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self._port = int(found.getsockname()[1])
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def manage(self, *words: str) -> str:
        """What a management command says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self._environment,
            check=True,
            timeout=60,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def call(self, module: str, function: str) -> str:
        """What a function of the tests prints, called in this Fill."""
        return self.manage("shell", "--no-imports", "-c", f"from {module} import {function}; {function}()")

    def start(self) -> None:
        """Run it, and wait until it answers."""
        command = [sys.executable, "manage.py", "up", "--port", str(self._port)]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + _PATIENCE
        while not self._answers():
            said = (self.folder / "log").read_text()
            assert self._server.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return bool(urllib.request.urlopen(f"{self.address}/sign-in/", timeout=1).status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(lambda server: server.kill())

    def stop(self) -> None:
        """End it as a restart would."""
        self._end(lambda server: server.terminate())

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self._server:
            how(self._server)
            self._server.wait(timeout=15)
            self._server = None
