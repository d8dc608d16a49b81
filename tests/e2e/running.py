"""The product as its users run it, in a process of its own that a test may stop, kill and start again."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = ("OPENAI_", "FILL_", "DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")
_PATIENCE = 90
# In one process: each takes a second or two to start.
_LOAD_DEMO = """
from django.core.management import call_command
from fillapp.demo import load_demo
call_command("migrate", verbosity=0)
load_demo()
"""


class RunningFill:
    """The product on `folder`; `environment` says more, such as where its model is."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        # Nothing of this machine's own set-up.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
        self._environment = kept | {"FILL_VAR": str(folder)} | dict(environment or {})
        self._port = free_port()
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

    def run(self, code: str) -> str:
        """What Python code prints in another process of this Fill."""
        return self.manage("shell", "--no-imports", "-c", code)

    def call(self, module: str, function: str) -> str:
        """What a function prints, called in another process of this Fill."""
        return self.run(f"from {module} import {function}; {function}()")

    def load_demo(self) -> None:
        """The database, the demo's people and templates."""
        self.run(_LOAD_DEMO)

    def start(self) -> None:
        """Run it, and wait until it answers."""
        assert (ROOT / "fillapp/static/build/app.js").exists(), "The front end is not built: make frontend"
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
            return bool(urllib.request.urlopen(f"{self.address}/sign-in/", timeout=10).status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._server:
            self._server.kill()
        self._wait()

    def ask_to_stop(self) -> None:
        """Say that it is to end, and go on."""
        if self._server:
            self._server.terminate()

    def stop(self) -> None:
        """End it as a restart would."""
        self.ask_to_stop()
        self._wait()

    def _wait(self) -> None:
        if self._server:
            self._server.wait(timeout=15)
            self._server = None
