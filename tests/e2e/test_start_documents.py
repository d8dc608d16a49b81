"""Documents of a new report in a real browser: where they come from, and what becomes of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.starting import (
    AGENDA,
    OTHER,
    START,
    TRANSCRIPT,
    drop,
    expect_files,
    make_transfer,
    names,
    slot_of,
)
from tests.e2e.test_whole_path import sign_in

pytestmark = pytest.mark.service("chromium")


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    sign_in(visit.page)
    visit.page.goto(START)
    yield visit.page
    assert visit.complaints == []


def test_dropped_files_are_read_and_each_is_taken_for_what_it_is(page: Page) -> None:
    drop(page, TRANSCRIPT, AGENDA, OTHER)
    expect_files(page, "scan0001.txt", "agenda.txt", "notes.txt")
    assert [slot_of(page, name) for name in names(page)].count("transcript") == 1
    assert slot_of(page, "scan0001.txt") == "transcript"
    assert slot_of(page, "agenda.txt") == "agenda"
    expect(page.get_by_label("Title of the report")).to_have_value("Roof committee – Meeting minutes")
    expect(page.locator("#before")).to_contain_text("Everything is here.")


def test_a_dropped_folder_is_read_with_the_folders_in_it(page: Page, tmp_path: Path) -> None:
    _fill_folder(tmp_path / "case")
    page.locator("[data-drop]").scroll_into_view_if_needed()
    box = page.locator("[data-drop]").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": box["x"] + 50,
                "y": box["y"] + 50,
                "data": {"items": [], "files": [str(tmp_path / "case")], "dragOperationsMask": 1},
            },
        )
    expect_files(page, "transcript.txt", "agenda.txt")


def test_a_chosen_folder_leaves_out_what_systems_put_there(page: Page, tmp_path: Path) -> None:
    _fill_folder(tmp_path / "case")
    page.locator("#folder").set_input_files(tmp_path / "case")
    expect_files(page, "transcript.txt", "agenda.txt")
    expect(page.locator(".upload")).to_have_count(0)


def _fill_folder(folder: Path) -> None:
    (folder / "papers" / ".git").mkdir(parents=True)
    (folder / "transcript.txt").write_bytes(TRANSCRIPT[1])
    (folder / "papers" / "agenda.txt").write_bytes(AGENDA[1])
    for litter in (".DS_Store", "Thumbs.db", "~$transcript.docx", "papers/.git/config"):
        (folder / litter).write_bytes(b"nothing of the case")


def test_pasted_files_are_added(page: Page) -> None:
    page.evaluate(
        "data => document.body.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        make_transfer(page, [TRANSCRIPT]),
    )
    expect_files(page, "scan0001.txt")


def test_what_cannot_be_read_is_named_and_the_others_go_on(page: Page) -> None:
    drop(page, ("film.mp4", b"\x00\x00\x00\x18ftypmp42"), TRANSCRIPT, ("copy.txt", TRANSCRIPT[1]))
    expect(page.locator(".file")).to_have_count(1)
    expect(page.locator(".upload.is-failed")).to_have_count(2)
    problems = " ".join(page.locator(".upload.is-failed").all_inner_texts())
    assert "“film.mp4” is not a kind of file that can be read." in problems
    assert "is the same file as" in problems
    page.get_by_role("button", name="Dismiss").first.click()
    expect(page.locator(".upload.is-failed")).to_have_count(1)


def test_a_document_is_removed_and_the_keyboard_stays_near(page: Page) -> None:
    drop(page, TRANSCRIPT, AGENDA)
    expect_files(page, "scan0001.txt", "agenda.txt")
    page.get_by_role("button", name="Remove scan0001.txt").click()
    expect_files(page, "agenda.txt")
    expect(page.get_by_role("button", name="Remove agenda.txt")).to_be_focused()
    expect(page.locator("[data-said]")).to_contain_text("scan0001.txt is removed.")


def test_a_replacement_takes_the_place_that_was_chosen(page: Page, tmp_path: Path) -> None:
    drop(page, AGENDA, OTHER)
    expect_files(page, "agenda.txt", "notes.txt")
    page.get_by_label("What notes.txt is").select_option("papers")
    expect(page.locator("#chosen")).to_contain_text("notes.txt")
    newer = tmp_path / "transcript-final.txt"
    newer.write_text("Spending in March")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Replace notes.txt").click()
    chooser.value.set_files(newer)
    expect_files(page, "agenda.txt", "transcript-final.txt")
    expect(page.get_by_role("button", name="Remove transcript-final.txt")).to_be_visible()
    assert slot_of(page, "transcript-final.txt") == "papers"


def test_documents_of_an_earlier_report_are_used_again(page: Page) -> None:
    drop(page, ("transcript.txt", b"Bridge committee\n\nIt was closed."))
    expect_files(page, "transcript.txt")
    page.get_by_label("Title of the report").fill("The bridge")
    page.get_by_role("button", name="Generate the report").click()
    page.get_by_role("heading", name="The bridge").wait_for()
    page.goto(START)
    page.get_by_text("Use documents of an earlier report").click()
    page.get_by_role("group", name="The bridge").get_by_label("transcript.txt").check()
    page.get_by_role("button", name="Add the ticked documents").click()
    expect_files(page, "transcript.txt")
    assert slot_of(page, "transcript.txt") == "transcript"


def test_at_most_three_files_are_on_their_way_and_any_can_be_cancelled(page: Page) -> None:
    held: list[Route] = []
    page.route("**/documents/", lambda route: held.append(route))
    files = [(f"letter-{number}.txt", f"Letter {number}".encode()) for number in range(5)]
    drop(page, *files)
    expect(page.locator(".upload")).to_have_count(5)
    expect(page.locator(".upload-state", has_text="Waiting")).to_have_count(2)
    assert len(held) == 3
    page.get_by_role("button", name="Cancel letter-4.txt").click()
    page.get_by_role("button", name="Cancel letter-0.txt").click()
    expect(page.locator(".upload")).to_have_count(3)
    for number in range(1, 4):
        expect(page.locator(".upload-state", has_text="0 %")).to_have_count(4 - number)
        held[number].continue_()
        expect(page.locator(".file")).to_have_count(number)
    expect_files(page, "letter-1.txt", "letter-2.txt", "letter-3.txt")


def test_a_lost_connection_is_said_and_the_file_goes_up_again(visit: Visit) -> None:
    page = visit.page
    sign_in(page)
    page.goto(START)
    page.route("**/documents/", lambda route: route.abort())
    drop(page, AGENDA)
    expect(page.locator(".upload.is-failed")).to_contain_text("The connection was lost")
    page.unroute("**/documents/")
    page.get_by_role("button", name="Try again").click()
    expect_files(page, "agenda.txt")
    expect(page.locator(".upload")).to_have_count(0)
