"""The stream of a report: the state of all at once, then each change, then the end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.test import AsyncClient
from django.utils import timezone

from fillapp.pages.stream import Watch, follow_report
from generation.engine.schedule import cancel_report
from generation.models import Report
from tests.fillapp.conftest import fail, finish

Event = tuple[str, dict[str, Any]]
pytestmark = pytest.mark.django_db(transaction=True)


def parse(chunk: str) -> Event:
    """Name and data of an event."""
    name, data = chunk.removeprefix("event: ").split("\ndata: ")
    return name, orjson.loads(data)


def parse_all(chunks: list[str]) -> list[Event]:
    return [parse(chunk) for chunk in chunks if not chunk.startswith(":")]


def is_end(event: Event) -> bool:
    return event[0] == "finished"


def watch(report: Report, user: User) -> Watch:
    """Someone who has just begun to look."""
    watch = Watch(report.pk, user.pk)
    watch.beat()
    return watch


async def until(
    events: AsyncIterator[str],
    holds: Callable[[Event], bool],
    then: Callable[[], Awaitable[Any]] | None = None,
) -> Event:
    """The next event that is meant; `then` is done on the first event of all."""
    async with asyncio.timeout(10):
        async for chunk in events:
            if chunk.startswith(":"):
                continue
            if then:
                await then()
                then = None
            if holds(parse(chunk)):
                return parse(chunk)
    raise AssertionError("the stream ended")


def test_the_first_look_shows_every_block(report: Report, alice: User) -> None:
    events = parse_all(watch(report, alice).look())
    assert [data["key"] for name, data in events if name == "block"] == [
        "summary",
        "actions",
        "risks",
        "outcome",
    ]
    assert events[-1][1]["line"] == "0 of 4 ready"


def test_a_second_look_shows_only_what_changed(report: Report, alice: User) -> None:
    eyes = watch(report, alice)
    eyes.look()
    assert eyes.look() == []
    finish(report, "risks")
    (block, shown), (summary, said) = parse_all(eyes.look())
    assert (block, shown["key"], summary) == ("block", "risks", "summary")
    assert "The tenant may leave." in shown["html"]
    assert said["line"] == "1 of 4 ready"


def test_a_block_comes_as_the_page_itself_shows_it(report: Report, alice: User) -> None:
    finish(report, "risks")
    shown = next(data for _, data in parse_all(watch(report, alice).look()) if data.get("key") == "risks")
    client = AsyncClient()
    client.force_login(alice)
    page = async_to_sync(client.get)(f"/reports/{report.pk}/").content.decode()
    assert shown["html"].strip() in page
    assert shown["outline"].strip() in page


def test_the_stream_ends_when_nothing_is_unfinished(report: Report, alice: User) -> None:
    finish(report, "summary")
    cancel_report(report)
    eyes = watch(report, alice)
    assert parse_all(eyes.look())[-1] == ("finished", {})
    assert not eyes.open


def test_workers_learn_that_someone_watches(report: Report, alice: User) -> None:
    watch(report, alice)
    report.refresh_from_db()
    assert report.watched_until
    assert report.watched_until > timezone.now()


def test_whoever_loses_the_right_to_look_sees_no_more(report: Report, alice: User) -> None:
    eyes = watch(report, alice)
    eyes.look()
    Report.objects.update(owner=None)
    finish(report, "risks")
    eyes.beat()
    assert not eyes.open
    assert eyes.look() == []


def test_a_person_who_was_switched_off_sees_no_more(report: Report, alice: User) -> None:
    User.objects.update(is_active=False)
    assert not watch(report, alice).open


def test_a_withheld_value_is_not_in_the_stream(finished: Report, alice: User) -> None:
    finished.fills.filter(block="summary").update(withheld=True)
    assert "All went well." not in "".join(watch(finished, alice).look())


def test_text_being_written_is_in_the_stream(report: Report, alice: User) -> None:
    eyes = watch(report, alice)
    eyes.look()
    report.fills.filter(block="summary").update(
        state="running", partial="It was agreed", changed=timezone.now()
    )
    assert "It was agreed" in "".join(eyes.look())


def test_only_who_may_change_the_report_is_offered_another_try(report: Report, alice: User) -> None:
    fail(report, "risks", "It broke.")
    assert "Try again" in "".join(watch(report, alice).look())


def test_a_change_reaches_a_listener(report: Report, alice: User) -> None:
    async def listen() -> Event:
        events = follow_report(report.pk, alice.pk)
        return await until(
            events,
            lambda event: event[0] == "block" and "The tenant may leave." in event[1]["html"],
            then=lambda: sync_to_async(finish)(report, "risks"),
        )

    assert async_to_sync(listen)()[1]["key"] == "risks"


def test_two_listeners_both_hear_of_the_end(report: Report, alice: User) -> None:
    async def listen() -> list[Event]:
        first, second = follow_report(report.pk, alice.pk), follow_report(report.pk, alice.pk)
        cancel = sync_to_async(cancel_report)
        return list(
            await asyncio.gather(
                until(first, is_end, then=lambda: cancel(report)),
                until(second, is_end),
            )
        )

    assert async_to_sync(listen)() == [("finished", {}), ("finished", {})]


def test_the_response_is_a_stream_that_nothing_on_the_way_may_keep(finished: Report, alice: User) -> None:
    async def read() -> tuple[StreamingHttpResponse, str]:
        client = AsyncClient()
        await client.aforce_login(alice)
        response = await client.get(f"/reports/{finished.pk}/stream/")
        assert isinstance(response, StreamingHttpResponse)
        return response, "".join([chunk.decode() async for chunk in aiter(response)])

    response, text = async_to_sync(read)()
    assert response.headers["Content-Type"] == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert text.startswith(": beat\n\n")
    assert text.endswith("event: finished\ndata: {}\n\n")
