"""A template built and published with the keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.studio.conftest import Builder

pytestmark = pytest.mark.service("chromium")
_MOST_STEPS = 120


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Step through the page until the keyboard is there."""
    for _ in range(_MOST_STEPS):
        if target.count() and target.first.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"the keyboard does not reach {target}")


def add(page: Page, what: str) -> None:
    reach(page, page.get_by_role("button", name="Add a block"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    reach(page, dialog.get_by_role("button", name=what, exact=True))
    page.keyboard.press("Enter")


def test_a_template_is_built_and_published_by_keyboard(author: Builder) -> None:
    page = author.page
    page.goto("/templates/")
    reach(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/templates/by-keyboard/")
    page.locator("html.is-live").wait_for()

    add(page, "Heading")
    expect(page.get_by_label("Heading", exact=True)).to_be_focused()
    page.keyboard.type("Minutes")
    author.until_saved()
    add(page, "Bullets")
    expect(author.instructions("Bullets")).to_be_focused()
    page.keyboard.type("What may go wrong.")
    page.keyboard.press("Escape")
    expect(author.card("Bullets").locator("[data-open]")).to_be_focused()
    author.until_saved()
    assert author.order == ["Minutes", "Bullets"]

    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#said")).to_contain_text("place 1 of 2")
    reach(page, author.card("Bullets").locator("[data-do=duplicate]"))
    page.keyboard.press("Enter")
    expect(author.card("Bullets (copy)")).to_have_count(1)
    reach(page, author.card("Bullets (copy)").locator("[data-do=remove]"))
    page.keyboard.press("Enter")
    expect(author.card("Bullets (copy)")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(author.card("Bullets (copy)")).to_have_count(1)
    assert author.order == ["Bullets", "Bullets (copy)", "Minutes"]

    reach(page, page.get_by_role("link", name="Publish …"), "Shift+Tab")
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Note"))
    page.keyboard.type("The first of it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
