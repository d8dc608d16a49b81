"""Guards in the browser: a part is flagged, one is written anew, one is withheld and released."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.e2e.conftest import MakeFill
from tests.e2e.entering import enter
from tests.e2e.guarded import answer
from tests.e2e.running import RunningFill
from tests.simulated_llm import Behaviour, SimulatedLLM
from tests.taught import PLAIN, PROMISE

pytestmark = pytest.mark.service("chromium")
FILE = FilePayload(name="file.txt", mimeType="text/plain", buffer=f"{PLAIN} ".encode() * 20)


@pytest.fixture(scope="module")
def fill(make_fill: MakeFill) -> Iterator[RunningFill]:
    with SimulatedLLM(Behaviour(part_after="Now write only the part", answers=answer)) as model:
        fill = make_fill("guarded", {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"})
        fill.call("tests.e2e.guarded", "prepare")
        fill.start()
        yield fill
        fill.stop()


def open_as(browser: Browser, fill: RunningFill, name: str, complaints: list[str]) -> Page:
    context = browser.new_context(base_url=fill.address, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    enter(page, name, complaints)
    return page


def test_a_report_is_flagged_written_anew_withheld_and_released(browser: Browser, fill: RunningFill) -> None:
    complaints: list[str] = []
    demo = open_as(browser, fill, "demo", complaints)
    demo.goto("/templates/letter-of-advice/start/")
    demo.locator("#files").set_input_files([FILE])
    demo.locator(".file").wait_for()
    demo.get_by_role("button", name="Generate the report").click()

    expect(demo.locator("#line")).to_contain_text("2 of 4 ready")
    expect(demo.locator("#line")).to_contain_text("1 withheld, 1 waiting for that")
    expect(demo.locator("#done")).to_be_hidden()
    flagged = demo.locator("#block-summary")
    expect(flagged.locator(".checks")).to_contain_text("Promises an outcome")
    expect(flagged.locator(".flag-words")).to_have_text(PROMISE)
    assert demo.evaluate("[...CSS.highlights.get('flagged')].map(String)") == [PROMISE]
    expect(demo.locator("#block-advice .block-value")).to_have_text(PLAIN)
    expect(demo.locator("#block-advice .checks")).to_have_count(0)
    withheld = demo.locator("#block-outlook")
    expect(withheld).to_contain_text("This part is withheld")
    expect(demo.locator("#block-close")).to_contain_text("Waits until Outlook is released")

    withheld.get_by_role("link", name="Why, and what to do").click()
    expect(demo.get_by_role("heading", name="“Outlook” is withheld")).to_be_visible()
    expect(demo.locator("main")).not_to_contain_text(PROMISE)
    report = re.sub(r"/blocks/.*", "/", demo.url)
    demo.goto(report)
    demo.locator("html.is-live").wait_for()

    _release(browser, fill, report, complaints)

    # It comes in by itself, and so does what waited for it.
    expect(withheld.locator(".block-value")).to_contain_text(PROMISE)
    expect(demo.locator("#block-close .block-value")).to_have_text(PLAIN)
    expect(demo.locator("#line")).to_contain_text("All 4 ready")

    demo.locator("#block-summary .block-value p").click()
    demo.locator("#block-summary .ProseMirror-focused").wait_for()
    demo.keyboard.press("Control+a")
    demo.keyboard.type("The committee met.")
    expect(flagged.locator(".checks")).to_have_count(0)
    demo.context.close()
    assert complaints == []


def _release(browser: Browser, fill: RunningFill, report: str, complaints: list[str]) -> None:
    """By somebody with the permission, to whom the report is shown."""
    share = """
from django.contrib.auth.models import User
from generation.models import Report, ReportShare
ReportShare.objects.create(report=Report.objects.latest("pk"), user=User.objects.get(username="author"))
"""
    fill.run(share)
    author = open_as(browser, fill, "author", complaints)
    author.goto(report)
    author.get_by_role("link", name="Why, and what to do").click()
    author.get_by_role("button", name="Look at the text").click()
    expect(author.locator(".withheld-text")).to_contain_text(PROMISE)
    author.get_by_role("button", name="Release it").click()
    expect(author.get_by_text("“Outlook” is released.")).to_be_visible()
    author.goto(f"{report}history/")
    expect(author.locator(".events")).to_contain_text("looked at the withheld text of")
    author.context.close()
