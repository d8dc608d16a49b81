"""The whole way of a business user, from signing in to the file in Word: by mouse, and with keys alone."""

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from fillapp.demo import PASSWORD
from tests.e2e.conftest import PATIENCE
from tests.e2e.running import RunningFill
from tests.e2e.workspace.conftest import PART
from tests.simulated_llm import Asked, Behaviour, SimulatedLLM

pytestmark = [pytest.mark.service("chromium"), pytest.mark.service("libreoffice")]
_TRANSCRIPT = (
    "Roof committee\n\nAnn agreed to ask for a second quote of the roof. Nobody objected to deferring the "
    "lease until the summer meeting. Bea will write to the tenant. The cellar is wet and needs a survey.\n"
)
_TYPED = {"summary": " Typed by hand.", "actions": " and at once", "risks": " Pointed out."}
# How the table and the first text looked on the way, each state once.
_NOTE_GROWTH = """
window.rows = []; window.words = []
new MutationObserver(() => {
    const note = (list, count) => count && list.at(-1) !== count && list.push(count)
    note(window.rows, document.querySelectorAll("#block-actions[data-state=running] tr").length)
    const text = document.querySelector("#block-summary[data-state=running] .block-value")
    note(window.words, text?.textContent.length)
}).observe(document, { childList: true, subtree: true, attributes: true })
"""


_PLACES = cycle(["library", "hall", "cellar", "school", "garden", "chapel", "office", "station"])


def _answer(asked: Asked) -> str | None:
    """The same choice every time, and a conclusion that is never the same twice."""
    if "the one option that follows" in asked.part:
        return '{"facts": ["The lease is deferred."], "chosen": "Deferred"}'
    return f"The committee meets in the {next(_PLACES)}." if "What follows." in asked.part else None


@pytest.fixture
def page(browser: Browser, fill: RunningFill, model: SimulatedLLM) -> Iterator[Page]:
    """A browser in front of the door, and a model that takes its time."""
    model.reset(Behaviour(part_after=PART, words=60, latency=12, chunks=100, answers=_answer))
    context = browser.new_context(base_url=fill.address, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.add_init_script(_NOTE_GROWTH)
    page.goto("/")
    yield page
    context.close()
    # A browser notes the answer that says no.
    assert [one for one in complaints if "409" not in one] == []


def watch(page: Page, model: SimulatedLLM) -> None:
    """A table grows row by row and text comes as it is written."""
    page.wait_for_function("() => window.rows.length > 1 && window.words.length > 2")
    model.reset(Behaviour(part_after=PART, answers=_answer))
    expect(page.locator("#line")).to_have_text("All 5 ready, 0 of 5 reviewed")
    rows, words = page.evaluate("[window.rows, window.words]")
    assert rows == sorted(rows)
    assert words == sorted(words)


def find_in_word(page: Page, folder: Path, download: Callable[[], None]) -> None:
    """The edited words stand in the file."""
    with page.expect_download() as given:
        download()
    path = folder / "report.docx"
    given.value.save_as(path)
    word = docx.Document(str(path))
    text = "\n".join(one.text for one in word.paragraphs)
    for words in (_TYPED["summary"], _TYPED["risks"], "Approved", "The committee meets in the"):
        assert words in text
    cells = [cell.text for row in word.tables[0].rows[1:] for cell in row.cells]
    assert any(_TYPED["actions"] in cell for cell in cells)


def test_a_report_goes_from_documents_to_word(page: Page, model: SimulatedLLM, tmp_path: Path) -> None:
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("radio", name="Board minutes").check()
    page.locator("#files").set_input_files(
        {"name": "transcript.txt", "mimeType": "text/plain", "buffer": _TRANSCRIPT.encode()}
    )
    page.locator(".file").wait_for()
    page.get_by_role("button", name="Generate the report").click()
    page.get_by_role("heading", name="Roof committee – Board minutes").wait_for()
    watch(page, model)

    for block, words in _TYPED.items():
        value = page.locator(f"#block-{block}")
        value.locator(".block-value > p, .block-value li p, td").first.click()
        value.locator(".ProseMirror-focused").wait_for()
        page.keyboard.press("End")
        page.keyboard.type(words)
    page.locator("#block-outcome").get_by_label("Approved").check()
    expect(page.locator("#saving")).to_have_text("All saved")

    conclusion = page.locator("#block-conclusion")
    conclusion.hover()
    conclusion.locator("[data-do=again]").click()
    page.get_by_label("What the next version should heed").fill("shorter")
    page.locator("#about").get_by_role("button", name="Write again").click()
    expect(conclusion).not_to_have_attribute("data-stands", "candidate-1")
    conclusion.hover()
    conclusion.locator("[data-do=again]").click()
    page.get_by_role("button", name="Three to choose from").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".offered")).to_have_count(3)
    chosen = dialog.locator("[data-choose]").nth(1).get_attribute("data-candidate")
    dialog.locator("[data-choose]").nth(1).click()
    expect(conclusion).to_have_attribute("data-stands", f"candidate-{chosen}")

    page.get_by_role("button", name="without flags").click()
    expect(page.locator("#line")).to_have_text("All 5 ready, all 5 reviewed")
    page.get_by_role("link", name="Preview").click()
    page.get_by_role("img", name="Page 1 of").first.wait_for(timeout=60_000)
    find_in_word(page, tmp_path, page.get_by_role("link", name="Download Word").click)


