"""Versions in a real browser: published, compared, gone back from, taken along; a report moved forward."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fillapp.demo import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.running import RunningFill

pytestmark = pytest.mark.service("chromium")
ROOM = "/templates/{slug}/versions/"
# A template of the author's with two versions and another draft; a finished report on the first version.
MAKE = """
from django.contrib.auth.models import User
from templates.publish import publish, save_draft
from tests.factories import BLOCKS, finish_all, make_body, make_report
author = User.objects.get(username="author")
def change(**changes):
    return [part | changes if part.get("block") == "summary" else part for part in BLOCKS]
template = save_draft(make_body(name="{slug}"), slug="{slug}", owner=author)
first = publish(template, note="The first", by=author)
report = make_report(first.snapshot, title="Visit for {slug}", owner=author, template=template, version=first)
finish_all(report)
save_draft(make_body(change(instructions="What was decided."), name="{slug}"), slug="{slug}")
publish(template, note="The second", by=author)
save_draft(make_body(change(instructions="What was decided, and by whom."), name="{slug}"), slug="{slug}")
"""


def enter(page: Page, fill: RunningFill, slug: str) -> None:
    """Be the author in the room of a template of one's own."""
    fill.run(MAKE.format(slug=slug))
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto(ROOM.format(slug=slug))


def choose(page: Page, version: int, what: str) -> None:
    """From the menu of a version, by the keyboard alone."""
    page.get_by_label(f"More for version {version}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=what).focus()
    page.keyboard.press("Enter")


def test_a_draft_is_compared_published_and_gone_back_from(visit: Visit, offline_fill: RunningFill) -> None:
    page = visit.page
    enter(page, offline_fill, "back-and-forth")
    expect(page.locator(".changes")).to_contain_text("“Summary” is changed: instructions.")
    page.get_by_role("link", name="See every change").click()
    expect(page.locator("ins")).to_contain_text(", and by whom")
    page.get_by_label("From", exact=True).select_option("1")
    page.get_by_label("To", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("del").first).to_contain_text("discussed")
    page.goto(ROOM.format(slug="back-and-forth"))
    page.get_by_label("Note").fill("By whom")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 3 is published.")).to_be_visible()
    choose(page, 1, "Go back to it")
    page.get_by_role("button", name="Publish it again").click()
    expect(page.get_by_text("Version 1 is published again, as version 4.")).to_be_visible()
    expect(page.locator(".version-said").first).to_have_text("Version 1 again")
    assert visit.complaints == []


def test_a_report_moves_forward_once_it_was_seen_what_changes(
    visit: Visit, offline_fill: RunningFill
) -> None:
    page = visit.page
    enter(page, offline_fill, "forward")
    page.get_by_role("link", name="Move Visit for forward to version 2").click()
    expect(page.locator(".fate.is-changed")).to_contain_text("Summary")
    page.get_by_role("button", name="Move to version 2").click()
    expect(page.get_by_text("The report follows version 2 now.")).to_be_visible()
    expect(page.get_by_text("All went well.")).to_be_visible()
    page.goto(ROOM.format(slug="forward"))
    expect(page.get_by_text("Reports on older versions")).to_have_count(0)
    assert visit.complaints == []


def test_a_template_is_taken_along_and_in_again_without_script(
    plain_page: Page, offline_fill: RunningFill, tmp_path: Path
) -> None:
    enter(plain_page, offline_fill, "along")
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="With the examples, too").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "along-draft.filltemplate"
    plain_page.goto("/templates/")
    plain_page.get_by_label("Template file").set_input_files(path)
    plain_page.get_by_role("button", name="Import").click()
    expect(plain_page.get_by_text("“along” is here, as a draft.")).to_be_visible()
    assert plain_page.url.endswith("/templates/along-2/versions/")
