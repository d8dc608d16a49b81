"""Two authors, a network that drops, a page that closes, another person: no typed word is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Cookie, Dialog, Route, expect

from tests.e2e.studio.cases import COLLEAGUE
from tests.e2e.studio.conftest import Builder

pytestmark = pytest.mark.service("chromium")


def take_cookies(builder: Builder, cookies: list[Cookie]) -> None:
    """Who these cookies belong to is who is signed in."""
    builder.context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "domain": one["domain"], "path": one["path"]}
            for one in cookies
        ]
    )


def come_into_conflict(ann: Builder, bea: Builder, slug: str) -> None:
    """Both type in the same block, and Bea's browser is cut off for a while."""
    for one in (ann, bea):
        one.open(slug).open_card("Summary")
    bea.context.set_offline(True)
    ann.instructions("Summary").fill("What Ann wants.")
    ann.until_saved()
    bea.instructions("Summary").fill("What Bea wants.")
    expect(bea.card("Summary").locator("[data-saving]")).to_contain_text("Not saved yet")
    bea.context.set_offline(False)
    expect(bea.card("Summary").get_by_role("alert")).to_contain_text("author changed “Summary”")
    expect(bea.page.locator("#studio-saving")).to_have_text("Not all is saved")


def test_what_two_type_in_two_blocks_is_kept_and_seen_by_both(sign_in: Callable[[str], Builder]) -> None:
    ann, bea = sign_in("author").open("shared"), sign_in(COLLEAGUE).open("shared")
    ann.open_card("Summary")
    bea.open_card("Risks")
    bea.instructions("Risks").focus()
    ann.instructions("Summary").fill("What Ann wants.")
    bea.page.keyboard.press("End")
    bea.page.keyboard.type(" And what Bea wants.", delay=20)
    for one in (ann, bea):
        one.until_saved()
        expect(one.card("Summary").locator(".card-words")).to_have_text("What Ann wants.")
        expect(one.card("Risks").locator(".card-words")).to_contain_text("And what Bea wants.")
    expect(bea.instructions("Risks")).to_be_focused()
    ann.page.keyboard.press("Escape")
    ann.page.keyboard.press("Alt+ArrowDown")
    expect(bea.page.locator("#cards > li").nth(2)).to_have_attribute("data-called", "Actions")
    expect(bea.instructions("Risks")).to_be_focused()


def test_of_two_who_type_in_one_block_the_second_is_asked_and_may_save_theirs(
    sign_in: Callable[[str], Builder],
) -> None:
    ann, bea = sign_in("author"), sign_in(COLLEAGUE)
    come_into_conflict(ann, bea, "conflict")
    bea.card("Summary").get_by_role("button", name="Save mine").click()
    bea.until_saved()
    expect(ann.instructions("Summary")).to_have_value("What Bea wants.")


def test_of_two_who_type_in_one_block_the_second_may_take_the_others(
    sign_in: Callable[[str], Builder],
) -> None:
    ann, bea = sign_in("author"), sign_in(COLLEAGUE)
    come_into_conflict(ann, bea, "theirs")
    bea.card("Summary").get_by_role("button", name="Take theirs").click()
    expect(bea.instructions("Summary")).to_have_value("What Ann wants.")
    bea.until_saved()
    expect(ann.instructions("Summary")).to_have_value("What Ann wants.")


def test_what_is_typed_in_a_part_that_somebody_deletes_stays_in_sight(
    sign_in: Callable[[str], Builder],
) -> None:
    ann, bea = sign_in("author").open("deleted"), sign_in(COLLEAGUE).open("deleted")
    bea.open_card("Risks")
    bea.context.set_offline(True)
    bea.instructions("Risks").fill("Typed for nothing?")
    ann.do("Risks", "remove")
    expect(ann.card("Risks")).to_have_count(0)
    bea.context.set_offline(False)
    gone = bea.page.locator("#card-block-risks")
    expect(gone.get_by_role("alert")).to_contain_text("copy what you need")
    expect(gone.get_by_label("Instructions", exact=True)).to_have_value("Typed for nothing?")
    expect(bea.page.locator("#studio-saving")).to_have_text("Not all is saved")
    gone.get_by_role("button", name="Let it go").click()
    expect(gone).to_have_count(0)
    bea.until_saved()


def test_what_is_typed_while_the_network_is_away_arrives_when_it_is_back(author: Builder) -> None:
    author.open("offline").open_card("Summary")
    author.context.set_offline(True)
    author.instructions("Summary").fill("Typed in a tunnel.")
    expect(author.card("Summary").locator("[data-saving]")).to_contain_text("Not saved yet")
    author.instructions("Summary").press_sequentially(" And in the next.")
    author.context.set_offline(False)
    author.until_saved()
    author.page.reload()
    author.open_card("Summary")
    expect(author.instructions("Summary")).to_have_value("Typed in a tunnel. And in the next.")


def test_a_save_whose_answer_is_lost_is_sent_again_and_is_no_conflict(author: Builder) -> None:
    author.open("lost").open_card("Summary")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append("once")
            route.fetch()
            route.abort()

    author.page.route(
        "**/parts/block-summary/", lambda r: lose(r) if r.request.method == "POST" else r.continue_()
    )
    author.instructions("Summary").fill("Sent twice.")
    expect(author.card("Summary").locator("[data-saving]")).to_contain_text("Not saved yet")
    author.instructions("Summary").press_sequentially(" And once more.")
    author.until_saved()
    expect(author.card("Summary").locator(".card-conflict")).to_have_count(0)
    expect(author.card("Summary").locator(".card-words")).to_have_text("Sent twice. And once more.")


def test_who_closes_the_page_in_mid_word_loses_nothing(author: Builder) -> None:
    author.open("leaving").open_card("Summary")
    author.instructions("Summary").fill("Typed and gone.")
    author.page.close(run_before_unload=True)
    author.page = author.context.new_page()
    author.open("leaving").open_card("Summary")
    expect(author.instructions("Summary")).to_have_value("Typed and gone.")


def test_who_leaves_while_nothing_can_be_saved_is_warned(author: Builder) -> None:
    author.open("leaving").open_card("Risks")
    author.context.set_offline(True)
    author.instructions("Risks").fill("Not saved.")
    expect(author.card("Risks").locator("[data-saving]")).to_contain_text("Not saved yet")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    author.page.on("dialog", stay)
    with author.page.expect_event("dialog"):
        author.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    assert author.instructions("Risks").input_value() == "Not saved."
    author.context.set_offline(False)
    author.until_saved()


def test_who_is_signed_out_saves_after_signing_in_again_elsewhere(author: Builder) -> None:
    author.open("signed-out").open_card("Summary")
    kept = author.context.cookies()
    author.context.clear_cookies(name="sessionid")
    author.instructions("Summary").fill("Typed by nobody.")
    expect(author.card("Summary").locator("[data-saving]")).to_contain_text("signed out")
    take_cookies(author, kept)
    author.until_saved()
    author.page.reload()
    author.open_card("Summary")
    expect(author.instructions("Summary")).to_have_value("Typed by nobody.")


def test_nothing_is_saved_in_the_name_of_another_who_signed_in_on_that_browser(
    author: Builder, sign_in: Callable[[str], Builder]
) -> None:
    author.open("another").open_card("Summary")
    take_cookies(author, sign_in(COLLEAGUE).context.cookies())
    author.instructions("Summary").fill("In whose name?")
    expect(author.card("Summary").get_by_role("alert")).to_contain_text("signed in")
    expect(author.page.locator("#studio-saving")).to_have_text("Not all is saved")
    expect(author.instructions("Summary")).to_have_value("In whose name?")
