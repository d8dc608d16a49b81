"""Reviewing: accept, reject, write again, choose of three, put back, lock; by mouse and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.workspace.conftest import PART, Person
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")


def test_a_block_is_written_again_with_a_wish_and_the_old_text_can_be_had_back(
    demo: Person, cases: dict[str, int], model: SimulatedLLM
) -> None:
    page = demo.open(cases["versions"]).page
    demo.do("summary", "again")
    page.get_by_label("What the next version should heed").fill("you missed the lease")
    page.locator("#about").get_by_role("button", name="Write again").click()

    expect(demo.block("summary")).to_have_attribute("data-stands", "candidate-2")
    expect(demo.block("summary")).not_to_contain_text("All went well.")
    assert any(one.asked and "you missed the lease" in one.asked.part for one in model.requests)
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(demo.block("summary")).to_contain_text("All went well.")
    assert demo.complaints == []


def test_undo_in_the_text_brings_back_what_a_new_version_replaced(
    demo: Person, cases: dict[str, int]
) -> None:
    page = demo.open(cases["undo"]).page
    demo.type_in("summary", " Mine.")
    demo.until_saved()
    demo.do("summary", "again")
    page.locator("#about").get_by_role("button", name="Write again").click()
    expect(demo.block("summary")).to_have_attribute("data-stands", "candidate-2")
    expect(demo.block("summary").locator(".ProseMirror")).not_to_contain_text("Mine.")

    demo.block("summary").locator(".ProseMirror").click()
    page.keyboard.press("Control+z")

    expect(demo.block("summary").locator(".ProseMirror")).to_contain_text("All went well. Mine.")
    demo.until_saved()
    page.reload()
    expect(demo.block("summary")).to_contain_text("All went well. Mine.")


def test_one_of_three_versions_is_chosen_and_the_others_are_kept(
    demo: Person, cases: dict[str, int], model: SimulatedLLM
) -> None:
    points = iter(["The roof leaks.", "The lease ends.", "The tenant leaves."])
    model.reset(Behaviour(part_after=PART, answers=lambda asked: f'{{"items": ["{next(points)}"]}}'))
    page = demo.open(cases["versions"]).page
    demo.do("risks", "again")
    page.get_by_role("button", name="Three to choose from").click()

    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".offered")).to_have_count(3)
    expect(demo.block("risks")).to_contain_text("The tenant may leave.")
    expect(dialog.locator("ins").first).to_be_visible()
    dialog.locator("[data-choose]").nth(1).click()

    expect(demo.block("risks")).to_have_attribute("data-stands", "candidate-3")
    demo.do("risks", "about")
    expect(page.locator("#about .version")).to_have_count(4)
    page.get_by_role("button", name="Compare Version 1").click()
    page.get_by_role("button", name="Put this version back").click()
    expect(demo.block("risks")).to_contain_text("The tenant may leave.")


def test_deciding_moves_on_and_can_be_undone(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["review"]).page
    demo.do("summary", "accept")
    expect(demo.block("summary")).to_have_attribute("data-review", "accepted")
    expect(demo.block("actions")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(demo.block("summary")).to_have_attribute("data-review", "not yet")

    demo.do("risks", "reject")
    demo.do("outcome", "lock")
    expect(demo.block("outcome").locator("input")).to_have_count(0)
    page.get_by_role("button", name="without flags").click()
    expect(page.locator("#line")).to_have_text("All 5 ready, 3 of 5 reviewed, 1 rejected")
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#line")).to_have_text("All 5 ready, 0 of 5 reviewed, 1 rejected")


def test_a_report_is_reviewed_by_keyboard_alone(demo: Person, cases: dict[str, int]) -> None:
    page = demo.open(cases["keyboard"]).page
    press = page.keyboard.press
    press("j")
    expect(demo.block("summary")).to_be_focused()
    press("a")
    expect(demo.block("actions")).to_be_focused()
    press("e")
    demo.block("actions").locator(".ProseMirror-focused").wait_for()
    press("Shift+Tab")
    page.keyboard.type("Mend the door")
    press("Alt+F10")
    press("Enter")
    page.keyboard.type("Paint it")
    press("Escape")
    expect(demo.block("actions")).to_be_focused()
    demo.until_saved()
    texts = demo.block("actions").locator("td").all_inner_texts()
    assert [text.strip() for text in texts] == ["Mend the door", "€ 1,200", "Paint it", ""]
    press("j")
    press("r")
    expect(page.get_by_label("What the next version should heed")).to_be_focused()
    page.keyboard.type("shorter")
    press("Tab")
    press("Enter")
    expect(demo.block("risks")).not_to_have_attribute("data-stands", "candidate-1")
    press("a")
    expect(demo.block("outcome")).to_be_focused()
    press("n")
    expect(demo.block("due")).to_be_focused()
    press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    press("Escape")
    expect(demo.block("risks")).to_have_attribute("data-review", "accepted")
    assert demo.complaints == []
