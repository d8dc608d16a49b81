"""What is done on a page to bring it into a state worth looking at."""

import re
from collections.abc import Callable

from django.template.loader import render_to_string
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from fillapp.pages.word_pages import Preview
from tests.e2e.running import ROOT
from tests.templates.word.house.files import saved
from tests.templates.word.house.houses import german, own_names

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES = ROOT / "fillapp/demo/meeting-minutes/library-committee"


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


def add_a_broken_case(page: Page) -> None:
    broken = FilePayload(name="scan.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4 and nothing more")
    page.get_by_label("Documents", exact=True).set_input_files([broken])
    page.get_by_role("button", name="Add the case").click()
    page.get_by_text("Not added:").wait_for()


def open_all(page: Page) -> None:
    """Unfold whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def be_refused(button: str) -> Callable[[Page], None]:
    """Send a form that is answered no."""

    def act(page: Page) -> None:
        page.get_by_role("button", name=button).click()
        page.get_by_role("alert").wait_for()

    return act


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
        html = render_to_string("generation/preview/pages.html", {"preview": preview})
        page.evaluate("html => document.getElementById('preview').outerHTML = html", html)

    return act


def wait_for_sample(page: Page) -> None:
    page.locator("#preview:not([aria-busy])").wait_for(timeout=60_000)


def give_a_house_style(page: Page) -> None:
    """Give the template of a Word look a document with styles of its own, and choose two of them."""
    content = saved(own_names())
    page.locator("#style").set_input_files([FilePayload(name="acme.docx", mimeType=_WORD, buffer=content)])
    page.get_by_role("button", name=re.compile("^(Use this file|Replace)$")).click()
    page.get_by_text("Reports are written in the style of “acme.docx”.").wait_for()
    for part in ("Heading 1", "Plain text"):
        page.get_by_label(part, exact=True).select_option("ACME Shout")
        page.get_by_text("Saved.").wait_for()
    wait_for_sample(page)


def lose_a_style(page: Page) -> None:
    """Give another document, which does not have what was chosen."""
    give_a_house_style(page)
    content = saved(german())
    page.locator("#style").set_input_files([FilePayload(name="amt.docx", mimeType=_WORD, buffer=content)])
    page.get_by_role("button", name="Replace", exact=True).click()
    page.get_by_text("“ACME Shout” is no style of the file").first.wait_for()
    wait_for_sample(page)


def look_too_late(page: Page) -> None:
    """Change a look that somebody else has changed."""
    page.evaluate("document.querySelector('[data-look] [name=look]').value = 'another'")
    page.get_by_label("Table of contents").click()
    page.get_by_text("Somebody else changed the Word look").wait_for()
    wait_for_sample(page)


def enlarge_a_page(page: Page) -> None:
    page.locator(".look-sheets a").first.click(timeout=60_000)
    page.get_by_role("dialog").wait_for()


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
wish = press("r", "risks", "#wish-note:focus")
ask_for_help = press("?", "risks", "#help[open]")
accept = press("a", "summary", "#toast button")


def compare(heading: str) -> Callable[[Page], None]:
    """Look at the versions a part offers."""

    def act(page: Page) -> None:
        go_to(page, "risks")
        page.get_by_role("button", name="Compare and choose").click()
        page.get_by_role("heading", name=heading).wait_for()

    return act


def compare_with_an_earlier_one(page: Page) -> None:
    look_at_the_part(page)
    page.get_by_role("button", name="Compare", exact=False).first.click()
    page.locator("dialog[open] .differences").wait_for()


def have_it_written_again(page: Page) -> None:
    """While it is being typed in; nobody serves the queue of the prepared reports, so it stays so."""
    edit("summary")(page)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.locator("#about").get_by_role("button", name="Write again").click()
    page.locator("#block-summary.is-rewritten").wait_for()


def come_into_conflict(page: Page) -> None:
    """The same part is changed in another window while this one's save is under way."""
    held: list[Route] = []
    page.route("**/blocks/summary/edit/", lambda route: held.append(route))
    edit("summary")(page)
    with page.expect_request("**/blocks/summary/edit/"):
        page.keyboard.type(" Typed here.")
    other = page.context.new_page()
    other.goto(page.url)
    edit("summary")(other)
    other.keyboard.type(" Typed there.")
    other.locator("#saving", has_text="All saved").wait_for()
    other.close()
    held[0].continue_()
    page.get_by_role("button", name="Keep my text").wait_for()


def lose_the_connection(page: Page) -> None:
    page.clock.install()
    page.route("**/stream/*", lambda route: route.abort())
    page.reload()
    for _ in range(100):
        if page.locator("#offline").is_visible():
            return
        # It is said only when some seconds have passed.
        page.clock.fast_forward(1_000)
    raise AssertionError("The page never said that the connection is lost.")


def open_a_menu(page: Page) -> None:
    page.locator(".row summary").first.click()
    page.locator(".menu-item").first.wait_for()


def rename_in_place(page: Page) -> None:
    open_a_menu(page)
    page.locator(".menu-item", has_text="Rename").first.click()
    page.get_by_label("Title of the report").wait_for()


def find_nothing(page: Page) -> None:
    page.get_by_role("searchbox").first.fill("nothing like it")
    page.locator("text=/Nothing found|No template matches/").first.wait_for()


def delete_a_report(page: Page) -> None:
    open_row = page.locator(".row").filter(has=page.get_by_role("link", name="Report, dropped", exact=True))
    open_row.locator("summary").click()
    open_row.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").wait_for()


def _open_block(page: Page, block: str) -> Locator:
    """The card of a block in the studio, its form open."""
    page.locator("html.is-live").wait_for()
    card = page.locator(f"#card-block-{block}")
    card.locator("[data-open]").click()
    card.get_by_role("button", name="Improve these instructions").wait_for()
    return card


def type_doubtful_instructions(page: Page) -> None:
    """Ask for what the block cannot give, and wait until that is marked."""
    card = _open_block(page, "request")
    card.get_by_role("textbox", name="Instructions").fill(
        "All of it as bullet points, the sum in the column “Sum”."
    )
    expect(card.locator("mark")).to_have_count(2)


def ask_for_a_suggestion(page: Page) -> None:
    """Without a model there is none, and it is said why."""
    card = _open_block(page, "reasons")
    card.get_by_role("button", name="Improve these instructions").click()
    card.get_by_role("button", name="Close").wait_for()


def open_a_suggestion(page: Page) -> None:
    """One that waits since the template was made."""
    card = _open_block(page, "missing")
    card.get_by_role("region", name="Suggested instructions").wait_for()


def open_the_palette(page: Page) -> None:
    """See what can be added, and look into one of the ready-made blocks."""
    page.locator("html.is-live").wait_for()
    page.get_by_role("button", name="Add a block").click()
    page.get_by_text("What it says and writes: Action items").click()


def open_the_archive(page: Page) -> None:
    page.get_by_text("Archive (").click()


def import_a_broken_template(page: Page) -> None:
    _import(page, b"blocks: [")
    page.get_by_text("Nothing was taken in.").wait_for()


def import_a_template(page: Page) -> None:
    _import(page, b"name: Taken in")
    page.get_by_text("is here, as a draft").wait_for()


def _import(page: Page, content: bytes) -> None:
    file = FilePayload(name="template.yaml", mimeType="application/yaml", buffer=content)
    page.get_by_label("Template file").set_input_files([file])
    page.get_by_role("button", name="Import").click()


def look_at_withheld(page: Page) -> None:
    page.get_by_role("button", name="Look at the text").click()
    page.get_by_role("heading", name="The text").wait_for()
