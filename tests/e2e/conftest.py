"""The real product in a process of its own, and a real browser that reports what it dislikes."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
_NOT_OURS = ("OPENAI_", "FILL_", "DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of this machine's own set-up: the offline writer on an empty place."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    return kept | {"FILL_VAR": str(folder)}


def _manage(folder: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=_environment(folder), check=True, timeout=60
    )


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{address}/sign-in/", timeout=1).status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


def install(folder: Path) -> None:
    """An installation with the demo's people and templates."""
    assert (ROOT / "fillapp/static/build/app.js").exists(), "The front end is not built: make frontend"
    _manage(folder, "migrate", "--verbosity", "0")
    run_python(folder, "from fillapp.demo import load_demo; load_demo()")


def run_python(folder: Path, code: str) -> None:
    """Let another process of the installation do something."""
    _manage(folder, "shell", "--no-imports", "-c", code)


@contextmanager
def serve(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The product of an installation, answering on a port."""
    command = [sys.executable, "manage.py", "up", "--port", str(port)]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=_environment(folder), stdout=log, stderr=subprocess.STDOUT
        )
    try:
        until = time.monotonic() + 20
        while not _answers(f"http://127.0.0.1:{port}"):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running Fill keeps everything."""
    return tmp_path_factory.mktemp("fill")


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of a running Fill with the demo's people and templates."""
    install(folder)
    port = free_port()
    with serve(folder, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page, and all that the browser complained of, policy violations among it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    context = browser.new_context(base_url=site, accept_downloads=True)
    context.set_default_timeout(10_000)
    visit = Visit(context.new_page())
    visit.page.on("console", visit.note)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
