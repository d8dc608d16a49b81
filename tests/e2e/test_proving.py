"""Test cases in a real browser: made, expected of, run and looked at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.running import ROOT
from tests.e2e.test_whole_path import sign_in

pytestmark = pytest.mark.service("chromium")
ROOM = "/templates/meeting-minutes/tests/"
FILES = ROOT / "fillapp/demo/meeting-minutes/library-committee"
DROP = """([place, name, text]) => {
    const data = new DataTransfer()
    data.items.add(new File([text], name, {type: "text/plain"}))
    const over = new DragEvent("dragover", {dataTransfer: data, bubbles: true, cancelable: true})
    place.dispatchEvent(over)
    place.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}))
}"""


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    sign_in(visit.page, "author")
    yield visit.page
    assert visit.complaints == []


def test_a_template_is_tested_from_nothing_to_its_outputs(page: Page) -> None:
    page.goto(ROOM)
    expect(page.get_by_text("No test case yet")).to_be_visible()
    page.get_by_label("Name").fill("Library committee")
    page.get_by_label("Documents", exact=True).set_input_files([FILES / "agenda.pdf"])
    page.get_by_role("button", name="Add the case").click()
    case = page.get_by_role("article", name="Library committee")
    expect(case.get_by_text("agenda.pdf", exact=True)).to_be_visible()

    drop = case.locator("[data-drop-files]")
    text = "Who said what: Ann agreed to ask for a second roof quote. The lease was deferred."
    page.evaluate(DROP, [drop.element_handle(), "transcript.txt", text])
    expect(case.get_by_text("transcript.txt", exact=True)).to_be_visible()
    expect(case.get_by_label("What transcript.txt is")).to_have_value("transcript")

    case.get_by_role("link", name="Expect something").click()
    page.get_by_role("link", name="Summary").click()
    page.get_by_role("link", name="Must mention").click()
    page.get_by_label("Words").fill("roof quote | quote for the roof")
    page.get_by_role("button", name="Expect this").click()
    expect(case.get_by_text("must mention “roof quote” or “quote for the roof”")).to_be_visible()

    page.get_by_label("Repetitions").fill("2")
    expect(page.locator("[data-total]")).to_have_text("2 repetitions: 2 reports.")
    page.get_by_role("button", name="Run the tests").click()
    expect(page.get_by_text("The one expectation was met 2 times of 2.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("cell", name="Met: 2 of 2 34 to 100 %")).to_be_visible()

    page.get_by_role("table", name="Library committee").get_by_role("link", name="Summary").click()
    expect(page.get_by_text("It mentions “roof quote”.")).to_have_count(2)


def test_what_a_document_is_can_be_said_without_a_button(page: Page, states: dict[str, int]) -> None:
    page.goto("/templates/tested/tests/")
    slot = page.get_by_label("What transcript.txt is")
    slot.select_option("agenda")
    page.wait_for_url("**/tests/#case-*")
    page.reload()
    expect(slot).to_have_value("agenda")


def test_without_script_the_tests_are_made_run_and_cancelled(
    plain_page: Page, states: dict[str, int]
) -> None:
    page = plain_page
    sign_in(page, "author")
    page.goto("/templates/testing/tests/")
    expect(page.get_by_text("The tests are running: 0 of 6 reports are checked.")).to_be_visible()
    page.get_by_role("link", name="See how far they are").click()
    page.get_by_role("button", name="Cancel the tests").click()
    expect(page.get_by_text("Cancelled. Run of")).to_be_visible()
    page.get_by_label("Add documents to The meeting that deferred the lease").set_input_files(
        [FILES / "agenda.pdf"]
    )
    page.get_by_role("button", name="Upload").click()
    case = page.get_by_role("article")
    expect(case.get_by_text("agenda.pdf", exact=True)).to_be_visible()
    case.get_by_role("button", name="Remove: closing").click()
    expect(case.get_by_text("must not mention “regards”")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(case.get_by_text("must not mention “regards”")).to_be_visible()
