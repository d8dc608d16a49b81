"""The real product in a process of its own, and a real browser that reports what it dislikes."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.e2e.running import RunningFill

CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# What a browser may take on a machine that has much else to do, in milliseconds.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

MakeFill: TypeAlias = Callable[[str, Mapping[str, str]], RunningFill]


@pytest.fixture(scope="session")
def make_fill(tmp_path_factory: pytest.TempPathFactory) -> MakeFill:
    """An installation with the demo's people and templates; loaded once, then copied."""
    loaded = tmp_path_factory.mktemp("demo")
    RunningFill(loaded).load_demo()

    def make_fill(name: str, environment: Mapping[str, str]) -> RunningFill:
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(loaded, folder, dirs_exist_ok=True)
        return RunningFill(folder, environment)

    return make_fill


@pytest.fixture(scope="session")
def offline_fill(make_fill: MakeFill) -> Iterator[RunningFill]:
    """A running Fill that has no model, and reports in every state."""
    fill = make_fill("offline", {})
    fill.call("tests.e2e.states", "prepare")
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture(scope="session")
def states(offline_fill: RunningFill) -> dict[str, int]:
    """The numbers of its prepared reports by state."""
    return cast(dict[str, int], json.loads((offline_fill.folder / "states.json").read_text()))


@pytest.fixture(scope="session")
def site(offline_fill: RunningFill) -> str:
    """Its address."""
    return offline_fill.address


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
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    visit.page.on("console", visit.note)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
