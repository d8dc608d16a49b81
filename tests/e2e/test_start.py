"""Starting a report in a real browser: a template, a title, and Generate."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import MakeFill, Visit
from tests.e2e.starting import START, TRANSCRIPT, drop, expect_files
from tests.e2e.test_whole_path import FILES, sign_in

pytestmark = pytest.mark.service("chromium")


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    sign_in(visit.page)
    visit.page.goto(START)
    yield visit.page
    assert visit.complaints == []


def test_a_typed_title_is_kept(page: Page) -> None:
    page.get_by_label("Title of the report").fill("The roof")
    drop(page, TRANSCRIPT)
    expect_files(page, "scan0001.txt")
    expect(page.get_by_label("Title of the report")).to_have_value("The roof")


def test_another_template_keeps_the_documents(page: Page) -> None:
    drop(page, ("interview.txt", b"How are sales?"), ("transcript.txt", TRANSCRIPT[1]))
    expect_files(page, "interview.txt", "transcript.txt")
    page.get_by_role("radio", name="Company report").check()
    expect(page.locator(".mini-title")).to_have_text("Company report")
    expect(page.get_by_label("What interview.txt is")).to_have_value("interview")
    expect_files(page, "interview.txt", "transcript.txt")
    expect(page).to_have_url(re.compile("/templates/company-report/start/"))
    page.reload()
    expect_files(page, "interview.txt", "transcript.txt")


def test_a_search_filters_while_one_types(page: Page) -> None:
    search = page.get_by_role("searchbox", name="Search templates")
    search.fill("lender figures")
    expect(page.locator(".pick:visible")).to_have_count(2)
    expect(page.locator(".pick:visible .pick-name")).to_have_text(["Company report", "Meeting minutes"])
    expect(page.get_by_text("1 of 3 templates")).to_be_visible()
    search.press("Enter")
    expect(page.get_by_role("radio", name="Company report")).to_be_checked()
    search.fill("nothing like it")
    expect(page.get_by_text("No template matches “nothing like it”.")).to_be_visible()


def test_a_missing_document_is_said_before_and_after_generate_is_pressed(visit: Visit) -> None:
    page = visit.page
    sign_in(page)
    page.goto("/templates/company-report/start/")
    drop(page, ("figures.txt", b"Revenue 12"))
    expect_files(page, "figures.txt")
    expect(page.locator("#before")).to_contain_text("This template needs: Management interview.")
    expect(page.locator("[data-said]")).to_contain_text("This template needs: Management interview.")
    page.get_by_role("button", name="Generate the report").click()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("This template needs: Management interview.")
    expect(said).to_be_focused()
    expect_files(page, "figures.txt")


def test_generate_waits_for_files_that_are_still_coming(page: Page) -> None:
    held: list[Route] = []
    page.route("**/documents/", lambda route: held.append(route))
    drop(page, TRANSCRIPT)
    expect(page.locator(".upload")).to_have_count(1)
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("#before")).to_contain_text("The report starts as soon as 1 more file is read.")
    held[0].continue_()
    page.get_by_role("heading", name="Roof committee – Meeting minutes").wait_for()


def test_generate_does_not_go_on_without_a_file_that_was_refused(page: Page) -> None:
    held: list[Route] = []
    page.route("**/documents/", lambda route: held.append(route))
    drop(page, ("film.mp4", b"\x00\x00\x00\x18ftypmp42"))
    expect(page.locator(".upload")).to_have_count(1)
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("#before")).to_contain_text("The report starts as soon as 1 more file is read.")
    held[0].continue_()
    expect(page.locator("#before")).to_contain_text("Not started: look at what could not be added")


def test_a_report_is_started_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    sign_in(page)
    _tab_to(page, "#q")
    page.keyboard.type("minutes recording")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Meeting minutes")).to_be_focused()
    expect(page.locator(".mini-title")).to_have_text("Meeting minutes")
    # Listened for from early on: a key is quicker than Playwright's request for the chooser.
    page.on("filechooser", lambda chooser: chooser.set_files(FILES))
    _tab_to(page, "[data-pick=files]")
    page.keyboard.press("Enter")
    expect(page.locator(".file")).to_have_count(len(FILES))
    _tab_to(page, "[data-generate]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Library Committee – Meeting minutes").wait_for()
    assert visit.complaints == []


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_without_script_a_template_is_searched_and_chosen_with_documents_kept(plain_page: Page) -> None:
    page = plain_page
    sign_in(page)
    page.get_by_role("radio", name="Meeting minutes").check()
    page.get_by_label("Add documents").set_input_files(FILES)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".file")).to_have_count(len(FILES))
    page.get_by_role("searchbox", name="Search templates").fill("lender")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("q=lender"))
    expect(page.locator(".pick:visible")).to_have_count(2)
    expect(page.locator(".file")).to_have_count(len(FILES))


@pytest.fixture(scope="module")
def small_site(make_fill: MakeFill, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Fill whose model can read next to nothing. It is never asked."""
    models = tmp_path_factory.mktemp("models") / "llm.toml"
    models.write_text(
        '[[profile]]\nname = "small"\nmodel = "small"\nbase_url = "http://127.0.0.1:9/v1"\nwindow = 6000\n'
    )
    fill = make_fill("small", {"FILL_MODELS": str(models), "FILL_MODEL": "small"})
    fill.start()
    yield fill.address
    fill.stop()


def test_what_exceeds_the_window_is_said_with_what_to_leave_out(browser: Browser, small_site: str) -> None:
    page = browser.new_page(base_url=small_site)
    sign_in(page)
    page.goto(START)
    drop(page, TRANSCRIPT)
    expect(page.get_by_text("of 6,000 tokens the model can read at once")).to_be_visible()
    expect(page.locator("#documents .note")).to_have_count(0)
    drop(page, ("long.txt", b"word " * 9000))
    expect(page.locator("#documents .note")).to_contain_text("The largest: “long.txt” (9,00")
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("[data-cannot]")).to_contain_text("Leave out")
    page.get_by_role("button", name="Remove long.txt").click()
    expect(page.locator("#documents .note")).to_have_count(0)
    page.close()
