"""The whole path of a signal: taught from nothing, guarding a block, counted in a chart, told of by mail."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.e2e.conftest import PATIENCE, MakeFill
from tests.e2e.entering import enter
from tests.e2e.running import RunningFill
from tests.e2e.signals.mails import wait_for_mails
from tests.e2e.signals.promises import PROMISES
from tests.factories import OWN_PART
from tests.simulated_llm import Asked, Behaviour, SimulatedLLM

pytestmark = pytest.mark.service("chromium")
_PLAIN = "The tenant asked for the deposit on 4 May. The landlord has not answered yet."
_PROMISE = "We promise that the court will decide in your favour."
_SEED = """
from django.contrib.auth.models import User
from fillapp.demo import load_letters
from templates.body import read_body
from templates.models import TemplateShare
from templates.publish import publish, save_draft

load_letters()
User.objects.filter(username="author").update(email="author@example.org")
block = {"block": "advice", "kind": "long_text", "title": "Advice", "instructions": "What to do."}
body = read_body({"name": "Letter of advice", "blocks": [block]})
template = save_draft(body, slug="letter", owner=User.objects.get(username="author"))
publish(template)
TemplateShare.objects.create(template=template, user=User.objects.get(username="demo"))
"""
_LOOK_AGAIN = """
from signals.alerting.check import check_alerts
from signals.alerting.telling import tell_untold
from signals.models import Alert

Alert.objects.update(checked=None)
check_alerts()
tell_untold()
"""
_FILE = FilePayload(name="file.txt", mimeType="text/plain", buffer=f"{_PLAIN} ".encode() * 20)


@pytest.fixture
def model() -> Iterator[SimulatedLLM]:
    """It promises, but not when it is told that a check found that."""
    with SimulatedLLM(Behaviour(part_after=OWN_PART, answers=_answer)) as model:
        yield model


@pytest.fixture
def fill(make_fill: MakeFill, model: SimulatedLLM) -> Iterator[RunningFill]:
    """An installation of its own, whose sweep comes often, with a template of one block."""
    at_the_model = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "simulated"}
    fill = make_fill("path", at_the_model | {"FILL_LEASE_SECONDS": "2"})
    fill.run(_SEED)
    fill.start()
    yield fill
    fill.stop()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def come_in(browser: Browser, fill: RunningFill, complaints: list[str]) -> Iterator[Callable[[str], Page]]:
    """People, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def come_in(name: str) -> Page:
        context = browser.new_context(base_url=fill.address, viewport={"width": 1440, "height": 1000})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        enter(page, name, complaints)
        return page

    yield come_in
    for context in contexts:
        context.close()


def test_from_sixteen_examples_to_an_alert(come_in: Callable[[str], Page], fill: RunningFill) -> None:
    author, demo = come_in("author"), come_in("demo")

    _teach(author)
    _guard(author, "flag")

    # What it looks for is written, and shown with the words.
    _write_letter(demo)
    advice = demo.locator("#block-advice")
    expect(advice.locator(".checks")).to_contain_text("Promises an outcome")
    expect(advice.locator(".flag-words")).to_have_text(_PROMISE)
    assert demo.evaluate("[...CSS.highlights.get('flagged')].map(String)") == [_PROMISE]
    _share(demo, "author")

    _guard(author, "resample")
    _write_letter(demo)
    expect(demo.locator("#block-advice .block-value")).to_have_text(_PLAIN)
    expect(demo.locator("#block-advice .checks")).to_have_count(0)
    assert _candidates(fill) == [f"{_PLAIN} {_PROMISE}", _PLAIN]

    # All that was written counts, also what was not kept; whoever may read it is one click away.
    author.goto("/signals/monitoring/?signal=promises-an-outcome")
    expect(author.get_by_role("img", name="rate of flagged texts")).to_be_visible()
    expect(author.locator("#found")).to_contain_text("2 of 3 texts")
    author.get_by_role("link", name="Show the 2 flagged texts").click()
    expect(author.locator(".found-text blockquote")).to_have_text([_PROMISE])
    expect(author.locator(".page-head")).to_contain_text("you may read 1 of them")

    _set_alert(author)
    mails = wait_for_mails(fill)
    fill.run(_LOOK_AGAIN)
    assert wait_for_mails(fill) == mails
    assert "flags more than 10 %" in mails[0]
    assert mails[0].count(_PROMISE) == 1
    author.goto("/signals/alerts/")
    expect(author.locator(".alert-row")).to_contain_text("Raised")