def test_the_same_way_is_gone_with_the_keyboard_alone(
    page: Page, model: SimulatedLLM, tmp_path: Path
) -> None:
    press, keyboard = page.keyboard.press, page.keyboard
    transcript = tmp_path / "transcript.txt"
    transcript.write_text(_TRANSCRIPT)
    # Listened for from early on: a key is quicker than Playwright's request for the chooser.
    page.on("filechooser", lambda chooser: chooser.set_files(transcript))
    _tab_to(page, "[name=username]")
    keyboard.type("demo")
    press("Tab")
    keyboard.type(PASSWORD)
    press("Enter")
    page.get_by_role("heading", name="Start a report").wait_for()
    _tab_to(page, "#q")
    keyboard.type("board")
    press("Enter")
    expect(page.get_by_role("radio", name="Board minutes")).to_be_focused()
    expect(page.locator(".mini-title")).to_have_text("Board minutes")
    _tab_to(page, "[data-pick=files]")
    press("Enter")
    page.locator(".file").wait_for()
    _tab_to(page, "[data-generate]")
    press("Enter")
    page.get_by_role("heading", name="Roof committee – Board minutes").wait_for()
    watch(page, model)

    _tab_to(page, "#do-download")
    press("Enter")
    page.get_by_role("heading", name="Some parts are still to be reviewed").wait_for()
    _tab_to(page, ".button.is-main")
    press("Enter")
    page.locator("html.is-live").wait_for()
    for block, words in _TYPED.items():
        expect(page.locator(f"#block-{block}")).to_be_focused()
        press("e")
        page.locator(f"#block-{block} .ProseMirror-focused").wait_for()
        press("Control+Home")
        if block == "actions":
            press("Tab")
            press("Tab")
        press("End")
        keyboard.type(words)
        press("Escape")
        expect(page.locator(f"#block-{block}")).to_be_focused()
        press("j")
    press("e")
    approved = page.locator("#block-outcome").get_by_label("Approved")
    expect(page.locator("#block-outcome").get_by_label("Deferred")).to_be_focused()
    press("ArrowUp")
    expect(approved).to_be_checked()
    expect(page.locator("#saving")).to_have_text("All saved")

    press("j")
    conclusion = page.locator("#block-conclusion")
    expect(conclusion).to_be_focused()
    press("r")
    expect(page.get_by_label("What the next version should heed")).to_be_focused()
    keyboard.type("shorter")
    press("Tab")
    press("Enter")
    expect(conclusion).not_to_have_attribute("data-stands", "candidate-1")
    press("r")
    expect(page.get_by_label("What the next version should heed")).to_be_focused()
    press("Tab")
    press("Tab")
    press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".offered")).to_have_count(3)
    second = dialog.locator("[data-choose]").nth(1)
    chosen = second.get_attribute("data-candidate")
    _tab_to(page, f"[data-candidate='{chosen}']")
    press("Enter")
    expect(conclusion).to_have_attribute("data-stands", f"candidate-{chosen}")
    expect(conclusion).to_be_focused()

    _tab_to(page, "#do-accept-all")
    press("Enter")
    expect(page.locator("#line")).to_have_text("All 5 ready, all 5 reviewed")
    _tab_to(page, "#do-preview")
    press("Enter")
    page.get_by_role("img", name="Page 1 of").first.wait_for(timeout=60_000)
    _tab_to(page, ".report-actions .button.is-main")
    find_in_word(page, tmp_path, lambda: press("Enter"))


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is there; from the end of a page it begins again at the top."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
