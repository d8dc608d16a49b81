"""A signal taught in a browser: from nothing by keyboard, undone, disputed, and without script."""

import pytest
from playwright.sync_api import expect

from tests.e2e.signals.cases import COLLEAGUE
from tests.e2e.signals.conftest import LetIn, Teacher
from tests.e2e.signals.promises import PROMISES

pytestmark = pytest.mark.service("chromium")


def begin(teacher: Teacher, title: str) -> None:
    """A new signal, begun with a phrase, by keyboard alone."""
    page = teacher.page
    page.goto("/signals/new/")
    page.get_by_label("Title").focus()
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    page.get_by_label("Phrase", exact=True).focus()
    page.keyboard.type("We promise that you will win")
    page.keyboard.press("Enter")
    expect(page.locator("#ask .ask-said")).to_have_text("We promise that you will win the case.")


def test_a_signal_is_taught_from_nothing_in_sixteen_keys(author: Teacher) -> None:
    begin(author, "Promises something")
    page, answers = author.page, []
    for _ in range(16):
        answers.append(bool(PROMISES.search(author.asked())))
        author.press("y" if answers[-1] else "n")
    yes, no = answers.count(True), answers.count(False)
    expect(page.locator(".learnt-counts")).to_have_text(f"{yes} yes, {no} no")
    assert min(yes, no) >= 5
    # The figures come by themselves.
    expect(page.locator("#learnt[data-pending]")).to_have_count(0)
    expect(page.locator("#learnt")).to_contain_text("Precision")
    expect(page.locator("#learnt")).not_to_contain_text("It cannot be learnt so far")
    expect(page.locator("#flagged .teach-row-said").first).to_have_text(PROMISES)
    page.goto("/signals/")
    row = page.locator(".signal-row", has_text="Promises something")
    expect(row).to_contain_text("Reads every new text")
    assert author.complaints == []


def test_an_answer_is_undone_with_a_key_and_asked_again(author: Teacher) -> None:
    begin(author, "Undone")
    first = author.asked()
    author.press("y")
    author.press("s")
    author.press("u")
    author.press("u")
    assert author.asked() == first
    expect(author.page.locator("#teach-said")).to_have_text(f"Undone: yes to “{first}”")
    expect(author.page.locator(".learnt-counts")).to_have_text("0 yes, 0 no")
    expect(author.page.locator("#undo")).to_be_disabled()


def test_keys_do_nothing_while_somebody_types_or_when_switched_off(author: Teacher) -> None:
    begin(author, "Quiet keys")
    page, first = author.page, author.asked()
    page.locator("#texts").focus()
    page.keyboard.type("yes no")
    page.get_by_label("Keys y, n, s and u").uncheck()
    page.keyboard.press("y")
    page.reload()
    expect(page.get_by_label("Keys y, n, s and u")).not_to_be_checked()
    page.keyboard.press("y")
    page.get_by_label("Keys y, n, s and u").check()
    assert author.asked() == first
    expect(page.locator(".learnt-counts")).to_have_text("0 yes, 0 no")
    author.press("y")
    expect(page.locator(".learnt-counts")).to_have_text("1 yes, 0 no")


def test_what_comes_of_an_answer_is_said_and_the_keyboard_stays(author: Teacher) -> None:
    begin(author, "Said aloud")
    page, first = author.page, author.asked()
    page.locator("#say-yes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Yes:")).to_contain_text(f"Yes: “{first}”")
    expect(page.locator("#say-yes")).to_be_focused()


def test_two_people_disagree_and_one_settles_it(author: Teacher, let_in: LetIn) -> None:
    begin(author, "Disputed")
    said = author.asked()
    author.press("y")
    other = let_in(COLLEAGUE).page
    other.goto("/signals/disputed/labels/")
    row = other.locator(".teach-row", has_text=said)
    row.get_by_role("button", name="No").click()
    expect(row).to_contain_text("Undecided – You: no, author: yes")
    # The author sees it at the next click, whatever that is.
    author.press("n")
    settle = author.page.locator("#settle")
    expect(settle).to_contain_text(said)
    expect(settle).to_contain_text("You: yes, colleague: no")
    settle.get_by_role("button", name="No").click()
    expect(settle).to_be_hidden()
    expect(author.page.locator(".learnt-counts")).to_have_text("0 yes, 2 no")


def test_what_is_flagged_is_put_right_in_its_place(author: Teacher) -> None:
    page = author.page
    page.goto("/signals/taught/")
    row = page.locator("#flagged .teach-row").first
    said = row.locator(".teach-row-said").inner_text()
    row.get_by_role("button", name="Yes").click()
    expect(page.locator("#flagged")).not_to_contain_text(said)
    expect(page.locator("#teach-said")).to_contain_text("Yes: ")


def test_a_signal_is_taught_without_script(let_in: LetIn) -> None:
    page = let_in("author", script=False).page
    page.goto("/signals/new/")
    page.get_by_label("Title").fill("By hand")
    page.get_by_role("button", name="Make it").click()
    page.get_by_label("Phrase", exact=True).fill("We promise that you will win")
    page.get_by_role("button", name="Find texts").first.click()
    page.locator("#say-yes").click()
    expect(page.get_by_role("status").first).to_contain_text("Yes: “We promise that you will win the case.”")
    page.locator("#say-no").click()
    expect(page.locator(".learnt-counts")).to_have_text("1 yes, 1 no")
    page.locator("#undo").click()
    expect(page.locator(".learnt-counts")).to_have_text("1 yes, 0 no")


def test_a_lost_connection_is_said_and_the_answer_not_pretended(author: Teacher) -> None:
    begin(author, "Offline")
    first = author.asked()
    author.context.set_offline(True)
    author.page.keyboard.press("y")
    expect(author.page.locator("#teach-said")).to_contain_text("The connection is lost")
    assert author.asked() == first
    author.context.set_offline(False)
    author.press("y")
