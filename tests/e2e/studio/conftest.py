"""A Fill with a simulated model, people who build templates in it, and what they do with hands and keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PATIENCE, MakeFill
from tests.e2e.entering import enter
from tests.e2e.running import RunningFill
from tests.factories import OWN_PART
from tests.simulated_llm import Behaviour, SimulatedLLM

USUAL = Behaviour(part_after=OWN_PART, words=30, latency=0.3)


@pytest.fixture(scope="session")
def model() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(USUAL) as server:
        yield server


@pytest.fixture(scope="session")
def fill(model: SimulatedLLM, make_fill: MakeFill) -> Iterator[RunningFill]:
    """A Fill that writes with the simulated model, and has a template for each test."""
    fill = make_fill("studio", {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"})
    fill.call("tests.e2e.studio.cases", "make_cases")
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture(autouse=True)
def calm(model: SimulatedLLM) -> None:
    """A model that writes as it does in every test, and has been asked nothing yet."""
    model.reset(USUAL)


@dataclass
class Builder:
    """Somebody with a template open in the studio, and what their browser complained of."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, slug: str) -> "Builder":
        self.page.goto(f"/templates/{slug}/")
        self.page.locator("html.is-live").wait_for()
        self.page.locator("[data-preview-about]").wait_for()
        return self

    def card(self, name: str) -> Locator:
        """The card of a part by what it is called."""
        return self.page.locator(f"[data-part][data-called='{name}']")

    def open_card(self, name: str) -> Locator:
        card = self.card(name)
        card.locator("[data-open]").click()
        card.locator("form[data-part-form]").wait_for()
        return card

    def instructions(self, name: str) -> Locator:
        return self.card(name).get_by_label("Instructions", exact=True)

    def preview(self, key: str) -> Locator:
        """A block in the preview."""
        return self.page.locator(f"[data-preview='block-{key}']")

    def until_saved(self) -> None:
        expect(self.page.locator("#studio-saving")).to_have_text("All saved")

    def do(self, name: str, what: str) -> None:
        """Press a button of a card."""
        self.card(name).locator(f"[data-do={what}]").click()

    @property
    def order(self) -> list[str]:
        """What the cards are called, from above."""
        names: list[str] = self.page.locator("#cards > [data-part]").evaluate_all(
            "cards => cards.map((card) => card.dataset.called)"
        )
        return names

    @property
    def shown(self) -> list[str]:
        """The names of the parts of the preview, from above."""
        names: list[str] = self.page.locator("#preview-parts > [data-preview]").evaluate_all(
            "parts => parts.map((part) => part.dataset.preview)"
        )
        return names


@pytest.fixture
def sign_in(browser: Browser, fill: RunningFill) -> Iterator[Callable[[str], Builder]]:
    """Somebody signed in, in a browser of their own."""
    people: list[Builder] = []

    def sign_in(name: str) -> Builder:
        context = browser.new_context(
            base_url=fill.address, accept_downloads=True, viewport={"width": 1440, "height": 1000}
        )
        context.set_default_timeout(PATIENCE)
        person = Builder(context, context.new_page())
        enter(person.page, name, person.complaints)
        people.append(person)
        return person

    yield sign_in
    for person in people:
        person.context.close()
    # A browser also notes an answer that says no, and a network that is away.
    said = [line for person in people for line in person.complaints]
    assert [line for line in said if "Failed to load resource" not in line] == []


@pytest.fixture
def author(sign_in: Callable[[str], Builder]) -> Builder:
    return sign_in("author")
