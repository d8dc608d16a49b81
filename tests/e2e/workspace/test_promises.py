"""Nothing is ever lost, and nothing happens to what one does not see: what tired hands do to a report."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from fillapp.demo import PASSWORD
from tests.e2e.workspace.cases import COLLEAGUE
from tests.e2e.workspace.conftest import PART, Person
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")
NOT_SAVED = "Not saved yet"
ASK_AGAIN = """address => fetch(address, {
  method: "POST",
  body: JSON.stringify({ note: "", versions: 1 }),
  headers: {
    "Content-Type": "application/json",
    "X-CSRFToken": /csrftoken=([^;]+)/.exec(document.cookie)[1],
  },
})"""


def cut_off(person: Person) -> None:
    person.context.set_offline(True)


def slow_down(page: Page, address: str) -> None:
    """Let what is sent there take half a second."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route(address, wait)


def close_page(person: Person) -> None:
    """As a crash does; the network is back afterwards."""
    person.page.close(run_before_unload=False)
    person.context.set_offline(False)
    person.page = person.context.new_page()


def test_what_is_typed_before_the_editor_is_there_is_in_the_text(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise"]).page
    slow_down(page, "**/risks/document.json")
    demo.block("risks").locator("li p, li").first.click()
    page.keyboard.type("Too soon")
    page.keyboard.press("Enter")
    page.keyboard.type("typed")
    expect(demo.block("risks").locator(".ProseMirror li").nth(1)).to_contain_text("typed")
    expect(demo.block("risks").locator(".ProseMirror")).to_contain_text("Too soon")
    demo.until_saved()


def test_a_choice_that_never_arrived_is_back_in_the_next_page(demo: Person, cases: dict[str, int]) -> None:
    demo.open(cases["promise_choice"])
    cut_off(demo)
    demo.block("outcome").get_by_label("Approved").check()
    expect(demo.page.locator("#saving")).to_have_text(NOT_SAVED)
    close_page(demo)
    demo.open(cases["promise_choice"])
    expect(demo.block("outcome").get_by_label("Approved")).to_be_checked()
    demo.until_saved()
    demo.page.reload()
    expect(demo.block("outcome").get_by_label("Approved")).to_be_checked()


def test_two_choices_for_one_part_are_settled_without_a_new_page(
    sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    ann, bea = sign_in("demo").open(cases["conflict"]), sign_in(COLLEAGUE).open(cases["conflict"])
    bea.context.set_offline(True)
    bea.page.evaluate("window.isSamePage = true")
    bea.block("outcome").get_by_label("Approved").check()
    bea.block("outcome").get_by_label("Deferred").check()
    expect(bea.page.locator("#saving")).to_have_text(NOT_SAVED)
    ann.block("outcome").get_by_label("Approved").check()
    ann.until_saved()
    bea.context.set_offline(False)
    bea.block("outcome").get_by_role("button", name="Take the other text").click()
    expect(bea.block("outcome").get_by_label("Approved")).to_be_checked()
    expect(bea.page.locator(".conflict")).to_have_count(0)
    assert bea.page.evaluate("window.isSamePage") is True


def test_a_draft_older_than_the_text_is_shown_as_a_conflict_and_overwrites_nothing(
    sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    demo, bea = sign_in("demo"), sign_in(COLLEAGUE)
    demo.open(cases["promise_restore"])
    demo.type_in("summary", "")
    cut_off(demo)
    demo.page.keyboard.type(" Mine.")
    expect(demo.page.locator("#saving")).to_have_text(NOT_SAVED)
    close_page(demo)
    bea.open(cases["promise_restore"]).type_in("summary", " Hers.")
    bea.until_saved()

    demo.open(cases["promise_restore"])
    conflict = demo.block("summary").locator(".conflict")
    expect(conflict).to_contain_text("Bea Roth changed this part")
    expect(bea.block("summary")).to_contain_text("Hers.")
    expect(bea.block("summary")).not_to_contain_text("Mine.")
    conflict.get_by_role("button", name="Keep my text").click()
    demo.until_saved()
    expect(bea.block("summary")).to_contain_text("Mine.")


def test_nobody_is_given_the_drafts_of_another_on_the_same_browser(
    demo: Person, cases: dict[str, int]
) -> None:
    demo.open(cases["promise_restore"])
    demo.type_in("risks", "")
    cut_off(demo)
    demo.page.keyboard.type(" Only mine.")
    expect(demo.page.locator("#saving")).to_have_text(NOT_SAVED)
    close_page(demo)
    demo.context.clear_cookies()
    demo.page.goto("/sign-in/")
    demo.page.get_by_label("User name").fill(COLLEAGUE)
    demo.page.get_by_label("Password").fill(PASSWORD)
    demo.page.keyboard.press("Enter")
    demo.page.locator(".bar-who").wait_for()
    demo.open(cases["promise_restore"])
    demo.page.wait_for_timeout(500)
    expect(demo.block("risks")).not_to_contain_text("Only mine.")


def test_whoever_signs_in_again_in_another_tab_goes_on_where_they_were(
    demo: Person, cases: dict[str, int]
) -> None:
    demo.open(cases["promise"])
    demo.type_in("summary", "")
    demo.context.clear_cookies(name="sessionid")
    demo.page.keyboard.type(" While signed out.")
    expect(demo.block("summary").locator("[data-save]")).to_contain_text("You are signed out.")
    other = demo.context.new_page()
    other.goto("/sign-in/")
    other.get_by_label("User name").fill("demo")
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    other.locator(".bar-who").wait_for()
    demo.page.keyboard.type(" And back.")
    demo.until_saved()
    demo.page.reload()
    expect(demo.block("summary")).to_contain_text("While signed out. And back.")


def test_what_waited_for_a_version_that_never_came_is_saved(
    demo: Person, cases: dict[str, int], model: SimulatedLLM
) -> None:
    page = demo.open(cases["promise_held"]).page
    demo.type_in("summary", "")
    model.reset(Behaviour(part_after=PART, words=30, latency=60, chunks=200))
    page.keyboard.type(" Typed in time.")
    # Somebody else has it written again before this is saved.
    page.evaluate(ASK_AGAIN, f"/reports/{cases['promise_held']}/blocks/summary/generate/")
    expect(demo.block("summary").locator("[data-save]")).to_have_text("Saved once the new version is there")
    demo.block("summary").locator("[data-do=stop]").click()
    demo.until_saved()
    page.reload()
    expect(demo.block("summary")).to_contain_text("Typed in time.")


def test_a_text_that_cannot_be_saved_is_not_accepted_in_its_place(
    demo: Person, cases: dict[str, int]
) -> None:
    page = demo.open(cases["promise"]).page
    demo.type_in("due", "")
    page.keyboard.press("Control+a")
    page.keyboard.type("next Tuesday")
    demo.do("due", "accept")
    expect(page.locator("#toast")).to_have_text("Not yet: “Due”. What you typed there is not saved yet.")
    expect(demo.block("due").locator("[data-save]")).to_contain_text("“next Tuesday” is not a date")
    expect(demo.block("due")).not_to_have_attribute("data-review", "accepted")
    expect(demo.block("due").locator(".ProseMirror")).to_have_text("next Tuesday")


def test_the_word_file_holds_what_was_typed_a_moment_ago(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_links"]).page
    demo.type_in("summary", " A moment ago.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Word").click()
    assert download.value.path()
    expect(page.locator("#saving")).to_have_text("All saved")
    result = page.evaluate("address => fetch(address).then((r) => r.json())", _result(page))
    assert "A moment ago." in json.dumps(result)


def _result(page: Page) -> str:
    return page.get_by_role("link", name="Download as data").get_attribute("href") or ""


def test_nobody_is_torn_from_what_they_type(demo: Person, cases: dict[str, int], model: SimulatedLLM) -> None:
    page = demo.open(cases["promise_others"]).page
    slow_down(page, "**/blocks/summary/decide/")
    demo.block("risks").locator("li").first.click()
    demo.block("risks").locator(".ProseMirror-focused").wait_for()
    demo.do("summary", "accept")
    demo.block("risks").locator(".ProseMirror li").first.click()
    page.keyboard.type("axl ")
    expect(demo.block("summary")).to_have_attribute("data-review", "accepted")
    page.keyboard.type("more")
    expect(demo.block("risks").locator(".ProseMirror-focused")).to_contain_text("axl more")

    demo.do("summary", "again")
    page.get_by_role("button", name="Three to choose from").click()
    demo.block("risks").locator(".ProseMirror li").first.click()
    expect(page.locator("#toast")).to_contain_text("New versions of “Summary” are there.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#toast").get_by_role("button", name="Compare and choose").click()
    expect(page.get_by_role("dialog").locator(".offered").first).to_be_visible()


def test_versions_that_are_there_before_the_server_has_answered_are_shown(
    demo: Person, cases: dict[str, int]
) -> None:
    page = demo.open(cases["promise_late"]).page

    def answer_late(route: Route) -> None:
        response = route.fetch()
        expect(demo.block("summary")).to_have_attribute("data-state", "ready")
        expect(demo.block("summary").locator("[data-do=offer]")).to_be_visible()
        route.fulfill(response=response)

    page.route("**/blocks/summary/generate/", answer_late)
    demo.do("summary", "again")
    page.get_by_role("button", name="Three to choose from").click()
    expect(page.get_by_role("dialog").locator(".offered").first).to_be_visible()


def test_a_key_decides_nothing_on_a_part_that_is_out_of_sight(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_others"]).page
    page.set_viewport_size({"width": 900, "height": 300})
    page.keyboard.press("j")
    expect(demo.block("summary")).to_be_focused()
    demo.page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    before = demo.block("summary").get_attribute("data-review")
    page.keyboard.press("x")
    expect(page.locator("#toast")).to_have_text("This is “Summary”. Press the key once more.")
    assert demo.block("summary").get_attribute("data-review") == before
    expect(demo.block("summary")).to_be_in_viewport()
    page.keyboard.press("x")
    expect(demo.block("summary")).to_have_attribute("data-review", "rejected")


def test_a_version_put_back_is_what_one_types_on(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_held"]).page
    demo.type_in("risks", " First.")
    demo.until_saved()
    demo.do("risks", "about")
    page.get_by_role("button", name="Compare Version 1").click()
    page.get_by_role("button", name="Put this version back").click()
    expect(demo.block("risks").locator(".ProseMirror")).to_have_text("The tenant may leave.")
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(demo.block("risks").locator(".ProseMirror")).to_have_text("The tenant may leave. First.")


def test_a_wish_begun_for_one_part_waits_there(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["promise_others"]).page
    demo.do("risks", "again")
    wish = page.get_by_label("What the next version should heed")
    wish.fill("shorter")
    demo.do("actions", "again")
    expect(page.locator("#about .about-title")).to_have_text("Actions")
    expect(wish).to_have_value("")
    demo.do("risks", "again")
    expect(wish).to_have_value("shorter")


def test_undo_does_not_take_back_what_a_colleague_decided(
    sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    ann, bea = sign_in("demo").open(cases["promise_cells"]), sign_in(COLLEAGUE).open(cases["promise_cells"])
    ann.do("risks", "accept")
    expect(bea.block("risks")).to_have_attribute("data-review", "accepted")
    bea.do("risks", "reopen")
    bea.do("risks", "reject")
    expect(ann.block("risks")).to_have_attribute("data-review", "rejected")
    ann.page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(ann.page.locator("#toast")).to_contain_text("“Risks” was decided on again since.")
    expect(bea.block("risks")).to_have_attribute("data-review", "rejected")


def test_a_server_that_errs_or_answers_half_is_tried_again(demo: Person, cases: dict[str, int]) -> None:
    demo.open(cases["promise_cells"])
    demo.type_in("summary", "")
    answers = [
        (500, "text/html", "<h1>Server Error</h1>"),
        (200, "application/json", '{"blocks": ['),
    ]

    def err(route: Route) -> None:
        if answers:
            status, kind, body = answers.pop()
            route.fulfill(status=status, content_type=kind, body=body)
        else:
            route.continue_()

    demo.page.route("**/blocks/summary/edit/", err)
    demo.page.keyboard.type(" Third time.")
    demo.until_saved()
    assert not answers
    demo.page.reload()
    expect(demo.block("summary")).to_contain_text("Third time.")


def test_a_version_is_not_put_over_a_text_that_came_while_one_looked(
    sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    ann, bea = sign_in("demo").open(cases["undo"]), sign_in(COLLEAGUE).open(cases["undo"])
    ann.type_in("risks", " Ann.")
    ann.until_saved()
    ann.do("risks", "about")
    ann.page.get_by_role("button", name="Compare Version 1").click()
    expect(bea.block("risks")).to_contain_text("Ann.")
    bea.type_in("risks", " Bea.")
    bea.until_saved()
    expect(ann.block("risks")).to_contain_text("Bea.")
    ann.page.get_by_role("button", name="Put this version back").click()
    expect(ann.page.locator("#toast")).to_contain_text("This part has changed since you looked at it.")
    expect(bea.block("risks")).to_contain_text("Ann. Bea.")


def test_a_text_that_is_too_long_stays_and_says_so(demo: Person, cases: dict[str, int]) -> None:
    demo.open(cases["promise_cells"])
    demo.type_in("risks", "")
    demo.page.route("**/blocks/risks/edit/", lambda route: route.fulfill(status=413, body="<h1>413</h1>"))
    demo.page.keyboard.type(" Very long.")
    expect(demo.block("risks").locator("[data-save]")).to_have_text(
        "This is too long to be saved. Shorten it, or move some of it elsewhere."
    )
    expect(demo.block("risks").locator(".ProseMirror")).to_contain_text("Very long.")
    demo.page.unroute("**/blocks/risks/edit/")
    demo.page.keyboard.press("Backspace")
    demo.until_saved()
