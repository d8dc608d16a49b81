"""A Fill with texts to teach on, and people who teach in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PATIENCE, MakeFill
from tests.e2e.entering import enter
from tests.e2e.running import RunningFill


@pytest.fixture(scope="session")
def fill(make_fill: MakeFill) -> Iterator[RunningFill]:
    """It writes offline, and has signals in several states."""
    fill = make_fill("signals", {})
    fill.call("tests.e2e.signals.cases", "prepare_signals")
    fill.start()
    yield fill
    fill.stop()


@dataclass
class Teacher:
    """Somebody who teaches signals, and what their browser complained of."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def asked(self) -> str:
        """The text that the page asks about."""
        return self.page.locator("#ask .ask-said").inner_text()

    def press(self, key: str) -> None:
        """Answer by a key, and wait until something else is asked."""
        before = self.asked()
        self.page.keyboard.press(key)
        expect(self.page.locator("#ask .ask-said")).not_to_have_text(before)
        # What comes of it is said after it is shown.
        expect(self.page.locator("#teach-next")).to_contain_text(self.asked())


LetIn = Callable[..., Teacher]


@pytest.fixture
def let_in(browser: Browser, fill: RunningFill) -> Iterator[LetIn]:
    """Lets people in, each with a browser of their own, with script or without."""
    inside: list[Teacher] = []

    def let_in(name: str, *, script: bool = True) -> Teacher:
        context = browser.new_context(base_url=fill.address, java_script_enabled=script)
        context.set_default_timeout(PATIENCE)
        teacher = Teacher(context, context.new_page())
        enter(teacher.page, name, teacher.complaints)
        inside.append(teacher)
        return teacher

    yield let_in
    for teacher in inside:
        teacher.context.close()


@pytest.fixture
def author(let_in: LetIn) -> Teacher:
    """The demo's author."""
    return let_in("author")
