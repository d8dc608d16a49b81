"""My reports in a real browser: found, renamed, copied, deleted, shared; with keys alone; without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.running import RunningFill

pytestmark = pytest.mark.service("chromium")
TITLES = ("Roof of the library", "Lease of the annex", "Opening hours", "Winter programme", "Reading group")
# Finished reports of the demo person, each part with the example of its kind.
MAKE = """
import uuid
from django.contrib.auth.models import User
from fillapp.demo import create_demo_report
from generation.copies import copy_report
from generation.models import Candidate, Report
User.objects.filter(username="author").update(first_name="Maren", last_name="Aalto")
first = create_demo_report()
for fill in first.fills.all():
    value = first.snapshot.parsed.block(fill.block).type.example().value.model_dump(mode="json")
    fill.chosen = Candidate.objects.create(
        fill=fill, number=1, value=value, profile="offline", attempt=uuid.uuid4())
    fill.state = "done"
    fill.save()
for title in {titles}:
    copy = copy_report(first, owner=first.owner)
    Report.objects.filter(pk=copy.pk).update(title=title)
writing = copy_report(first, owner=first.owner)
Report.objects.filter(pk=writing.pk).update(title="Annual report", queue="nobody's")
writing.fills.filter(position=0).update(state="queued")
# Not among the reports, and not to be filled.
Report.objects.filter(pk=first.pk).update(purpose="test", finished=first.created)
"""

FINISH = """
from generation.models import Fill
Fill.objects.filter(report__title="Annual report").update(state="done")
"""


@pytest.fixture(scope="module")
def reports(offline_fill: RunningFill) -> None:
    """One report a test, so that none waits for another."""
    offline_fill.run(MAKE.format(titles=TITLES))


def open_reports(page: Page, who: str = "demo") -> None:
    page.goto("/sign-in/?next=/reports/")
    page.get_by_label("User name").fill(who)
    page.get_by_label("Password").fill("fill-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Reports", exact=True).wait_for()


def row(page: Page, title: str) -> Locator:
    return page.locator(".row").filter(has=page.get_by_role("link", name=title, exact=True))


def choose(page: Page, title: str, item: str) -> None:
    """Choose an item of a report's menu."""
    one = row(page, title)
    one.locator("summary").click()
    one.locator(".menu-item", has_text=item).first.click()


@pytest.fixture
def colleague(browser: Browser, site: str) -> Iterator[Page]:
    """A browser of another person."""
    context = browser.new_context(base_url=site)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_the_list_follows_what_is_typed_and_the_address_keeps_it(reports: None, visit: Visit) -> None:
    page = visit.page
    open_reports(page)
    page.get_by_role("searchbox", name="Search").press_sequentially("opening ho")
    expect(page.locator("[data-found-said]")).to_have_text("1 report")
    expect(page.locator(".row-title")).to_have_text(["Opening hours"])
    assert page.url.endswith("/reports/?q=opening+ho")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()

    page.get_by_label("State").select_option("Reviewed")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.reload()
    expect(page.get_by_label("State")).to_have_value("reviewed")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".row").nth(3)).to_be_visible()
    assert visit.complaints == []


def test_a_report_is_renamed_where_it_stands(reports: None, visit: Visit) -> None:
    page = visit.page
    open_reports(page)
    choose(page, "Roof of the library", "Rename")
    box = page.get_by_label("Title of the report")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(page.get_by_role("link", name="Roof of the library", exact=True)).to_be_focused()

    choose(page, "Roof of the library", "Rename")
    box.fill("   ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="A report needs a title")).to_be_visible()
    box.fill("Roof & gutter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Roof & gutter", exact=True)).to_be_focused()
    assert page.url.endswith("/reports/")
    page.reload()
    expect(row(page, "Roof & gutter")).to_have_count(1)
    # The browser itself notes the refusal.
    assert [one for one in visit.complaints if "422" not in one] == []


