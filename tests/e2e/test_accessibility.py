"""Every page in every state: nothing that axe dislikes, in light and dark, wide and narrow; no complaint.

To have another page looked at, add a line to PLACES; to have it in another state, one to `states.STATES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, StorageState

from fillapp.demo import PASSWORD
from fillapp.pages.word_pages import Preview
from tests.e2e import acts
from tests.e2e import building as studio
from tests.e2e.axe import violations
from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.importing import change_a_proposal, import_two
from tests.e2e.signals import kinds
from tests.e2e.states import BEGINNER, NEWCOMER, WALKER

pytestmark = pytest.mark.service("chromium")
# What stands out of the window, if the page can be scrolled sideways.
_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => `${one.tagName} ${one.id} ${one.className}`)"""
Scheme = Literal["light", "dark"]
# Colours do not depend on the width: two looks cover both of each.
_LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (360, "dark")]


_STUDIO = "/templates/case-assessment/"
_LOOK = "/templates/case-assessment/look/"


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


PLACES = [
    Place("the door", "", "/sign-in/"),
    Place("a wrong password", "", "/sign-in/", acts.wrong_password),
    Place("the gallery", WALKER, "/"),
    Place("the start of somebody without a role", NEWCOMER, "/", status=403),
    Place("the start of a report", WALKER, "/templates/meeting-minutes/start/"),
    Place("a start where no template is found", WALKER, "/", acts.find_nothing),
    Place("a start with documents", WALKER, "/templates/meeting-minutes/start/", acts.add_documents),
    Place("a start with a broken file", WALKER, "/templates/meeting-minutes/start/", acts.add_a_broken_file),
    Place("a report being written", WALKER, "/reports/{running}/"),
    Place("a finished report", WALKER, "/reports/{finished}/"),
    Place("a report with guards", WALKER, "/reports/{guarded}/"),
    Place("why a part is withheld", WALKER, "/reports/{guarded}/blocks/risks/withheld/"),
    Place("a part that may be released", "author", "/reports/{guarded}/blocks/risks/withheld/"),
    Place("a withheld text", "author", "/reports/{guarded}/blocks/risks/withheld/", acts.look_at_withheld),
    Place("a report with problems", WALKER, "/reports/{problems}/"),
    Place("a report with failures", WALKER, "/reports/{failed}/"),
    Place("a cancelled report", WALKER, "/reports/{cancelled}/"),
    Place("a reviewed report", WALKER, "/reports/{reviewed}/"),
    Place("prose being edited", WALKER, "/reports/{finished}/", acts.edit("summary")),
    Place("a table being edited", WALKER, "/reports/{finished}/", acts.edit("actions")),
    Place("points being edited", WALKER, "/reports/{finished}/", acts.edit("risks")),
    Place("options being chosen", WALKER, "/reports/{finished}/", acts.edit("outcome")),
    Place("what a part is about", WALKER, "/reports/{problems}/", acts.look_at_the_part),
    Place("the keys of a report", WALKER, "/reports/{finished}/", acts.ask_for_help),
    Place("a wish for a part", WALKER, "/reports/{offered}/", acts.wish),
    Place("three versions to choose from", WALKER, "/reports/{offered}/", acts.compare("Choose one of 3")),
    Place("one version to choose", WALKER, "/reports/{one_offered}/", acts.compare("A new version")),
    Place("a part being written again", WALKER, "/reports/{rewritten}/"),
    Place("an editor's part being written again", WALKER, "/reports/{again}/", acts.have_it_written_again),
    Place("a conflict", WALKER, "/reports/{conflict}/", acts.come_into_conflict),
    Place("a decision to undo", WALKER, "/reports/{decided}/", acts.accept),
    Place("a lost connection", WALKER, "/reports/{finished}/", acts.lose_the_connection),
    Place("a colleague's report to view", "author", "/reports/{shared}/"),
    Place("an earlier version", WALKER, "/reports/{reviewed}/", acts.compare_with_an_earlier_one),
    Place("the reports", WALKER, "/reports/"),
    Place("a menu of the reports", WALKER, "/reports/", acts.open_a_menu),
    Place("a report renamed in the list", WALKER, "/reports/", acts.rename_in_place),
    Place("reports not found", WALKER, "/reports/", acts.find_nothing),
    Place("a report just deleted", WALKER, "/reports/", acts.delete_a_report),
    Place("the deleted reports", WALKER, "/reports/deleted/"),
    Place("renaming", WALKER, "/reports/{shared}/rename/"),
    Place("sharing", WALKER, "/reports/{shared}/sharing/?q=a"),
    Place("moving a report", WALKER, "/reports/{finished}/move/"),
    Place("the templates", "author", "/templates/", acts.open_the_archive),
    Place("a menu of the templates", "author", "/templates/", acts.open_a_menu),
    Place("templates not found", "author", "/templates/?q=nowhere"),
    Place("a broken template file", "author", "/templates/", acts.import_a_broken_template),
    Place("a template taken in", "author", "/templates/", acts.import_a_template),
    Place("versions", "author", "/templates/site-visit/versions/"),
    Place("versions of what is not published", "author", "/templates/old-audit/versions/"),
    Place("versions compared", "author", "/templates/site-visit/versions/compare/?old=1&new=draft"),
    Place("going back", "author", "/templates/site-visit/versions/1/again/"),
    Place("sharing a template", "author", "/templates/site-visit/sharing/?q=e"),
    Place("a history", WALKER, "/reports/{reviewed}/history/"),
    Place("no reports", BEGINNER, "/reports/"),
    Place("an empty start", BEGINNER, "/"),
    Place("reports to import", "author", "/templates/import/"),
    Place("what reports propose", "author", "/templates/import/", import_two),
    Place("a proposal being changed", "author", "/templates/import/", change_a_proposal),
    Place("a template", "author", "/templates/case-assessment/"),
    Place("an empty template", "author", "/templates/empty/"),
    Place("a block of prose", "author", _STUDIO, studio.open_card("Reasons")),
    Place("a block of a table", "author", _STUDIO, studio.open_card("What is asked for")),
    Place("a block of bullets", "author", _STUDIO, studio.open_card("Still missing")),
    Place("a block of options", "author", _STUDIO, studio.open_card("Urgency")),
    Place("the template itself", "author", _STUDIO, studio.open_card("The template")),
    Place("a block that cannot be saved", "author", _STUDIO, studio.type_what_is_unfit),
    Place("a block somebody else changed", "author", "/templates/site-visit/", studio.come_into_conflict),
    Place("a block somebody deleted", "author", "/templates/site-visit/", studio.lose_a_block),
    Place("a preview being written", "author", "/templates/previewed/"),
    Place("a block just deleted", "author", "/templates/site-visit/", studio.delete_a_block),
    Place("the keys of the studio", "author", _STUDIO, studio.ask_for_help),
    Place("the preview on a narrow screen", "author", "/templates/previewed/", studio.show_the_preview),
    Place("advice on instructions", "author", "/templates/case-assessment/", acts.type_doubtful_instructions),
    Place("a suggestion that is refused", "author", "/templates/case-assessment/", acts.ask_for_a_suggestion),
    Place("a suggestion that waits", "author", "/templates/case-assessment/", acts.open_a_suggestion),
    Place("the palette", "author", "/templates/case-assessment/", acts.open_the_palette),
    Place("its start for its author", "author", "/templates/case-assessment/start/"),
    Place("a Word look", "author", _LOOK, acts.wait_for_sample, needs="libreoffice"),
    Place("a Word look with a house style", "author", _LOOK, acts.give_a_house_style, needs="libreoffice"),
    Place("a Word look that lost a style", "author", _LOOK, acts.lose_a_style, needs="libreoffice"),
    Place("a Word look changed elsewhere", "author", _LOOK, acts.look_too_late),
    Place("a page of a Word look, larger", "author", _LOOK, acts.enlarge_a_page, needs="libreoffice"),
    Place("a template without tests", "author", "/templates/company-report/tests/"),
    Place("a case that was refused", "author", "/templates/company-report/tests/", acts.add_a_broken_case),
    Place("tests that have run", "author", "/templates/tested/tests/", acts.open_all),
    Place("tests that are running", "author", "/templates/testing/tests/"),
    Place("a removed expectation", "author", "/templates/tested/tests/?removed={taken_back}"),
    Place("one run", "author", "/templates/tested/tests/runs/{test_run}/"),
    Place(
        "what both sides wrote",
        "author",
        "/templates/tested/tests/runs/{test_run}/{test_case}/outcome/",
        acts.open_all,
    ),
    Place("the block to expect of", "author", "/templates/tested/tests/cases/{test_case}/expect/"),
    Place(
        "what can be expected", "author", "/templates/tested/tests/cases/{test_case}/expect/?block=actions"
    ),
    Place("an expectation", "author", "/templates/tested/tests/expectations/{expectation}/"),
    Place(
        "an expectation that says nothing",
        "author",
        "/templates/tested/tests/cases/{test_case}/expect/?block=actions&kind=count",
        acts.be_refused("Expect this"),
    ),
    Place("the signals", "author", "/signals/", acts.open_all),
    Place("signals for somebody who does not teach", WALKER, "/signals/", status=403),
    Place("a new signal", "author", "/signals/new/"),
    Place("a signal nobody has taught", "author", "/signals/fresh/"),
    Place("a signal being taught", "author", "/signals/taught/"),
    Place("a signal whose answers contradict", "author", "/signals/torn/"),
    Place("the examples of a signal", "author", "/signals/taught/labels/", acts.open_all),
    Place("examples not found", "author", "/signals/taught/labels/?q=nowhere"),
    Place("a signal without examples", "author", "/signals/fresh/labels/"),
    Place("a rule with its settings", "author", "/signals/personal-data/"),
    Place("a rule that was tried", "author", "/signals/repetition/", kinds.try_a_text),
    Place("a rule that cannot be saved", "author", "/signals/personal-data/?rule=length", kinds.save_nothing),
    Place("a rule that is not chosen yet", "author", "/signals/unset/"),
    Place("a judge without a model", "author", "/signals/judging/"),
    Place("a judge with labels enough", "author", "/signals/judged/"),
    Place("a signal to take elsewhere", "author", "/signals/prompt-injection/elsewhere/"),
    Place("a rule to take elsewhere", "author", "/signals/refusal/elsewhere/"),
    Place("a signal to bring", "author", "/signals/import/"),
    Place("a signal that is here already", "author", "/signals/import/", kinds.bring_what_is_here),
    Place("the imported sets", "author", "/signals/sets/"),
    Place("the columns of a set", "author", "/signals/sets/", kinds.give_a_table),
    Place("an imported set", "author", "/signals/sets/{labelled}/", acts.open_all),
    Place(
        "a signal measured",
        "author",
        "/signals/sets/{labelled}/evaluate/personal-data/",
        kinds.wait_for_figures,
    ),
    Place("the title of a signal", "author", "/signals/taught/rename/"),
    Place("the findings", "author", "/signals/monitoring/"),
    Place("the findings of a signal", "author", "/signals/monitoring/?signal=taught"),
    Place("findings of nothing", "author", "/signals/monitoring/?model=nobody"),
    Place("flagged texts", "admin", "/signals/monitoring/texts/?signal=taught", acts.open_all),
    Place("what stands out", "author", "/signals/clusters/"),
    Place("no alerts", "author", "/signals/alerts/"),
    Place("a new alert", "author", "/signals/alerts/new/?signal=taught"),
    Place("a preview", WALKER, "/reports/{finished}/preview/", acts.wait_for_pages, needs="libreoffice"),
    Place(
        "a preview to come", WALKER, "/reports/{drawing}/preview/", acts.stay_as_it_is, needs="libreoffice"
    ),
    Place(
        "a preview that failed",
        WALKER,
        "/reports/{reviewed}/preview/",
        acts.put_in_place(
            Preview("/reports/1/preview/", "0", failed="LibreOffice could not draw the pages. Try again.")
        ),
    ),
    Place("no preview", WALKER, "/reports/{reviewed}/preview/", acts.put_in_place(Preview())),
    Place("a report not reviewed yet", WALKER, "/reports/{strict}/word/", status=409),
    Place("nothing", WALKER, "/reports/4711/", status=404),
    Place("a stale form", WALKER, "/reports/", acts.send_a_stale_form),
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
    context.set_default_timeout(PATIENCE)
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


def _look(page: Page, width: int, scheme: Scheme) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    # What is half under a head that stays in sight is reached by scrolling.
    page.evaluate("document.querySelectorAll('.pane-editor').forEach((pane) => pane.scrollTo(0, 0))")
    page.evaluate("scrollTo(0, 0)")
    return violations(page) + [f"too wide: {one}" for one in page.evaluate(_TOO_WIDE)]
