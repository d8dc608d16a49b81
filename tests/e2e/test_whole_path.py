"""The whole path of a business user in a real browser: sign in, pick, upload, watch, download."""

import time
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.running import ROOT

CASE = ROOT / "fillapp/demo/meeting-minutes/library-committee"
FILES = sorted(path for path in CASE.iterdir() if path.name not in ("set.yaml", "key.yaml"))
pytestmark = pytest.mark.service("chromium")


def sign_in(page: Page, who: str = "demo") -> None:
    page.goto("/")
    page.get_by_label("User name").fill(who)
    page.get_by_label("Password").fill("fill-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Start a report").wait_for()


def add_documents(page: Page) -> None:
    page.get_by_label("Add documents").set_input_files(FILES)
    page.locator(".file").nth(len(FILES) - 1).wait_for()


def download_word(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Word").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_report_is_written_from_documents_and_opens_in_word(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    sign_in(page)
    page.get_by_role("radio", name="Meeting minutes").check()
    page.get_by_label("Title of the report").fill("Library committee, March")
    add_documents(page)
    page.get_by_role("button", name="Generate the report").click()

    page.get_by_role("heading", name="Library committee, March").wait_for()
    page.locator("#line", has_text="All 9 ready").wait_for()
    expect(page.locator("section.block")).to_have_count(9)
    expect(page.locator("section.block[data-state=waiting]")).to_have_count(0)
    expect(page.get_by_text("No language model was used")).to_be_visible()

    path = download_word(page, tmp_path)
    assert path.name == "Library committee, March.docx"
    word = docx.Document(str(path))
    headings = [
        one.text for one in word.paragraphs if ((one.style and one.style.name) or "").startswith("Heading")
    ]
    assert "Decisions taken" in headings
    assert word.tables[0].rows[0].cells[0].text == "Name"
    assert visit.complaints == []


def test_a_file_that_cannot_be_read_is_named_and_the_others_stay(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    sign_in(page)
    page.goto("/templates/meeting-minutes/start/")
    broken = tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.4 and nothing more")
    page.get_by_label("Add documents").set_input_files([broken, *FILES])
    page.locator(".file").nth(len(FILES) - 1).wait_for()
    expect(page.locator(".upload.is-failed")).to_contain_text("damaged")
    expect(page.locator(".file")).to_have_count(len(FILES))
    page.get_by_role("button", name="Remove agenda.pdf").click()
    page.locator(".file").nth(len(FILES) - 1).wait_for(state="detached")
    assert visit.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(width: int, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page)
    for address in ("/", "/reports/", "/templates/meeting-minutes/start/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_essential_works_without_script(plain_page: Page) -> None:
    page = plain_page
    sign_in(page)
    page.goto("/templates/meeting-minutes/start/")
    page.get_by_label("Add documents").set_input_files(FILES)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".file")).to_have_count(len(FILES))
    page.get_by_role("button", name="Generate the report").click()
    until = time.monotonic() + PATIENCE / 1000
    while not page.locator("#line", has_text="All 9 ready").is_visible() and time.monotonic() < until:
        page.get_by_role("link", name="Refresh").click()
        page.wait_for_timeout(200)
    expect(page.locator("section.block[data-state=running]")).to_have_count(0)
    expect(page.locator("#line")).to_contain_text("All 9 ready")