def test_what_is_typed_as_a_title_outlives_a_lost_connection(reports: None, visit: Visit) -> None:
    page = visit.page
    open_reports(page)
    choose(page, "Reading group", "Rename")
    page.get_by_label("Title of the report").fill("Reading circle")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.get_by_text("The connection was lost")).to_be_visible()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Reading circle", exact=True)).to_be_focused()


def test_a_copy_is_made_deleted_and_brought_back_with_the_keyboard_alone(reports: None, visit: Visit) -> None:
    page = visit.page
    open_reports(page)
    menu = row(page, "Winter programme").locator("summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.locator("details[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Winter programme (copy)").wait_for()

    page.goto("/reports/")
    row(page, "Winter programme (copy)").locator("summary").focus()
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Delete")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Winter programme (copy)” is deleted.")).to_be_visible()
    expect(row(page, "Winter programme (copy)")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Winter programme (copy)” is back.")).to_be_visible()
    expect(row(page, "Winter programme (copy)")).to_have_count(1)
    assert visit.complaints == []


def test_a_report_is_shared_and_seen_by_another_person(reports: None, visit: Visit, colleague: Page) -> None:
    page = visit.page
    open_reports(colleague, "author")
    expect(row(colleague, "Lease of the annex")).to_have_count(0)
    open_reports(page)
    choose(page, "Lease of the annex", "Share")
    page.get_by_label("Name of a person or a group").press_sequentially("aalt")
    page.get_by_role("button", name="Let view: Maren Aalto").click()
    expect(page.get_by_text("Maren Aalto can view it now.")).to_be_visible()

    colleague.reload()
    expect(row(colleague, "Lease of the annex")).to_contain_text("from demo, to view")
    row(colleague, "Lease of the annex").locator("summary").click()
    expect(row(colleague, "Lease of the annex").locator(".menu-item")).to_have_text(
        ["Duplicate", "Start again with new documents", "History"]
    )
    page.get_by_role("button", name="Let edit: Maren Aalto").click()
    expect(page.get_by_text("Maren Aalto can edit it now.")).to_be_visible()
    colleague.reload()
    choose(colleague, "Lease of the annex", "Rename")
    colleague.get_by_label("Title of the report").fill("Lease, second floor")
    colleague.keyboard.press("Enter")
    expect(row(colleague, "Lease, second floor")).to_have_count(1)

    page.get_by_role("button", name="Remove Maren Aalto").click()
    expect(page.get_by_text("no longer shared with Maren Aalto")).to_be_visible()
    colleague.reload()
    expect(row(colleague, "Lease, second floor")).to_have_count(0)
    assert visit.complaints == []


def test_all_of_it_works_without_script(reports: None, plain_page: Page) -> None:
    page = plain_page
    open_reports(page)
    page.get_by_label("Search").first.fill("opening")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".row-title")).to_have_text(["Opening hours"])
    choose(page, "Opening hours", "Rename")
    page.get_by_label("Title of the report").fill("Opening times")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("q=opening"))
    choose(page, "Opening times", "Delete")
    expect(page.get_by_text("“Opening times” is deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("“Opening times” is back.")).to_be_visible()
    choose(page, "Opening times", "History")
    expect(page.get_by_text("9 events")).to_be_visible()
    page.get_by_label("Part").select_option("Budget")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 event", exact=True)).to_be_visible()


def test_a_report_that_gets_finished_is_seen_to_be(
    reports: None, visit: Visit, offline_fill: RunningFill
) -> None:
    page = visit.page
    open_reports(page)
    expect(row(page, "Annual report")).to_contain_text("8 of 9 ready")
    offline_fill.run(FINISH)
    expect(row(page, "Annual report")).to_contain_text("0 of 9 reviewed")
    assert page.url.endswith("/reports/")


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_no_list_is_wider_than_the_screen(width: int, reports: None, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    open_reports(page)
    number = page.locator(".row-title").first.get_attribute("href")
    for address in (
        "/reports/",
        "/reports/deleted/",
        f"{number}history/",
        f"{number}sharing/?q=a",
        f"{number}rename/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/reports/")
    page.locator("summary").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
