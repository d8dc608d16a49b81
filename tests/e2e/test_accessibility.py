"""Every page in every state: nothing that axe dislikes, in light and dark, wide and narrow; no complaint.

To have another page looked at, add a line to PLACES; to have it in another state, one to `states.STATES`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, FilePayload, Page, StorageState

from fillapp.demo import PASSWORD
from fillapp.pages.preview import Preview
from tests.e2e.axe import violations
from tests.e2e.conftest import Visit
from tests.e2e.running import ROOT
from tests.e2e.states import BEGINNER, NEWCOMER, WALKER

pytestmark = pytest.mark.service("chromium")
_LOOKS = [(1280, "light"), (1280, "dark"), (360, "light")]
_FILES = ROOT / "fillapp/demo/meeting-minutes/library-committee"


@dataclass(frozen=True)
class Place:
    """A page in a state: who goes where, what they do there, and how it is answered."""

    name: str
    person: str
    # May name a report by its state, as {finished}.
    address: str
    act: Callable[[Page], object] = lambda page: None
    status: int = 200
    needs: str = ""


def wrong_password(page: Page) -> None:
    page.get_by_label("User name").fill("walker")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("do not fit together").wait_for()


def add_documents(page: Page) -> None:
    files = [path for path in sorted(_FILES.iterdir()) if path.suffix != ".yaml"]
    page.get_by_label("Add documents").set_input_files(files)
    page.locator(".file").nth(len(files) - 1).wait_for()


def add_a_broken_file(page: Page) -> None:
    broken = FilePayload(name="scan.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4 and nothing more")
    page.get_by_label("Add documents").set_input_files([broken])
    page.locator(".upload.is-failed").wait_for()


def send_a_stale_form(page: Page) -> None:
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'grown stale'")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="This page has grown stale").wait_for()


def wait_for_pages(page: Page) -> None:
    page.locator(".sheet").first.wait_for(timeout=60_000)


def stay_as_it_is(page: Page) -> None:
    """Keep a preview from hearing of its pages."""
    page.route("**/preview/*/", lambda route: route.abort())


def put_in_place(preview: Preview) -> Callable[[Page], None]:
    """Let the preview be in a state that a server which is well does not come into."""

    def act(page: Page) -> None:
        stay_as_it_is(page)
        html = render_to_string("generation/preview/pages.html", {"report": {"pk": 1}, "preview": preview})
        page.evaluate("html => document.getElementById('preview').outerHTML = html", html)

    return act


def go_to(page: Page, block: str) -> None:
    """Be in a part, and the page aware of it: its script comes a little later than its words."""
    for _ in range(50):
        page.evaluate("document.activeElement.blur()")
        page.locator(f"#block-{block}").focus()
        if page.locator(f"#block-{block}.is-active").count():
            return
        page.wait_for_timeout(100)
    raise AssertionError("The page never listened.")


def press(key: str, block: str, until: str) -> Callable[[Page], None]:
    """Press a key in a part and wait for what it brings."""

    def act(page: Page) -> None:
        go_to(page, block)
        page.keyboard.press(key)
        page.locator(until).first.wait_for()

    return act


def edit(block: str) -> Callable[[Page], None]:
    """Begin to type in a part, or to choose."""
    return press("e", block, f"#block-{block}.is-typed-in, #block-{block} input:focus")


look_at_the_part = press("i", "risks", "#about-versions")
ask_for_help = press("?", "risks", "#help[open]")


def compare_versions(page: Page) -> None:
    go_to(page, "risks")
    page.get_by_role("button", name="Compare and choose").click()
    page.get_by_role("heading", name="Choose one of 2").wait_for()


def compare_with_an_earlier_one(page: Page) -> None:
    look_at_the_part(page)
    page.get_by_role("button", name="Compare", exact=False).first.click()
    page.locator("dialog[open] .differences").wait_for()


PLACES = [
    Place("the door", "", "/sign-in/"),
    Place("a wrong password", "", "/sign-in/", wrong_password),
    Place("the gallery", WALKER, "/"),
    Place("the start of somebody without a role", NEWCOMER, "/", status=403),
    Place("the start of a report", WALKER, "/templates/meeting-minutes/start/"),
    Place("a start with documents", WALKER, "/templates/meeting-minutes/start/", add_documents),
    Place("a start with a broken file", WALKER, "/templates/meeting-minutes/start/", add_a_broken_file),
    Place("a report being written", WALKER, "/reports/{running}/"),
    Place("a finished report", WALKER, "/reports/{finished}/"),
    Place("a report with problems", WALKER, "/reports/{problems}/"),
    Place("a report with failures", WALKER, "/reports/{failed}/"),
    Place("a cancelled report", WALKER, "/reports/{cancelled}/"),
    Place("a reviewed report", WALKER, "/reports/{reviewed}/"),
    Place("prose being edited", WALKER, "/reports/{finished}/", edit("summary")),
    Place("a table being edited", WALKER, "/reports/{finished}/", edit("actions")),
    Place("points being edited", WALKER, "/reports/{finished}/", edit("risks")),
    Place("options being chosen", WALKER, "/reports/{finished}/", edit("outcome")),
    Place("what a part is about", WALKER, "/reports/{problems}/", look_at_the_part),
    Place("the keys of a report", WALKER, "/reports/{finished}/", ask_for_help),
    Place("versions to choose from", WALKER, "/reports/{offered}/", compare_versions),
    Place("an earlier version", WALKER, "/reports/{reviewed}/", compare_with_an_earlier_one),
    Place("the reports", WALKER, "/reports/"),
    Place("no reports", BEGINNER, "/reports/"),
    Place("an empty start", BEGINNER, "/"),
    Place("a template", "author", "/templates/case-assessment/"),
    Place("its start for its author", "author", "/templates/case-assessment/start/"),
    Place("a block of prose", "author", "/templates/case-assessment/blocks/reasons/"),
    Place("a block of a table", "author", "/templates/case-assessment/blocks/request/"),
    Place("a block of bullets", "author", "/templates/case-assessment/blocks/missing/"),
    Place("a block of options", "author", "/templates/case-assessment/blocks/urgency/"),
    Place("a preview", WALKER, "/reports/{finished}/preview/", wait_for_pages, needs="libreoffice"),
    Place("a preview to come", WALKER, "/reports/{drawing}/preview/", stay_as_it_is, needs="libreoffice"),
    Place(
        "a preview that failed",
        WALKER,
        "/reports/{reviewed}/preview/",
        put_in_place(Preview("0", failed="LibreOffice could not draw the pages. Try again.")),
    ),
    Place("no preview", WALKER, "/reports/{reviewed}/preview/", put_in_place(Preview())),
    Place("a report not reviewed yet", WALKER, "/reports/{strict}/word/", status=409),
    Place("nothing", WALKER, "/reports/4711/", status=404),
    Place("a stale form", WALKER, "/reports/", send_a_stale_form),
]


@pytest.fixture(scope="module")
def let_in(browser: Browser, site: str) -> Callable[[str], StorageState | None]:
    """What a person's browser keeps once they are inside; each signs in once."""
    inside: dict[str, StorageState] = {}

    def let_in(person: str) -> StorageState | None:
        if person and person not in inside:
            context = browser.new_context(base_url=site)
            page = context.new_page()
            page.goto("/sign-in/")
            page.get_by_label("User name").fill(person)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name="Sign out").wait_for()
            inside[person] = context.storage_state()
            context.close()
        return inside.get(person)

    return let_in


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(one, id=one.name, marks=[pytest.mark.service(one.needs)] if one.needs else [])
        for one in PLACES
    ],
)
def test_a_page_has_nothing_that_keeps_anybody_out(
    place: Place,
    browser: Browser,
    site: str,
    states: dict[str, int],
    let_in: Callable[[str], StorageState | None],
) -> None:
    context = browser.new_context(
        base_url=site, storage_state=let_in(place.person), reduced_motion="reduce", service_workers="block"
    )
    context.set_default_timeout(10_000)
    visit = Visit(context.new_page())
    visit.page.on("console", visit.note)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    try:
        answer = visit.page.goto(place.address.format(**states))
        assert answer
        assert answer.status == place.status
        place.act(visit.page)
        found = {f"{width} {scheme}": _look(visit.page, width, scheme) for width, scheme in _LOOKS}
        assert {look: wrong for look, wrong in found.items() if wrong} == {}
        # A browser also notes the status of an answer that says no.
        assert [one for one in visit.complaints if not one.startswith("Failed to load resource")] == []
    finally:
        context.close()


def test_what_is_wrong_is_found(visit: Visit) -> None:
    visit.page.goto("/sign-in/")
    visit.page.evaluate(
        "document.querySelector('main').innerHTML += '<p><font color=#bbb>Hardly seen</font><img src=x>'"
    )
    rules = {line.split(":")[0] for line in violations(visit.page)}
    assert {"image-alt", "color-contrast"} <= rules


def _look(page: Page, width: int, scheme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    too_wide = page.evaluate("document.documentElement.scrollWidth") - width
    return violations(page) + ([f"The page is {too_wide} pixels too wide."] if too_wide > 0 else [])
