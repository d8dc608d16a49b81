"""The pictures of the studio: a template built, advised on, imported, proved and published."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

Draw = Callable[[Page, str], None]
_STUDIO = "/templates/meeting-minutes/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_studio(page: Page, report: bytes, files: list[str], draw: Draw) -> None:
    """All of them; `report` is a finished report as a Word file, `files` are its documents."""
    build(page, files, draw)
    prove(page, draw)
    publish(page, draw)
    start_from_word(page, report, draw)


def build(page: Page, files: list[str], draw: Draw) -> None:
    """A block open beside what it made, then one with doubtful instructions."""
    page.goto(_STUDIO)
    page.locator("#example-files").set_input_files(files)
    expect(page.locator("[data-preview-line]")).to_contain_text("Up to date", timeout=90_000)
    page.locator("#card-block-summary [data-open]").click()
    page.locator("#card-block-summary .block-form").wait_for()
    page.locator("#card-block-summary").evaluate("card => card.scrollIntoView({block: 'center'})")
    draw(page, "studio")
    page.get_by_role("button", name="Close all").click()
    page.locator("#card-block-actions [data-open]").click()
    card = page.locator("#card-block-actions")
    words = "Every action agreed, in a short paragraph each, with the deadline in the column “Deadline”."
    card.get_by_role("textbox", name="Instructions").fill(words)
    expect(card.locator(".advice li")).not_to_have_count(0)
    card.evaluate("card => card.scrollIntoView({block: 'center'})")
    draw(page, "advice")
    card.get_by_role("textbox", name="Instructions").fill(
        "Every action agreed, in the order agreed, with who does it by when."
    )
    page.get_by_role("button", name="Close all").click()
    expect(page.locator("#studio-saving")).to_have_text("All saved")


def prove(page: Page, draw: Draw) -> None:
    """What is expected, and how often it was met."""
    page.goto(f"{_STUDIO}tests/")
    for block, kind, label, words in (
        ("Summary", "Must mention", "Words", "258,200 | 258200"),
        ("Decisions taken", "Must mention", "Words", "Oakmere"),
        ("Before the next meeting", "Must not mention", "Words", "kind regards"),
    ):
        page.get_by_role("article").get_by_role("link", name="Expect something").click()
        page.get_by_role("link", name=block).click()
        page.get_by_role("link", name=kind).click()
        page.get_by_label(label).fill(words)
        page.get_by_role("button", name="Expect this").click()
    page.get_by_role("button", name="Run the tests").click()
    expect(page.get_by_text(re.compile("expectations were met"))).to_be_visible(timeout=180_000)
    page.evaluate("scrollTo(0, 0)")
    draw(page, "tests")


def publish(page: Page, draw: Draw) -> None:
    """What is new in the draft, word by word."""
    page.goto(f"{_STUDIO}versions/")
    page.get_by_role("link", name="See every change").click()
    page.locator("ins").first.wait_for()
    draw(page, "versions")


def start_from_word(page: Page, report: bytes, draw: Draw) -> None:
    """What the blocks of a report would be."""
    page.goto("/templates/import/")
    file = FilePayload(name="Library committee, March.docx", mimeType=_WORD, buffer=report)
    page.locator("input[type=file]").first.set_input_files([file])
    page.get_by_role("button", name="Read the reports").click()
    page.locator("[data-proposal]").first.wait_for(timeout=60_000)
    draw(page, "import")
