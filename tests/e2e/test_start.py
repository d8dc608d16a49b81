"""Starting a report in a real browser: where documents come from, what becomes of them, and what is said."""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Visit, install, serve
from tests.e2e.test_whole_path import FILES, sign_in
from tests.services import free_port

START = "/templates/meeting-minutes/start/"
pytestmark = pytest.mark.service("chromium")
_MAKE_TRANSFER = """files => {
  const data = new DataTransfer()
  for (const [name, text] of files) {
    data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name))
  }
  return data
}"""
# Names that say what is in them, and others that say nothing.
TRANSCRIPT = ("scan0001.txt", b"Roof committee: transcript\n\nAnn agreed to ask for a second quote.")
AGENDA = ("agenda.txt", b"1. The roof. 2. The lease.")
OTHER = ("notes.txt", b"It rained all day.")


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    sign_in(visit.page)
    visit.page.goto(START)
    yield visit.page
    assert visit.complaints == []


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    event = {"dataTransfer": _transfer(page, files)}
    page.dispatch_event("[data-drop]", "dragover", event)
    page.dispatch_event("[data-drop]", "drop", event)


def _transfer(page: Page, files: Sequence[tuple[str, bytes]]) -> object:
    sent = [[name, base64.b64encode(content).decode()] for name, content in files]
    return page.evaluate_handle(_MAKE_TRANSFER, sent)


def names(page: Page) -> list[str]:
    return page.locator(".file .file-name").all_inner_texts()


def expect_files(page: Page, *wanted: str) -> None:
    expect(page.locator(".file")).to_have_count(len(wanted))
    for name in wanted:
        expect(page.locator(".file .file-name").get_by_text(name, exact=True)).to_have_count(1)


def slot_of(page: Page, name: str) -> str:
    return page.get_by_label(f"What {name} is").input_value()


def test_dropped_files_are_read_and_each_is_taken_for_what_it_is(page: Page) -> None:
    drop(page, TRANSCRIPT, AGENDA, OTHER)
    expect_files(page, "scan0001.txt", "agenda.txt", "notes.txt")
    assert [slot_of(page, name) for name in names(page)].count("transcript") == 1
    assert slot_of(page, "scan0001.txt") == "transcript"
    assert slot_of(page, "agenda.txt") == "agenda"
    expect(page.get_by_label("Title of the report")).to_have_value("Roof committee – Meeting minutes")
    expect(page.locator("#before")).to_contain_text("Everything is here.")


def test_a_typed_title_is_kept(page: Page) -> None:
    page.get_by_label("Title of the report").fill("The roof")
    drop(page, TRANSCRIPT)
    expect_files(page, "scan0001.txt")
    expect(page.get_by_label("Title of the report")).to_have_value("The roof")


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
        _transfer(page, [TRANSCRIPT]),
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


def test_another_template_keeps_the_documents(page: Page) -> None:
    drop(page, ("interview.txt", b"How are sales?"), ("transcript.txt", TRANSCRIPT[1]))
    expect_files(page, "interview.txt", "transcript.txt")
    page.get_by_role("radio", name="Company report").check()
    expect(page.locator(".mini-title")).to_have_text("Company report")
    expect(page.get_by_label("What interview.txt is")).to_have_value("interview")
    expect_files(page, "interview.txt", "transcript.txt")
    assert "/templates/company-report/start/" in page.url
    page.reload()
    expect_files(page, "interview.txt", "transcript.txt")


def test_a_search_filters_while_one_types(page: Page) -> None:
    search = page.get_by_role("searchbox", name="Search templates")
    search.fill("lender figures")
    expect(page.locator(".pick:visible")).to_have_count(2)
    assert page.locator(".pick:visible .pick-name").all_inner_texts() == ["Company report", "Meeting minutes"]
    expect(page.get_by_text("1 of 3 templates")).to_be_visible()
    search.press("Enter")
    expect(page.get_by_role("radio", name="Company report")).to_be_checked()
    search.fill("nothing like it")
    expect(page.get_by_text("No template matches “nothing like it”.")).to_be_visible()


