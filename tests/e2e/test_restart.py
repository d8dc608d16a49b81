"""The server goes and comes back while people watch: streams end, browsers return and miss nothing."""

import http.client
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import install, run_python, serve
from tests.services import free_port

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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("restarted")
    install(folder)
    run_python(folder, MAKE_REPORT)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def open_report(page: Page, port: int) -> str:
    """Sign in and open the report that is watched; the address of its stream."""
    page.goto(f"http://127.0.0.1:{port}/sign-in/?next=/reports/")
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill("fill-demo")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="To be watched").first.click()
    page.get_by_role("heading", name="To be watched").wait_for()
    return f"{page.url}stream/"


def test_a_browser_comes_back_to_a_server_that_was_restarted(page: Page, folder: Path) -> None:
    port = free_port()
    with serve(folder, port):
        page.evaluate(LISTEN, open_report(page, port))
        page.wait_for_function("() => window.heard.length > 0")
        count = page.evaluate("() => window.heard.length")
    run_python(folder, EDIT.format(words="Changed while nobody served."))
    with serve(folder, port):
        page.wait_for_function(HEARD, arg="Changed while nobody served.")
        # It said what it had seen, and was told the rest.
        assert page.evaluate("() => window.heard.length") == count + 1
        run_python(folder, EDIT.format(words="Changed later."))
        page.wait_for_function(HEARD, arg="Changed later.")


def test_streams_end_at_once_when_the_server_is_told_to_stop(page: Page, folder: Path) -> None:
    port = free_port()
    with serve(folder, port) as server:
        address = open_report(page, port)
        session = next(one for one in page.context.cookies() if one.get("name") == "sessionid")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(
            "GET", urlsplit(address).path, headers={"Cookie": f"sessionid={session.get('value')}"}
        )
        response = connection.getresponse()
        assert response.readline() == b"retry: 1000\n"
        # The browser's own stream has to end as well.
        server.send_signal(signal.SIGINT)
        began = time.monotonic()
        # To the end, without an error: the last chunk was sent.
        response.read()
        assert time.monotonic() - began < 1
        server.wait(timeout=10)
    log = (folder / "log").read_text()
    assert "graceful shutdown exceeded" not in log
    assert "Traceback" not in log
