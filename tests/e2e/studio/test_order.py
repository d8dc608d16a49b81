"""The order of the blocks: moved by mouse and by keyboard, deleted, copied, and each of it taken back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.studio.conftest import Builder

pytestmark = pytest.mark.service("chromium")
_TEXT = "Drafted from the transcript."


def expect_blocks(builder: Builder, *keys: str) -> None:
    """The blocks stand so in the preview, and, reloaded, in the editor."""
    wanted = [f"block-{key}" for key in keys]
    builder.page.wait_for_function(
        """wanted => [...document.querySelectorAll("#preview-parts > [data-preview^=block-]")]
            .map((part) => part.dataset.preview).join() === wanted.join()""",
        arg=wanted,
    )
    assert [name for name in builder.shown if name.startswith("block-")] == wanted


def test_a_block_is_moved_with_the_mouse_and_with_keys(author: Builder) -> None:
    author.open("moving")
    page, mouse = author.page, author.page.mouse
    grip = author.card("Outcome").locator("[data-grip]").bounding_box()
    to = author.card("Summary").bounding_box()
    assert grip
    assert to
    mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    mouse.down()
    mouse.move(to["x"] + 20, to["y"] + to["height"], steps=12)
    mouse.move(to["x"] + 20, to["y"] + 4, steps=8)
    mouse.up()
    expect_blocks(author, "outcome", "summary", "actions", "risks")
    assert author.order == ["Minutes", _TEXT, "Outcome", "Summary", "Actions", "Risks"]

    author.card("Risks").locator("[data-grip]").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect_blocks(author, "outcome", "summary", "risks", "actions")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#said")).to_have_text("Risks is at place 4 of 6 now.")
    expect(author.card("Risks").locator("[data-grip]")).to_be_focused()
    expect_blocks(author, "outcome", "risks", "summary", "actions")
    page.keyboard.press("Control+z")
    expect_blocks(author, "outcome", "summary", "risks", "actions")
    page.keyboard.press("Control+Shift+z")
    expect_blocks(author, "outcome", "risks", "summary", "actions")
    page.reload()
    expect_blocks(author, "outcome", "risks", "summary", "actions")
    assert author.order == ["Minutes", _TEXT, "Outcome", "Risks", "Summary", "Actions"]


def test_what_is_deleted_comes_back_and_a_copy_stands_beside(author: Builder) -> None:
    author.open("removing")
    page = author.page
    author.do("Actions", "remove")
    expect(page.locator("#toast")).to_contain_text("“Actions” deleted.")
    expect_blocks(author, "summary", "risks", "outcome")
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect_blocks(author, "summary", "actions", "risks", "outcome")
    author.do("Risks", "remove")
    expect_blocks(author, "summary", "actions", "outcome")
    expect(author.card("Outcome").locator("[data-grip]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect_blocks(author, "summary", "actions", "risks", "outcome")
    page.get_by_role("button", name="Redo").click()
    expect_blocks(author, "summary", "actions", "outcome")
    author.do("Summary", "duplicate")
    expect_blocks(author, "summary", "summary-2", "actions", "outcome")
    copy = author.card("Summary (copy)")
    expect(copy.locator("[data-grip]")).to_be_focused()
    expect(copy.locator(".card-words")).to_have_text("What was discussed.")
    # Sooner than it is answered.
    author.do("Minutes", "remove")
    page.keyboard.press("Control+z")
    expect(page.locator("#toast")).to_have_text("Undone: “Minutes” deleted.")
    page.reload()
    assert author.order == ["Minutes", _TEXT, "Summary", "Summary (copy)", "Actions", "Outcome"]
