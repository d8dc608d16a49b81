"""Two pages at the same preview at the same moment: one call, and an answer for both."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from fillapp.pages.studio.preview_shown import show_preview
from generation.models import Fill
from generation.previews import refresh
from tests.generation.engine.waiting import wait_until
from tests.generation.previews.conftest import BLOCKS, USUAL, Studio
from tests.simulated_llm import SimulatedLLM

pytestmark = pytest.mark.usefixtures("worker")


def come_between(after: str, do: Callable[[], object]) -> Any:
    """A context in which `do` is done once, right after the first query with `after` in it."""
    waiting = [do]

    def execute(run: Callable[..., Any], sql: str, *more: Any) -> Any:
        answer = run(sql, *more)
        if after in sql and waiting:
            waiting.pop()()
        return answer

    return connection.execute_wrapper(execute)


def test_a_block_that_two_pages_want_at_once_is_written_once(studio: Studio, llm: SimulatedLLM) -> None:
    llm.reset(replace(USUAL, latency=0.5))
    preview = studio.preview
    begun: list[Fill] = []

    def begin() -> None:
        refresh(preview, ["risks"])
        wait_until(lambda: preview.fills.get(block="risks").state == Fill.State.RUNNING)
        begun.append(preview.fills.get(block="risks"))

    with come_between('FROM "generation_cachedanswer"', begin):
        refresh(preview, ["risks"])

    assert preview.fills.get(block="risks").attempt == begun[0].attempt
    assert studio.wait()["risks"].state == Fill.State.DONE


def test_a_preview_that_follows_a_newer_draft_meanwhile_is_shown_as_that(studio: Studio) -> None:
    ann = User.objects.create_user("ann")
    followed = studio.follow()

    with come_between('"chosen_id" IS NOT NULL', lambda: studio.change(blocks=BLOCKS[:2])):
        shown = show_preview(studio.template, "", ann)

    assert followed.report == shown.report
    assert [part.name for part in shown.parts if part.what == "block"] == ["block-summary"]
