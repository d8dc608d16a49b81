"""The Word look in a real browser: styles chosen by keyboard, pages that follow, and without script."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import FilePayload, Page, expect

from fillapp.demo import PASSWORD
from tests.e2e.conftest import Visit
from tests.templates.word.house.files import saved
from tests.templates.word.house.houses import own_names

pytestmark = pytest.mark.service("chromium")
LOOK = "/templates/meeting-minutes/look/"


def open_look(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto(LOOK)


def give_own_names(page: Page) -> None:
    content = FilePayload(name="acme.docx", mimeType="application/zip", buffer=saved(own_names()))
    page.locator("#style").set_input_files([content])
    page.get_by_role("button", name=re.compile("^(Use this file|Replace)$")).click()
    page.get_by_text("Reports are written in the style of “acme.docx”.").wait_for()


def sample_style(page: Page, text: str) -> str:
    """The style of a paragraph in the sample that the page offers."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Word").click()
    document = Document(BytesIO(Path(download.value.path()).read_bytes()))
    [paragraph] = [one for one in document.paragraphs if one.text == text]
    assert paragraph.style is not None
    return str(paragraph.style.name)


@pytest.mark.service("libreoffice")
def test_a_style_chosen_by_keyboard_is_saved_drawn_and_in_the_word_file(visit: Visit) -> None:
    page = visit.page
    open_look(page)
    give_own_names(page)
    pages = page.get_by_role("img", name=re.compile("^Page 1 of"))
    pages.wait_for(timeout=60_000)
    before = pages.get_attribute("src")

    heading = page.get_by_label("Heading 1", exact=True)
    expect(heading.locator("option").first).to_have_text("Detected: ACME Heading (by its outline level)")
    heading.focus()
    page.keyboard.type("ACME Sh")
    expect(heading).to_have_value("ACME Shout")
    expect(heading).to_be_focused()
    expect(pages).not_to_have_attribute("src", before or "", timeout=60_000)
    expect(page.get_by_role("status")).to_contain_text("drawn by LibreOffice")
    assert sample_style(page, "Every style once") == "ACME Shout"

    # Two in a row: the second is no conflict with the first.
    page.get_by_label("Plain text").select_option("ACME Body")
    page.get_by_label("Table", exact=True).select_option("ACME Plain")
    expect(page.get_by_role("status")).to_contain_text("drawn by LibreOffice", timeout=60_000)
    page.reload()
    expect(page.get_by_label("Plain text")).to_have_value("ACME Body")
    expect(page.get_by_label("Table", exact=True)).to_have_value("ACME Plain")

    page.locator(".look-sheets a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".look-sheets a").first).to_be_focused()
    assert visit.complaints == []


@pytest.mark.service("libreoffice")
def test_styles_are_chosen_and_pages_appear_without_script_too(plain_page: Page) -> None:
    open_look(plain_page)
    give_own_names(plain_page)
    plain_page.get_by_label("Heading 1", exact=True).select_option("ACME Section")
    plain_page.get_by_role("button", name="Save").click()
    plain_page.get_by_text("Saved.").wait_for()
    expect(plain_page.get_by_label("Heading 1", exact=True)).to_have_value("ACME Section")
    plain_page.get_by_role("img", name=re.compile("^Page 1 of")).wait_for(timeout=60_000)
    assert sample_style(plain_page, "Every style once") == "ACME Section"
