"""Help with writing, in a browser: advice in the field, a suggestion taken and taken back, the palette."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from fillapp.demo import PASSWORD
from tests.e2e.conftest import MakeFill
from tests.e2e.importing import import_two
from tests.e2e.running import RunningFill
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")
BETTER = "Every action agreed, in its order. Leave out proposals that fell."
IMPROVE = "Improve these instructions"


@pytest.fixture(scope="module")
def model() -> Iterator[SimulatedLLM]:
    with SimulatedLLM(Behaviour(answers={"": BETTER}, latency=0.3)) as server:
        yield server


@pytest.fixture(scope="module")
def fill(model: SimulatedLLM, make_fill: MakeFill) -> Iterator[RunningFill]:
    """A Fill that asks the simulated model."""
    fill = make_fill("help", {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"})
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture
def page(browser: Browser, fill: RunningFill) -> Iterator[Page]:
    """An author in the studio of the meeting minutes."""
    context = browser.new_context(base_url=fill.address)
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".bar-who").wait_for()
    page.goto("/templates/meeting-minutes/")
    page.locator("html.is-live").wait_for()
    yield page
    context.close()
    assert complaints == []


def open_block(page: Page, key: str) -> tuple[Locator, Locator]:
    """The card of a block with its form open, and the field of its instructions."""
    card = page.locator(f"#card-block-{key}")
    card.locator("[data-open]").click()
    field = card.locator("[name$='.instructions']")
    field.wait_for()
    return card, field


def test_advice_marks_its_places_which_move_with_what_is_typed(page: Page) -> None:
    card, field = open_block(page, "actions")
    field.fill("😀 Every action as bullet points, the name in the column “Who”.")
    expect(card.locator("mark")).to_have_text(["bullet points", "“Who”"])
    expect(card.locator(".advice-item")).to_have_count(2)
    assert "advice-block-actions" in (field.get_attribute("aria-describedby") or "")
    field.press("Control+Home")
    field.press_sequentially("Now: ")
    expect(card.locator("mark").first).to_have_text("bullet points")
    card.get_by_role("button", name="Go to “bullet points” in the text").click()
    chosen = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(chosen) == "bullet points"
    field.press_sequentially("one row each")
    expect(card.locator("mark")).to_have_text(["“Who”"])


def test_a_suggestion_is_held_against_ones_own_then_taken_and_taken_back(page: Page) -> None:
    card, field = open_block(page, "previous_actions")
    field.fill("Every action")
    card.get_by_role("button", name=IMPROVE).focus()
    page.keyboard.press("Enter")
    section = card.get_by_role("region", name="Suggested instructions")
    expect(section.locator("ins").first).to_be_visible()
    section.get_by_role("button", name="Use these").press("Enter")
    expect(field).to_have_value(BETTER)
    expect(field).to_be_focused()
    expect(page.locator("#studio-saving")).to_have_text("All saved")
    expect(card.locator(".card-words")).to_contain_text("Leave out proposals")
    card.get_by_role("button", name="Take back").click()
    expect(field).to_have_value("Every action")
    expect(card.locator(".card-words")).to_have_text("Every action")


def test_a_suggestion_that_is_not_wanted_leaves_ones_own(page: Page) -> None:
    card, field = open_block(page, "attendance")
    field.fill("Everyone who was there.")
    card.get_by_role("button", name=IMPROVE).click()
    card.get_by_role("button", name="Keep mine").press("Escape")
    expect(card.locator(".suggestion")).to_have_count(0)
    expect(field).to_have_value("Everyone who was there.")
    expect(field).to_be_focused()


def test_an_imported_template_waits_with_suggestions_to_be_taken_or_left(page: Page) -> None:
    page.goto("/templates/import/")
    import_two(page)
    expect(page.get_by_label("Let the model suggest instructions for each block (3 calls)")).to_be_checked()
    page.locator("[data-proposal]").nth(3).get_by_role("checkbox").uncheck()
    expect(page.get_by_label("Let the model suggest instructions for each block (2 calls)")).to_be_checked()
    page.get_by_role("button", name="Make the template").click()
    ready = page.get_by_text("A suggestion is ready", exact=True)
    expect(ready).to_have_count(2)
    card, field = open_block(page, "risks")
    section = card.get_by_role("region", name="Suggested instructions")
    expect(section.locator("ins").first).to_be_visible()
    section.get_by_role("button", name="Use these").click()
    expect(field).to_have_value(BETTER)
    expect(page.locator("#studio-saving")).to_have_text("All saved")
    card, field = open_block(page, "summary")
    own = field.input_value()
    card.get_by_role("button", name="Keep mine").click()
    expect(field).to_have_value(own)
    expect(ready).to_have_count(0)
    page.reload()
    page.locator("html.is-live").wait_for()
    expect(page.locator("#card-block-risks .card-words")).to_have_text(BETTER)
    expect(page.locator("[data-suggestion]:not([hidden])")).to_have_count(0)


def test_asking_can_be_stopped(page: Page, model: SimulatedLLM) -> None:
    model.reset(Behaviour(latency=60))
    card, _ = open_block(page, "budget")
    card.get_by_role("button", name=IMPROVE).click()
    expect(card.locator(".suggestion")).to_contain_text("The model is writing")
    card.get_by_role("button", name="Stop").click()
    expect(card.locator(".suggestion")).to_have_count(0)


def test_a_ready_made_block_is_found_and_added(page: Page) -> None:
    page.get_by_role("button", name="Add a block").click()
    search = page.get_by_label("Search the ready-made blocks")
    search.fill("glossary")
    found = page.locator("#palette-found [data-add]")
    expect(found).to_have_count(1)
    found.click()
    expect(page.locator("[data-called='Glossary'] [name$='.instructions']")).to_have_value(
        "The technical terms and abbreviations that the documents use and that a reader from outside would "
        "not know, in the order of the alphabet. Meaning is one sentence, in the sense the documents give "
        "the term; leave out a term whose meaning they do not show."
    )
