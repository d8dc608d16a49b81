"""The studio brought into a state worth looking at, and templates whose previews are in every state."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route

from generation.examples import add_documents, add_example_case
from generation.models import Fill, Report
from generation.previews import find_preview, follow_draft
from templates.publish import save_draft
from tests.factories import finish, make_body, make_document

_SUMMARY = "block-summary"


def prepare_previews(queue: str, owner: User) -> None:
    """A template without a part, and one whose preview has blocks in several states on an unserved queue."""
    save_draft(make_body(name="Empty").model_copy(update={"blocks": []}), slug="empty", owner=owner)
    template = save_draft(make_body(name="Previewed"), slug="previewed", owner=owner)
    case = add_example_case(template)
    add_documents(case, [make_document()])
    preview = follow_draft(find_preview(template, case, owner)).report
    Report.objects.filter(pk=preview.pk).update(queue=queue)
    finish(preview, "summary")
    finish(preview, "risks", problems=("“5” stands in none of the documents.",))
    until = timezone.now() + timedelta(days=1)
    preview.fills.filter(block="actions").update(state=Fill.State.RUNNING, lease_until=until)


def _enter(page: Page) -> None:
    page.locator("html.is-live").wait_for()
    page.locator("[data-preview-about]").wait_for()


def _open(page: Page, title: str) -> Locator:
    _enter(page)
    card = page.locator(f"[data-part][data-called='{title}']")
    card.locator("[data-open]").click()
    card.locator("form[data-part-form]").wait_for()
    return card


def open_card(title: str) -> Callable[[Page], None]:
    """Open a block's form with all it folds away."""

    def act(page: Page) -> None:
        _open(page, title).locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        # Nothing half below the head that stays in sight.
        page.locator(".pane-editor").evaluate("pane => { pane.scrollTop = 0 }")

    return act


def type_what_is_unfit(page: Page) -> None:
    card = _open(page, "What is asked for")
    card.get_by_label("At most, in rows").fill("0")
    card.locator(".field-error").wait_for()


def come_into_conflict(page: Page) -> None:
    """Another window saves the same block while this one's save is on its way."""
    card = _open(page, "Summary")
    held: list[Route] = []
    page.route(f"**/parts/{_SUMMARY}/", lambda route: held.append(route))
    with page.expect_request(f"**/parts/{_SUMMARY}/"):
        card.get_by_label("Instructions", exact=True).press_sequentially(" Typed here.")
    other = page.context.new_page()
    other.goto(page.url)
    theirs = _open(other, "Summary").get_by_label("Instructions", exact=True)
    with other.expect_response(f"**/parts/{_SUMMARY}/"):
        theirs.fill("Typed there.")
    other.close()
    held[0].continue_()
    card.get_by_role("button", name="Save mine").wait_for()
    page.locator(".pane-editor").evaluate("pane => { pane.scrollTop = 0 }")


def lose_a_block(page: Page) -> None:
    """Somebody deletes what is being typed in; it is brought back for whoever looks next."""
    card = _open(page, "Summary")
    held: list[Route] = []
    page.route(f"**/parts/{_SUMMARY}/", lambda route: held.append(route))
    with page.expect_request(f"**/parts/{_SUMMARY}/"):
        card.get_by_label("Instructions", exact=True).press_sequentially(" Typed here.")
    other = page.context.new_page()
    other.goto(page.url)
    delete_a_block(other)
    held[0].continue_()
    page.get_by_role("button", name="Let it go").wait_for()
    other.locator("#toast button").click()
    other.locator(f"#card-{_SUMMARY}").wait_for()
    other.close()


def delete_a_block(page: Page) -> None:
    _enter(page)
    page.locator(f"#card-{_SUMMARY} [data-do=remove]").click()
    page.locator("#toast button").wait_for()


def ask_for_help(page: Page) -> None:
    _enter(page)
    page.locator("[data-do=help]").click()
    page.locator("#help[open]").wait_for()


def show_the_preview(page: Page) -> None:
    """On a narrow screen one side is shown at a time."""
    _enter(page)
    page.set_viewport_size({"width": 360, "height": 900})
    page.locator("[data-side=preview]").click()
    page.locator("#studio-preview").wait_for()
