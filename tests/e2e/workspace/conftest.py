"""A Fill with a simulated model, people who review in it, and what they do with hands and keys."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PATIENCE, MakeFill
from tests.e2e.entering import enter
from tests.e2e.running import RunningFill
from tests.simulated_llm import Behaviour, SimulatedLLM

PART = "Now write only the part"


@pytest.fixture(scope="session")
def model() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(part_after=PART, words=30, latency=0.3)) as server:
        yield server


@pytest.fixture(scope="session")
def fill(model: SimulatedLLM, make_fill: MakeFill) -> Iterator[RunningFill]:
    """A Fill that writes with the simulated model, and has a report for each test."""
    fill = make_fill("workspace", {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"})
    fill.call("tests.e2e.workspace.cases", "make_cases")
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture(autouse=True)
def calm(model: SimulatedLLM) -> None:
    """A model that writes as it does in every test."""
    model.reset(Behaviour(part_after=PART, words=30, latency=0.3))


@dataclass
class Person:
    """Somebody with a report open, and what their browser complained of."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, number: int) -> "Person":
        self.page.goto(f"/reports/{number}/")
        self.page.locator("html.is-live").wait_for()
        return self

    def block(self, key: str) -> Locator:
        return self.page.locator(f"#block-{key}")

    def type_in(self, key: str, words: str) -> None:
        """Click at the end of a block's first line, and type there."""
        block = self.block(key)
        block.locator(".block-value > p, .block-value li p, td").first.click()
        block.locator(".ProseMirror-focused").wait_for()
        self.page.keyboard.press("End")
        self.page.keyboard.type(words)

    def until_saved(self) -> None:
        expect(self.page.locator("#saving")).to_have_text("All saved")

    def do(self, key: str, what: str) -> None:
        """Press one of a block's own buttons."""
        self.block(key).hover()
        self.block(key).locator(f"[data-do={what}]").first.click()


@pytest.fixture
def sign_in(browser: Browser, fill: RunningFill) -> Iterator[Callable[[str], Person]]:
    """Somebody signed in, in a browser of their own."""
    people: list[Person] = []

    def sign_in(name: str) -> Person:
        context = browser.new_context(base_url=fill.address, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        person = Person(context, context.new_page())
        enter(person.page, name, person.complaints)
        people.append(person)
        return person

    yield sign_in
    for person in people:
        person.context.close()


@pytest.fixture
def demo(sign_in: Callable[[str], Person]) -> Person:
    return sign_in("demo")


@pytest.fixture(scope="session")
def cases(fill: RunningFill) -> dict[str, int]:
    """The numbers of the prepared reports, each for one test."""
    numbers: dict[str, int] = json.loads((fill.folder / "cases.json").read_text())
    return numbers