def test_a_missing_document_is_said_before_and_after_generate_is_pressed(visit: Visit) -> None:
    page = visit.page
    sign_in(page)
    page.goto("/templates/company-report/start/")
    drop(page, ("figures.txt", b"Revenue 12"))
    expect_files(page, "figures.txt")
    expect(page.locator("#before")).to_contain_text("This template needs: Management interview.")
    expect(page.locator("[data-said]")).to_contain_text("This template needs: Management interview.")
    page.get_by_role("button", name="Generate the report").click()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("This template needs: Management interview.")
    expect(said).to_be_focused()
    expect_files(page, "figures.txt")


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


def test_generate_waits_for_files_that_are_still_coming(page: Page) -> None:
    held: list[Route] = []
    page.route("**/documents/", lambda route: held.append(route))
    drop(page, TRANSCRIPT)
    expect(page.locator(".upload")).to_have_count(1)
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("#before")).to_contain_text("The report starts as soon as 1 more file is read.")
    held[0].continue_()
    page.get_by_role("heading", name="Roof committee – Meeting minutes").wait_for()


def test_generate_does_not_go_on_without_a_file_that_was_refused(page: Page) -> None:
    held: list[Route] = []
    page.route("**/documents/", lambda route: held.append(route))
    drop(page, ("film.mp4", b"\x00\x00\x00\x18ftypmp42"))
    expect(page.locator(".upload")).to_have_count(1)
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("#before")).to_contain_text("The report starts as soon as 1 more file is read.")
    held[0].continue_()
    expect(page.locator("#before")).to_contain_text("Not started: look at what could not be added")


def test_a_report_is_started_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    sign_in(page)
    _tab_to(page, "#q")
    page.keyboard.type("minutes recording")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Meeting minutes")).to_be_focused()
    _tab_to(page, "[data-pick=files]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(FILES)
    expect(page.locator(".file")).to_have_count(len(FILES))
    _tab_to(page, "[data-generate]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Library Committee – Meeting minutes").wait_for()
    assert visit.complaints == []


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_without_script_a_template_is_searched_and_chosen_with_documents_kept(plain_page: Page) -> None:
    page = plain_page
    sign_in(page)
    page.get_by_role("radio", name="Meeting minutes").check()
    page.get_by_label("Add documents").set_input_files(FILES)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".file")).to_have_count(len(FILES))
    page.get_by_role("searchbox", name="Search templates").fill("lender")
    page.get_by_role("button", name="Search").click()
    assert "q=lender" in page.url
    expect(page.locator(".pick:visible")).to_have_count(2)
    expect(page.locator(".file")).to_have_count(len(FILES))


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Fill whose model can read next to nothing. It is never asked."""
    folder = tmp_path_factory.mktemp("small")
    models = folder / "llm.toml"
    models.write_text(
        '[[profile]]\nname = "small"\nmodel = "small"\nbase_url = "http://127.0.0.1:9/v1"\nwindow = 6000\n'
    )
    install(folder)
    port = free_port()
    with serve(folder, port, FILL_MODELS=str(models), FILL_MODEL="small"):
        yield f"http://127.0.0.1:{port}"


def test_what_exceeds_the_window_is_said_with_what_to_leave_out(browser: Browser, small_site: str) -> None:
    page = browser.new_page(base_url=small_site)
    sign_in(page)
    page.goto(START)
    drop(page, TRANSCRIPT)
    expect(page.get_by_text("of 6,000 tokens the model can read at once")).to_be_visible()
    expect(page.locator("#documents .note")).to_have_count(0)
    drop(page, ("long.txt", b"word " * 9000))
    expect(page.locator("#documents .note")).to_contain_text("The largest: “long.txt” (9,00")
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("[data-cannot]")).to_contain_text("Leave out")
    page.get_by_role("button", name="Remove long.txt").click()
    expect(page.locator("#documents .note")).to_have_count(0)
    page.close()
