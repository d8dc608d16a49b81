"""`make screenshots`: draws the pictures in docs/screenshots anew."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.running import ROOT, RunningFill
from tests.e2e.screenshots.answers import Answers
from tests.e2e.screenshots.signals import draw_signals
from tests.e2e.screenshots.studio import draw_studio
from tests.simulated_llm import Behaviour, SimulatedLLM

PICTURES = ROOT / "docs/screenshots"
_CASE = ROOT / "fillapp/demo/meeting-minutes/library-committee"
_FILES = sorted(path for path in _CASE.iterdir() if path.suffix != ".yaml")
_PART = "Now write only the part"


def main() -> None:
    """All pictures, in the order of the work."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    answers = Answers()
    slow = Behaviour(part_after=_PART, answers=answers, latency=(3, 9), chunks=60)
    with SimulatedLLM(slow) as model, tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        fill = RunningFill(Path(folder), {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"})
        fill.manage("migrate", "--verbosity", "0")
        fill.call("fillapp.demo", "load_demo")
        fill.call("fillapp.demo", "load_letters")
        fill.start()
        browser = browsers.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        try:
            draw_all(sign_in(browser, fill.address), model, answers)
            report = sign_in(browser, fill.address).request.get("/reports/1/word/").body()
            files = [str(path) for path in _FILES]
            author = sign_in(browser, fill.address, who="author")
            draw_studio(author, report, files, draw)
            draw_signals(author, lambda: fill.call("tests.e2e.screenshots.weeks", "write_weeks"), draw)
        finally:
            fill.stop()


def sign_in(browser: Browser, address: str, who: str = "demo") -> Page:
    """A page of one of the demo people."""
    page = browser.new_context(
        base_url=address,
        viewport={"width": 1440, "height": 900},
        device_scale_factor=1.5,
    ).new_page()
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(who)
    page.get_by_label("Password").fill("fill-demo")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Start a report").wait_for()
    return page


def draw_all(page: Page, model: SimulatedLLM, answers: Answers) -> None:
    """From the first page to the Word file."""
    page.goto("/templates/meeting-minutes/start/")
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Add files", exact=True).click()
    chooser.value.set_files(_FILES)
    page.locator(".file").nth(len(_FILES) - 1).wait_for()
    page.locator("#title").fill("Brackwell Library Committee, 12 March 2026")
    page.locator("#documents-title").scroll_into_view_if_needed()
    draw(page, "start")
    page.get_by_role("button", name="Generate the report").click()
    page.locator("section.block[data-state=running] .block-value :is(p, li, td)").first.wait_for()
    expect(page.locator("#line")).to_contain_text(re.compile("[2-6] of 9 ready"), timeout=30_000)
    draw(page, "filling")
    expect(page.locator("#line")).to_contain_text("All 9 ready", timeout=60_000)
    model.reset(Behaviour(part_after=_PART, answers=answers, latency=0.5))
    review(page)
    choose(page)
    page.goto(page.url.split("#")[0] + "preview/")
    page.locator(".sheet").first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    draw(page, "preview")


def review(page: Page) -> None:
    """Some parts decided on, one being typed in, and what is known of it beside."""
    for key in ("attendance", "quorum"):
        page.locator(f"#block-{key}").hover()
        page.locator(f"#block-{key} [data-do=accept]").click()
        expect(page.locator(f"#block-{key}")).to_have_attribute("data-review", "accepted")
    page.locator("#block-summary p").last.click()
    page.locator("#block-summary .ProseMirror-focused").wait_for()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Their answer is due by 8 May.")
    expect(page.locator("#saving")).to_have_text("All saved")
    page.locator("#block-summary [data-do=about]").click()
    page.locator("#about .version").first.wait_for()
    page.locator("#block-summary .ProseMirror p").last.click()
    page.locator("#toast").evaluate("toast => toast.replaceChildren()")
    draw(page, "review")


def choose(page: Page) -> None:
    """Three versions side by side."""
    page.keyboard.press("Escape")
    page.locator("#block-next_steps").hover()
    page.locator("#block-next_steps [data-do=again]").click()
    page.get_by_label("What the next version should heed").fill("say what has no owner")
    page.get_by_role("button", name="Three to choose from").click()
    page.locator(".offered").nth(2).wait_for(timeout=30_000)
    page.locator("#toast").evaluate("toast => toast.replaceChildren()")
    draw(page, "choose")
    page.get_by_role("button", name="Decide later").click()


def draw(page: Page, name: str) -> None:
    """One picture, once nothing moves."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
