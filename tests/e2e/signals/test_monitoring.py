"""From a chart to an alert's e-mail: what a signal flags is seen, an alert is set, and it arrives."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import MakeFill
from tests.e2e.entering import enter
from tests.e2e.running import RunningFill
from tests.e2e.signals.mails import wait_for_mails

pytestmark = pytest.mark.service("chromium")
_PATIENCE = 60
_SEED = """
from datetime import timedelta
from django.utils import timezone
from django.contrib.auth.models import User
from tests.signals.texts import PLAIN, PROMISES, keep, rest, teach
from templates.models import ReportTemplate

User.objects.filter(username="author").update(email="author@example.org")
template = str(ReportTemplate.objects.get(slug="meeting-minutes").pk)
now = timezone.now()
for number in range(80):
    said = PROMISES[number % 4] if number % 5 == 0 else f"{PLAIN[number % 4]} It was number {number}."
    keep(10_000 + number, said, now - timedelta(hours=number / 4), template=template)
rest(teach("promises-an-outcome"))
"""


@pytest.fixture
def fill(make_fill: MakeFill) -> Iterator[RunningFill]:
    """An installation of its own, whose sweep comes often."""
    fill = make_fill("monitoring", {"FILL_LEASE_SECONDS": "2"})
    fill.run(_SEED)
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture
def page(browser: Browser, fill: RunningFill) -> Iterator[Page]:
    context = browser.new_context(base_url=fill.address)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_a_chart_shows_what_is_flagged_and_an_alert_arrives_by_mail(page: Page, fill: RunningFill) -> None:
    complaints: list[str] = []
    enter(page, "author", complaints)
    page.goto("/signals/monitoring/?signal=promises-an-outcome")
    # The sweep has it read by itself, and the page looks again.
    expect(page.get_by_role("img", name="rate of flagged texts")).to_be_visible(timeout=_PATIENCE * 1000)
    expect(page.get_by_text("of 80 texts")).to_be_visible(timeout=_PATIENCE * 1000)
    page.get_by_role("link", name="Be told when it flags more").click()
    page.get_by_label("flags more than (%)").fill("10")
    page.get_by_label("Addresses").fill("author@example.org")
    page.get_by_role("button", name="Set the alert").click()
    expect(page.get_by_text("The alert is set.")).to_be_visible()
    [said] = wait_for_mails(fill)
    assert "flags more than 10 %" in said
    assert "/signals/monitoring/?signal=promises-an-outcome" in said
    page.goto("/signals/alerts/")
    expect(page.get_by_text("Raised")).to_be_visible()
    assert complaints == []
