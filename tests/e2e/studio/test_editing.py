"""Editing while previews are written: nothing typed is lost, and only what was changed is written."""

import pytest
from playwright.sync_api import expect

from tests.e2e.studio.conftest import USUAL, Builder
from tests.factories import OWN_PART
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")
_OTHER = "Every action agreed, one row each, with who does it and by when it is to be done."
REFRESH_ALL = "Refresh all"


def write_all(builder: Builder) -> None:
    """Have the whole preview written."""
    builder.page.get_by_role("button", name=REFRESH_ALL).click()
    expect(builder.page.locator("[data-preview-line]")).to_contain_text("Up to date")


def test_one_goes_on_typing_in_another_block_while_a_preview_is_written(
    author: Builder, model: SimulatedLLM
) -> None:
    author.open("typing")
    model.reset(Behaviour(part_after=OWN_PART, words=60, latency=60, chunks=200))
    author.open_card("Summary")
    author.instructions("Summary").fill("What was discussed, and why.")
    author.open_card("Actions")
    expect(author.preview("summary").locator(".chip")).to_have_text("Writing …")
    author.instructions("Actions").fill("")
    author.instructions("Actions").press_sequentially(_OTHER, delay=25)
    expect(author.preview("summary").locator(".block-value")).to_be_visible()
    expect(author.preview("summary").locator(".chip")).to_have_text("Writing …")
    expect(author.instructions("Actions")).to_have_value(_OTHER)
    expect(author.instructions("Actions")).to_be_focused()
    model.reset(USUAL)
    author.until_saved()
    expect(author.preview("summary").get_by_role("button", name="Write again")).to_be_visible()
    author.page.reload()
    author.open_card("Summary")
    author.open_card("Actions")
    expect(author.instructions("Summary")).to_have_value("What was discussed, and why.")
    expect(author.instructions("Actions")).to_have_value(_OTHER)


def test_saving_one_block_asks_for_one_generation_and_going_back_for_none(
    author: Builder, model: SimulatedLLM
) -> None:
    author.open("once")
    write_all(author)
    assert len(model.requests) == 4
    was = author.preview("risks").locator(".block-value").inner_text()
    model.reset(USUAL)

    author.open_card("Risks")
    author.instructions("Risks").fill("What may go wrong, the worst first.")
    author.page.keyboard.press("Escape")

    expect(author.preview("risks").locator(".block-value")).not_to_have_text(was)
    expect(author.page.locator("[data-preview-line]")).to_contain_text("Up to date")
    assert len(model.requests) == 1
    author.page.get_by_role("button", name="Undo", exact=True).click()
    expect(author.card("Risks").locator(".card-words")).to_have_text("What may go wrong.")
    expect(author.preview("risks").locator(".block-value")).to_have_text(was)
    expect(author.page.locator("[data-preview-line]")).to_contain_text("Up to date")
    assert len(model.requests) == 1


def test_what_a_change_moves_elsewhere_says_so_and_is_written_only_when_asked(
    author: Builder, model: SimulatedLLM
) -> None:
    author.open("around")
    write_all(author)
    model.reset(USUAL)

    author.open_card("Summary").get_by_label("Title").fill("What was said")
    author.page.keyboard.press("Escape")

    for block in ("actions", "risks", "outcome"):
        expect(author.preview(block).locator(".chip")).to_have_text("Something around it changed")
    expect(author.preview("summary").get_by_role("button", name="Write again")).to_be_visible()
    assert len(model.requests) == 1
    author.page.get_by_role("button", name=REFRESH_ALL).click()
    expect(author.page.locator("[data-preview-line]")).to_contain_text("Up to date")
    assert len(model.requests) == 4
