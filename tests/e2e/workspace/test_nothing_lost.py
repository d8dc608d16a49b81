"""Two windows, a network that drops, a server that restarts: no typed word is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.running import RunningFill
from tests.e2e.workspace.cases import COLLEAGUE
from tests.e2e.workspace.conftest import PART, Person
from tests.simulated_llm import Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")


def test_what_one_types_appears_in_the_others_window(
    sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    ann, bea = sign_in("demo").open(cases["live"]), sign_in(COLLEAGUE).open(cases["live"])
    bea.type_in("risks", "")

    ann.type_in("summary", " By Ann.")
    ann.type_in("risks", " Also by Ann.")
    ann.until_saved()

    expect(bea.block("summary")).to_contain_text("All went well. By Ann.")
    expect(bea.block("risks")).to_contain_text("The tenant may leave. Also by Ann.")
    bea.page.keyboard.type(" And by Bea.")
    bea.until_saved()
    expect(ann.block("risks")).to_contain_text("And by Bea.")


@pytest.mark.parametrize("keeps_own", [True, False])
def test_two_who_edit_the_same_block_see_both_texts_and_choose(
    keeps_own: bool, sign_in: Callable[[str], Person], cases: dict[str, int]
) -> None:
    number = cases["conflict"]
    ann, bea = sign_in("demo").open(number), sign_in(COLLEAGUE).open(number)
    # Bea's browser is cut off while both type.
    bea.type_in("summary", "")
    bea.context.set_offline(True)
    ann.type_in("summary", f" Ann {keeps_own}.")
    ann.until_saved()
    bea.page.keyboard.type(f" Bea {keeps_own}.")
    expect(bea.page.locator("#saving")).to_have_text("Not saved yet")

    bea.context.set_offline(False)

    conflict = bea.block("summary").locator(".conflict")
    expect(conflict).to_contain_text("demo changed this part")
    expect(conflict.locator("ins").first).to_be_visible()
    name = "Keep my text" if keeps_own else "Take the other text"
    conflict.get_by_role("button", name=name).click()
    expect(conflict).to_have_count(0)
    winner, loser = ("Bea", "Ann") if keeps_own else ("Ann", "Bea")
    if keeps_own:
        bea.until_saved()
    for person in (ann, bea):
        expect(person.block("summary")).to_contain_text(f"{winner} {keeps_own}.")
        expect(person.block("summary")).not_to_contain_text(f"{loser} {keeps_own}.")
    if not keeps_own:
        # What was given up can still be had back.
        bea.block("summary").locator(".ProseMirror").click()
        bea.page.keyboard.press("Control+z")
        expect(bea.block("summary")).to_contain_text(f"{loser} {keeps_own}.")
        bea.until_saved()


def test_what_is_typed_while_the_network_is_away_arrives_when_it_is_back(
    demo: Person, cases: dict[str, int]
) -> None:
    demo.open(cases["offline"])
    demo.type_in("summary", " First.")
    demo.until_saved()
    demo.context.set_offline(True)
    demo.page.keyboard.type(" While away.")
    expect(demo.page.locator("#saving")).to_have_text("Not saved yet")
    demo.page.keyboard.type(" And more.")

    demo.context.set_offline(False)

    demo.until_saved()
    demo.page.reload()
    expect(demo.block("summary")).to_contain_text("First. While away. And more.")


def test_a_save_whose_answer_is_lost_is_sent_again_and_is_no_conflict(
    demo: Person, cases: dict[str, int]
) -> None:
    demo.open(cases["lost"])
    demo.type_in("summary", "")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append("once")
            route.fetch()
            route.abort()
        else:
            route.continue_()

    demo.page.route("**/blocks/summary/edit/", lose)
    demo.page.keyboard.type(" Sent twice.")
    expect(demo.page.locator("#saving")).to_have_text("Not saved yet")
    demo.until_saved()
    assert demo.page.locator(".conflict").count() == 0
    demo.page.reload()
    expect(demo.block("summary")).to_contain_text("All went well. Sent twice.")


def test_what_was_typed_in_a_page_that_went_away_is_back_in_the_next(
    demo: Person, cases: dict[str, int]
) -> None:
    demo.open(cases["lost"])
    demo.type_in("risks", "")
    demo.page.route("**/blocks/risks/edit/", lambda route: route.abort())
    demo.page.keyboard.type(" Never sent.")
    expect(demo.page.locator("#saving")).to_have_text("Not saved yet")
    demo.page.close(run_before_unload=False)

    demo.page = demo.context.new_page()
    demo.open(cases["lost"])

    expect(demo.block("risks")).to_contain_text("The tenant may leave. Never sent.")
    demo.until_saved()


def test_a_server_that_restarts_while_blocks_are_written_loses_nothing(
    demo: Person, cases: dict[str, int], fill: RunningFill, model: SimulatedLLM
) -> None:
    demo.open(cases["restart"])
    model.reset(Behaviour(part_after=PART, words=30, latency=60, chunks=200))
    demo.do("risks", "again")
    demo.page.locator("#about").get_by_role("button", name="Write again").click()
    expect(demo.block("risks")).to_have_attribute("data-state", "running")
    demo.type_in("summary", " Before.")
    fill.kill()
    demo.page.keyboard.type(" During.")
    expect(demo.page.locator("#saving")).to_have_text("Not saved yet")
    model.reset(Behaviour(part_after=PART, words=30))

    fill.start()

    demo.until_saved()
    expect(demo.block("risks")).to_have_attribute("data-stands", "candidate-2", timeout=60_000)
    demo.page.reload()
    expect(demo.block("summary")).to_contain_text("All went well. Before. During.")
