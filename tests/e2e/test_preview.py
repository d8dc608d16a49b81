"""The preview and the printed report in a real browser."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Page

from fillapp.demo import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.states import WALKER

pytestmark = pytest.mark.service("chromium")


def sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(WALKER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


@pytest.mark.service("libreoffice")
def test_pages_appear_by_themselves_and_are_turned_and_enlarged_by_keyboard(
    visit: Visit, states: dict[str, int]
) -> None:
    page = visit.page
    sign_in(page)
    page.goto(f"/reports/{states['long']}/preview/")
    page.get_by_role("img", name="Page 1 of 3").wait_for(timeout=60_000)
    current = page.locator(".thumbs a[aria-current]")
    assert current.get_attribute("href") == "#page-1"

    page.get_by_role("region", name="Pages as Word shows them").focus()
    page.keyboard.press("ArrowRight")
    page.locator('.thumbs a[aria-current][href="#page-2"]').wait_for()
    page.keyboard.press("ArrowLeft")
    page.locator('.thumbs a[aria-current][href="#page-1"]').wait_for()

    sheet = page.locator("#page-1")
    assert sheet.evaluate("one => one.decode().then(() => one.naturalWidth)") > 1000
    before = sheet.bounding_box()
    page.get_by_label("Zoom").select_option("200 %")
    after = sheet.bounding_box()
    assert before
    assert after
    assert after["width"] > 1.8 * before["width"]
    assert visit.complaints == []


@pytest.mark.service("libreoffice")
def test_pages_appear_without_script_too(plain_page: Page, states: dict[str, int]) -> None:
    sign_in(plain_page)
    plain_page.goto(f"/reports/{states['problems']}/preview/")
    plain_page.get_by_role("img", name="Page 1 of").first.wait_for(timeout=60_000)


def test_only_the_paper_is_printed_and_a_table_names_its_columns_on_every_page(
    visit: Visit, states: dict[str, int]
) -> None:
    sign_in(visit.page)
    visit.page.goto(f"/reports/{states['long']}/")
    document = pypdfium2.PdfDocument(io.BytesIO(visit.page.pdf(format="A4")))
    # Without its spaces: repeated rows are read letter by letter.
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert pages[0].startswith("Report,long")
    for chrome in ("Signout", "Download", "Accept", "Toreview", "transcript.txt", "Skipto"):
        assert not [page for page in pages if chrome in page]
    with_rows = [page for page in pages if "Mendroof" in page]
    assert len(with_rows) == 4
    assert all("ActionCostMendroof" in page for page in with_rows)
    assert "Thetenantmayleave." in pages[-1]
