"""Typing in a report: every kind in its own way, saved as one types, and found again in Word."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.workspace.conftest import Person

pytestmark = pytest.mark.service("chromium")


def cells(block: Locator) -> list[str]:
    """The words in a table's cells, row by row."""
    return [text.strip() for text in block.locator("td").all_inner_texts()]


def test_each_kind_is_typed_in_where_it_stands_and_goes_to_word(
    demo: Person, cases: dict[str, int], tmp_path: Path
) -> None:
    page = demo.open(cases["typing"]).page
    demo.type_in("summary", " Typed by hand.")
    page.keyboard.press("Enter")
    page.keyboard.type("# A heading")
    demo.type_in("actions", " at once")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Second row")
    demo.type_in("risks", " Soon.")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("A point below")
    demo.block("outcome").get_by_label("Approved").check()
    demo.type_in("due", "")
    page.keyboard.press("Control+a")
    page.keyboard.type("10 April 2026")
    demo.until_saved()

    page.reload()
    expect(demo.block("summary")).to_contain_text("All went well. Typed by hand.")
    expect(demo.block("summary").locator("h4")).to_have_text("A heading")
    assert cells(demo.block("actions")) == ["Mend the roof at once", "€ 1,200", "Second row", ""]
    expect(demo.block("risks").locator("li li")).to_have_text("A point below")
    expect(demo.block("outcome").get_by_label("Approved")).to_be_checked()
    expect(demo.block("due")).to_contain_text("10 April 2026")
    expect(page.locator("section.block.is-edited")).to_have_count(5)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download Word").click()
    path = tmp_path / "report.docx"
    download.value.save_as(path)
    word = docx.Document(str(path))
    texts = [one.text for one in word.paragraphs]
    assert "All went well. Typed by hand." in texts
    assert [cell.text for cell in word.tables[0].rows[2].cells] == ["Second row", ""]
    assert demo.complaints == []


def test_the_rules_of_a_template_hold_in_its_table(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["rules"]).page
    actions = demo.block("actions")
    actions.locator("td").first.click()
    actions.locator(".ProseMirror-focused").wait_for()
    for _ in range(3):
        actions.get_by_role("button", name="Add a row below").click()
    expect(actions.get_by_role("button", name="Add a row below")).to_have_attribute("aria-disabled", "true")
    expect(actions.locator("tr")).to_have_count(5)

    actions.locator("th").first.click()
    page.keyboard.type("x")
    expect(page.locator("#toast")).to_have_text("The columns of this table are set by its template.")
    assert actions.locator("th").first.inner_text().strip() == "Action"


def test_what_is_pasted_keeps_no_more_than_the_block_holds(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["typing"]).page
    demo.type_in("risks", "")
    _paste(page, "<b>bold</b> words")
    expect(page.locator("#toast")).to_have_text("Formatting was left out: this part holds plain text.")
    expect(demo.block("risks")).to_contain_text("bold words")
    assert demo.block("risks").locator("strong").count() == 0

    demo.type_in("summary", "")
    _paste(page, "<table><tr><td>One</td><td>Two</td></tr></table>")
    expect(demo.block("summary")).to_contain_text("One | Two")
    expect(page.locator("#toast")).to_contain_text("holds no table")


def _paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
          const data = new DataTransfer()
          data.setData("text/html", html)
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          document.activeElement.dispatchEvent(event)
        }""",
        html,
    )
