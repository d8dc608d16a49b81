"""A Word report becomes a template: given, looked through, made, by mouse and kept through a reload."""

import pytest
from playwright.sync_api import Page, expect

from fillapp.demo import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.importing import FIXED, import_two

pytestmark = pytest.mark.service("chromium")


def come_to_import(page: Page) -> None:
    page.goto("/templates/import/")
    page.get_by_label("User name").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    import_two(page)


def test_two_reports_become_a_template_with_what_was_decided(visit: Visit) -> None:
    page = visit.page
    come_to_import(page)
    parts = page.locator("[data-proposal]")
    expect(parts).to_have_count(5)
    expect(parts.nth(1)).to_contain_text("The same in all 2 reports.")
    parts.nth(1).get_by_role("checkbox").uncheck()
    expect(page.locator("[data-counts]")).to_contain_text("Dropped")
    parts.nth(4).locator("summary").click()
    parts.nth(4).get_by_label("Becomes").select_option("Long text")
    expect(parts.nth(4)).to_contain_text("Changed by you.")
    parts.nth(4).get_by_label("Instructions").fill("What might go wrong.")
    page.get_by_label("Name").fill("Minutes of a month")
    page.get_by_label("Name").blur()
    expect(page.locator("[data-import-said]")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("Minutes of a month")
    expect(parts.nth(1).get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Make the template").click()
    page.wait_for_url("**/templates/minutes-of-a-month/")
    expect(page.get_by_text("The template is made.")).to_be_visible()
    expect(page.get_by_text("What might go wrong.").first).to_be_visible()
    expect(page.get_by_text(FIXED)).to_have_count(0)
    assert visit.complaints == []


def test_what_could_not_be_saved_is_saved_with_the_next_change(visit: Visit) -> None:
    page = visit.page
    come_to_import(page)
    said, parts = page.locator("[data-import-said]"), page.locator("[data-proposal]")
    page.route("**/templates/import/*/", lambda route: route.abort())
    page.get_by_label("Name").fill("Minutes of a year")
    expect(said).to_contain_text("Not saved")
    page.unroute("**/templates/import/*/")
    parts.nth(1).get_by_role("checkbox").uncheck()
    expect(said).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("Minutes of a year")
    expect(parts.nth(1).get_by_role("checkbox")).not_to_be_checked()
    assert all("ERR_FAILED" in one for one in visit.complaints)
