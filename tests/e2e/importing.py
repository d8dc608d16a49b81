"""Reports of one form to make a template of, and the way they are given."""

from playwright.sync_api import FilePayload, Page

from tests.templates.proposing.reports import heading, points, report, table, text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIXED = "This report follows the rules of the council."


def minutes(month: str, *said: str) -> FilePayload:
    data = report(
        text(f"Minutes of {month}", "Title"),
        *(heading("Summary"), text(FIXED), *(text(one) for one in said)),
        *(heading("Actions"), table(("Item", "Due"), ("Roof", month))),
        *(heading("Risks"), points(f"It rains in {month}", "It snows")),
    )
    return FilePayload(name=f"{month}.docx", mimeType=WORD, buffer=data)


def import_two(page: Page) -> None:
    """Give two reports, and wait for what they propose."""
    files = [
        minutes("March", "The committee agreed the budget and asked for a second quote for the roof."),
        minutes("April", "Nobody came but the chair, so that nothing could be decided in this month."),
    ]
    page.get_by_label("Word reports").set_input_files(files)
    page.get_by_role("button", name="Read the reports").click()
    page.get_by_role("heading", name="What the 2 reports propose").wait_for()


def change_a_proposal(page: Page) -> None:
    """Open one proposal, change what it becomes, and drop another."""
    import_two(page)
    part = page.locator("[data-proposal]").nth(2)
    part.locator("summary").click()
    part.get_by_label("Becomes").select_option("bullets")
    part.get_by_text("Changed by you.").wait_for()
    page.locator("[data-proposal]").nth(0).get_by_role("checkbox").uncheck()
    page.locator("[data-counts]").get_by_text("Dropped").wait_for()
