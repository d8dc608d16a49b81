"""The pictures of the signals: one being taught, and what it found over the weeks."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.signals.promises import PROMISES

Draw = Callable[[Page, str], None]


def draw_signals(page: Page, write_weeks: Callable[[], object], draw: Draw) -> None:
    """Both; `write_weeks` calls the function of this name beside the running Fill."""
    page.goto("/signals/new/")
    page.get_by_label("Title").fill("Promises an outcome")
    page.get_by_label("Question").fill("Does it promise how a case will end?")
    page.keyboard.press("Enter")
    page.get_by_label("Phrase", exact=True).fill("We promise that you will win")
    page.keyboard.press("Enter")
    asked = page.locator("#ask .ask-said")
    expect(asked).to_have_text(PROMISES)
    for _ in range(24):
        before = asked.inner_text()
        page.keyboard.press("y" if PROMISES.search(before) else "n")
        expect(asked).not_to_have_text(before)
    expect(page.locator("#learnt[data-pending]")).to_have_count(0)
    draw(page, "teach")
    write_weeks()
    page.goto("/signals/monitoring/?signal=promises-an-outcome")
    expect(page.get_by_text(re.compile("of [0-9]{3} texts")).first).to_be_visible()
    draw(page, "findings")
