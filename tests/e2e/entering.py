"""Somebody at the door: signed in, and what their browser complains of written down."""

from playwright.sync_api import Page

from fillapp.demo import PASSWORD


def enter(page: Page, name: str, complaints: list[str]) -> None:
    """Sign in as one of the demo people, or another with their password."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".bar-who").wait_for()
