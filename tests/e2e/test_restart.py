"""The server goes and comes back while people watch: streams end, browsers return and miss nothing."""

import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.running import RunningFill

pytestmark = pytest.mark.service("chromium")
MAKE_REPORT = """
from django.contrib.auth.models import User
from generation.reports import create_report
from generation.uploads import store_document
from templates.models import ReportTemplate
template = ReportTemplate.objects.get(slug="meeting-minutes")
owner = User.objects.get(username="demo")
document = store_document(b"The committee met.", "transcript.txt", owner)
create_report(template.newest.snapshot, [(document, "transcript")], owner=owner, title="To be watched")
"""
EDIT = """
from generation.models import Fill
from django.utils import timezone
fill = Fill.objects.filter(report__title="To be watched").order_by("position")[0]
Fill.objects.filter(pk=fill.pk).update(state="failed", error="{words}", changed=timezone.now())
"""
# Not the page's own script: what any browser does with the stream.
LISTEN = """(address) => {
    window.heard = []
    const source = new EventSource(address)
    source.addEventListener("block", (event) => window.heard.push(JSON.parse(event.data)))
}"""
HEARD = "(words) => window.heard.some((block) => block.html.includes(words))"


@pytest.fixture(scope="module", autouse=True)
def report(offline_fill: RunningFill) -> None:
    offline_fill.run(MAKE_REPORT)


@pytest.fixture
def fill(offline_fill: RunningFill) -> Iterator[RunningFill]:
    """A Fill that runs again for the next test, whatever this one does to it."""
    yield offline_fill
    offline_fill.stop()
    offline_fill.start()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def open_report(page: Page, fill: RunningFill) -> str:
    """Sign in and open the report that is watched; the address of its stream."""
    page.goto(f"{fill.address}/sign-in/?next=/reports/")
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill("fill-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="To be watched").first.click()
    page.get_by_role("heading", name="To be watched").wait_for()
    return f"{page.url}stream/"


def test_a_browser_comes_back_to_a_server_that_was_restarted(page: Page, fill: RunningFill) -> None:
    page.evaluate(LISTEN, open_report(page, fill))
    page.wait_for_function("() => window.heard.length > 0")
    count = page.evaluate("() => window.heard.length")
    fill.stop()
    fill.run(EDIT.format(words="Changed while nobody served."))
    fill.start()
    page.wait_for_function(HEARD, arg="Changed while nobody served.")
    # It said what it had seen, and was told the rest.
    assert page.evaluate("() => window.heard.length") == count + 1
    fill.run(EDIT.format(words="Changed later."))
    page.wait_for_function(HEARD, arg="Changed later.")


def test_streams_end_at_once_when_the_server_is_told_to_stop(page: Page, fill: RunningFill) -> None:
    address = urlsplit(open_report(page, fill))
    session = next(one for one in page.context.cookies() if one.get("name") == "sessionid")
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    connection.request("GET", address.path, headers={"Cookie": f"sessionid={session.get('value')}"})
    response = connection.getresponse()
    assert response.readline() == b"retry: 1000\n"
    # The browser's own stream has to end as well.
    fill.ask_to_stop()
    began = time.monotonic()
    # To the end, without an error: the last chunk was sent.
    response.read()
    assert time.monotonic() - began < 1
