"""A super user builds a template from nothing and publishes it; a business user fills a report with it."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.studio.conftest import USUAL, Builder
from tests.factories import OWN_PART
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")
_TRANSCRIPT = FilePayload(
    name="transcript.txt",
    mimeType="text/plain",
    buffer=b"Roof committee. Ann agreed to ask for a second quote of the roof. Nobody objected to "
    b"deferring the lease. Bea will write to the tenant. The cellar is wet and needs a survey.\n",
)


def test_a_template_is_built_published_and_filled(
    author: Builder, sign_in: Callable[[str], Builder], model: SimulatedLLM, tmp_path: Path
) -> None:
    page = author.page
    page.goto("/templates/")
    page.get_by_label("Name", exact=True).fill("Roof minutes")
    page.get_by_role("button", name="Start empty").click()
    page.wait_for_url("**/templates/roof-minutes/")
    page.locator("html.is-live").wait_for()
    expect(page.get_by_text("No block yet")).to_be_visible()

    # What it is, and the document it is written from.
    about = author.open_card("The template")
    about.get_by_label("What it is for").fill("Minutes of the roof committee")
    about.get_by_role("button", name="Add a document").click()
    slot = about.locator("[data-row]").first
    slot.get_by_label("Name").fill("Transcript")
    slot.get_by_label("Required").check()
    author.until_saved()
    page.keyboard.press("Escape")

    def add(what: str) -> None:
        page.get_by_role("button", name="Add a block").click()
        page.get_by_role("dialog").get_by_role("button", name=what, exact=True).first.click()

    # A heading, a ready-made text, a table, bullets, a selection.
    add("Heading")
    expect(page.get_by_label("Heading", exact=True)).to_be_focused()
    page.keyboard.type("Minutes")
    author.until_saved()
    expect(author.card("Minutes")).to_have_count(1)
    add("Executive summary")
    expect(author.card("Executive summary")).to_have_count(1)
    add("Table")
    table = page.locator("#card-block-table")
    expect(author.instructions("Table")).to_be_focused()
    page.keyboard.type("Every action agreed, in the order agreed.")
    table.get_by_label("Title").fill("Actions")
    while table.locator("[data-remove]").count():
        table.locator("[data-remove]").first.click()
    for column in ("Action", "Owner"):
        table.get_by_role("button", name="Add a column").click()
        table.locator("[data-row]").last.get_by_label("Name").fill(column)
    author.until_saved()
    add("Bullets")
    expect(author.instructions("Bullets")).to_be_focused()
    page.keyboard.type("What may go wrong.")
    page.locator("#card-block-bullets").get_by_label("Title").fill("Risks")
    author.until_saved()
    add("Selection")
    expect(author.instructions("Selection")).to_be_focused()
    page.keyboard.type("What was decided.")
    outcome = page.locator("#card-block-selection")
    outcome.get_by_label("Title").fill("Outcome")
    outcome.get_by_label("Options").fill("Approved\nDeferred")
    outcome.locator("summary", has_text="More").click()
    outcome.get_by_label("Actions").check()
    author.until_saved()
    assert author.order == ["Minutes", "Executive summary", "Actions", "Risks", "Outcome"]

    # Its first preview.
    model.reset(Behaviour(part_after=OWN_PART, words=40, latency=60, chunks=200))
    page.locator("#example-files").set_input_files(_TRANSCRIPT)
    summary = author.preview("executive-summary")
    expect(summary.locator(".chip")).to_have_text("Writing …")
    expect(summary.locator(".block-value")).to_be_visible()
    model.reset(USUAL)
    expect(page.locator("[data-preview-line]")).to_contain_text("Up to date")
    expect(author.preview("table").locator("th")).to_have_text(["Action", "Owner"])

    # Published.
    page.get_by_role("link", name="Publish …").click()
    page.get_by_label("Note").fill("The first of it")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    page.get_by_role("link", name="Sharing").click()
    page.get_by_label("Name of a person or a group").fill("Business")
    page.get_by_role("button", name="Let use: Business users").click()
    expect(page.get_by_role("button", name="Remove Business users")).to_be_visible()

    # Filled by somebody else.
    demo = sign_in("demo").page
    demo.goto("/")
    demo.get_by_role("radio", name="Roof minutes").check()
    demo.locator("#files").set_input_files(_TRANSCRIPT)
    demo.locator(".file").wait_for()
    demo.get_by_role("button", name="Generate the report").click()
    expect(demo.locator("#line")).to_contain_text("All 4 ready")
    with demo.expect_download() as given:
        demo.get_by_role("link", name="Download").first.click()
    given.value.save_as(tmp_path / "minutes.docx")
    word = docx.Document(str(tmp_path / "minutes.docx"))
    headings = [one.text for one in word.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings == ["Minutes", "Executive summary", "Actions", "Risks", "Outcome"]
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["Action", "Owner"]
