"""A template of sixty blocks stays quick: opening it, typing, saving, moving. The limits are generous."""

import statistics
from time import perf_counter

import pytest
from playwright.sync_api import expect

from tests.bench.typing_speed import WATCH_KEYS
from tests.e2e.studio.cases import LONG
from tests.e2e.studio.conftest import Builder

pytestmark = pytest.mark.service("chromium")
_WORDS = " Say it in one sentence for each point that was raised."


def test_sixty_blocks_are_edited_smoothly(author: Builder) -> None:
    page = author.page
    begun = perf_counter()
    author.open(LONG)
    expect(page.locator("#cards > li")).to_have_count(60)
    opened = perf_counter() - begun

    author.open_card("Risks 6")
    field = author.instructions("Risks 6")
    field.focus()
    page.keyboard.press("End")
    page.evaluate(WATCH_KEYS)
    page.keyboard.type(_WORDS, delay=50)
    typed = perf_counter()
    author.until_saved()
    saved = perf_counter() - typed
    # Some keys come while what was typed before is saved and the preview follows.
    page.wait_for_function("count => window.keys.length >= count", arg=len(_WORDS))
    keys: list[float] = page.evaluate("() => window.keys")

    page.keyboard.press("Escape")
    begun = perf_counter()
    with page.expect_response(lambda answer: answer.url.endswith("/parts/")):
        page.keyboard.press("Alt+ArrowUp")
    moved = perf_counter() - begun
    assert author.order.index("Risks 6") == author.order.index("Actions 6") - 1

    median, late = statistics.median(keys), statistics.quantiles(keys, n=20)[-1]
    print(f"60 blocks: open {opened:.2f} s, key {median:.0f} ms ({late:.0f} for 95 %), ", end="")
    print(f"saved after {saved:.2f} s, moved in {moved:.2f} s")
    assert opened < 8
    assert median < 50
    assert saved < 5
    assert moved < 5