def _teach(page: Page) -> None:
    """With sixteen keys, after a title and a phrase."""
    page.goto("/signals/new/")
    page.get_by_label("Title").fill("Promises an outcome")
    page.get_by_role("button", name="Make it").click()
    page.get_by_label("Phrase", exact=True).fill("We promise that you will win")
    page.keyboard.press("Enter")
    asked = page.locator("#ask .ask-said")
    expect(asked).to_have_text("We promise that you will win the case.")
    for _ in range(16):
        said = asked.inner_text()
        page.keyboard.press("y" if PROMISES.search(said) else "n")
        expect(asked).not_to_have_text(said)
        expect(page.locator("#teach-next")).to_contain_text(asked.inner_text())
    learnt = page.locator("#learnt")
    expect(page.locator("#learnt[data-pending]")).to_have_count(0)
    expect(learnt).to_contain_text("Precision")
    expect(learnt).not_to_contain_text("It cannot be learnt so far")


def _guard(page: Page, action: str) -> None:
    """Let the signal watch the block, or do something else from now on; published."""
    page.goto("/templates/letter/")
    page.locator("html.is-live").wait_for()
    card = page.locator("[data-part][data-called='Advice']")
    card.locator("[data-open]").click()
    card.locator("summary", has_text="More").click()
    guards = card.get_by_role("group", name="Guards")
    if not guards.locator("[data-row]").count():
        guards.get_by_role("button", name="Add a guard").click()
        guards.get_by_label("Signal").select_option("Promises an outcome")
    guards.get_by_label("Action").select_option(action)
    expect(page.locator("#studio-saving")).to_have_text("All saved")
    page.get_by_role("link", name="Publish …").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published.")).to_be_visible()


def _write_letter(page: Page) -> None:
    page.goto("/templates/letter/start/")
    page.locator("#files").set_input_files([_FILE])
    page.locator(".file").wait_for()
    page.get_by_role("button", name="Generate the report").click()
    expect(page.locator("#line")).to_contain_text(re.compile("1 of 1 ready|All 1 ready"))


def _share(page: Page, name: str) -> None:
    page.get_by_label("More for this report").click()
    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_label("Name of a person or a group").fill(name)
    page.get_by_role("button", name=f"Let view: {name}").click()
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def _set_alert(page: Page) -> None:
    page.goto("/signals/monitoring/?signal=promises-an-outcome")
    page.get_by_role("link", name="Be told when it flags more").click()
    for label, value in (
        ("flags more than (%)", "10"),
        ("within (hours)", "24"),
        ("of at least (texts)", "1"),
    ):
        page.get_by_label(label).fill(value)
    page.get_by_label("Addresses").fill("author@example.org")
    page.get_by_role("button", name="Set the alert").click()
    expect(page.get_by_text("The alert is set.")).to_be_visible()


def _candidates(fill: RunningFill) -> list[str]:
    """The texts that the newest report's model gave, in their order."""
    said = fill.run(
        "from generation.models import Candidate, Report\n"
        "newest = Report.objects.filter(purpose='case').latest('pk')\n"
        "for one in Candidate.objects.filter(fill__report=newest).order_by('pk'):\n"
        " print(one.value['doc']['content'][0]['content'][0]['text'])"
    )
    return said.splitlines()


def _answer(asked: Asked) -> str:
    return _PLAIN if "The check “" in str(asked) else f"{_PLAIN} {_PROMISE}"
