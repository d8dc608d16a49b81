"""Open streams: what is said reaches all who may hear it, once, until they may not or the page is closed."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.http import StreamingHttpResponse
from django.test import AsyncClient
from django.utils import timezone

from fillapp.hub import Hub
from fillapp.watchers import Watcher
from generation.engine.schedule import cancel_report
from generation.models import Report, ReportShare
from tests.fillapp.conftest import fail, finish
from tests.fillapp.live import (
    Event,
    Window,
    is_block,
    is_finished,
    make_watcher,
    read_events,
    rendered_templates,
)

pytestmark = pytest.mark.django_db(transaction=True)


def is_summary(event: Event) -> bool:
    return event[0] == "summary"


def quick_hub() -> Hub:
    return Hub(look_every=0.01, beat_every=0.05)


def run(scene: Callable[[Hub], Awaitable[Any]]) -> Any:
    """What comes of a scene in which people watch."""

    async def play() -> Any:
        return await scene(quick_hub())

    return async_to_sync(play)()


def listen(hub: Hub, watcher: Watcher, seen: str = "") -> Window:
    return Window(hub.listen(watcher, seen))


def test_a_change_reaches_a_listener(report: Report, alice: User) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> None:
        window = listen(hub, watcher)
        await window.until(is_summary)
        await sync_to_async(finish)(report, "risks")
        await window.until(is_block("risks", "The tenant may leave."))

    run(scene)


def test_all_listeners_hear_of_a_change_and_it_is_rendered_once(
    report: Report, alice: User, bob: User
) -> None:
    ReportShare.objects.create(report=report, user=bob, can_edit=True)
    watchers = [make_watcher(report, user) for user in (alice, bob, alice)]

    async def scene(hub: Hub) -> None:
        windows = [listen(hub, watcher) for watcher in watchers]
        await asyncio.gather(*(window.until(is_summary) for window in windows))
        with rendered_templates() as names:
            await sync_to_async(finish)(report, "risks")
            await asyncio.gather(*(window.until(is_block("risks", "The tenant")) for window in windows))
        assert names.count("generation/block.html") == 1

    run(scene)


def test_the_stream_goes_on_when_the_report_is_finished(report: Report, alice: User) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> list[str]:
        window = listen(hub, watcher)
        await window.until(is_summary)
        await sync_to_async(cancel_report)(report)
        await window.until(is_finished)
        await sync_to_async(finish)(report, "risks")
        await window.until(is_block("risks", "The tenant may leave."))
        return [name for name, _ in window.events]

    assert run(scene).count("finished") == 1


def test_who_comes_back_is_told_only_what_changed_meanwhile(report: Report, alice: User) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> list[Event]:
        window = listen(hub, watcher)
        await window.until(is_summary)
        last_id = re.findall(rb"^id: (.*)$", window.text, re.MULTILINE)[-1].decode()
        await sync_to_async(finish)(report, "risks")
        again = listen(quick_hub(), watcher, seen=last_id)
        await again.until(is_summary)
        return again.events

    assert [data.get("key") for _, data in run(scene)] == ["risks", None]


def test_a_slow_reader_is_told_the_newest_only(report: Report, alice: User) -> None:
    watchers = [make_watcher(report, alice) for _ in range(2)]

    def write(text: str) -> None:
        report.fills.filter(block="summary").update(state="running", partial=text, changed=timezone.now())

    async def scene(hub: Hub) -> list[Event]:
        slow, quick = [listen(hub, watcher) for watcher in watchers]
        await asyncio.gather(slow.until(is_summary), quick.until(is_summary))
        slow.events.clear()
        for text in ("It was", "It was agreed", "It was agreed at last"):
            await sync_to_async(write)(text)
            await quick.until(is_block("summary", text))
        await slow.until(is_block("summary"))
        return slow.events

    blocks = [data for name, data in run(scene) if name == "block"]
    assert len(blocks) == 1
    assert "It was agreed at last" in blocks[0]["html"]


def test_workers_learn_at_once_that_someone_watches(report: Report, alice: User) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> None:
        hub = Hub(look_every=0.01, beat_every=60)
        window = listen(hub, watcher)
        await window.until(is_summary)
        late = listen(hub, await sync_to_async(make_watcher)(report, alice))
        await sync_to_async(Report.objects.update)(watched_until=None)
        await late.until(is_summary)
        async with asyncio.timeout(5):
            while not await Report.objects.filter(watched_until__gt=timezone.now()).aexists():
                await asyncio.sleep(0.01)

    run(scene)


LOSSES: dict[str, Callable[[], object]] = {
    "the report is another's": lambda: Report.objects.update(owner=None),
    "the report was deleted": lambda: Report.objects.update(deleted=timezone.now()),
    "the report was removed": lambda: Report.objects.all().delete(),
    "the person was switched off": lambda: User.objects.update(is_active=False),
    "the person has signed out": lambda: Session.objects.all().delete(),
    "the role was taken away": lambda: Group.objects.all().delete(),
    "the session is over": lambda: Session.objects.update(expire_date=timezone.now()),
    "the password was changed": lambda: User.objects.update(password="another"),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_who_may_look_no_more_is_told_no_more(report: Report, alice: User, loss: str) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> None:
        window = listen(hub, watcher)
        await window.until(is_summary)
        await sync_to_async(LOSSES[loss])()
        await window.to_end()

    run(scene)


def test_a_share_that_is_taken_back_ends_the_stream_of_that_person_only(
    report: Report, alice: User, bob: User
) -> None:
    share = ReportShare.objects.create(report=report, user=bob)
    watchers = [make_watcher(report, alice), make_watcher(report, bob, can_edit=False)]

    async def scene(hub: Hub) -> None:
        hers, his = [listen(hub, watcher) for watcher in watchers]
        await asyncio.gather(hers.until(is_summary), his.until(is_summary))
        await share.adelete()
        await his.to_end()
        await sync_to_async(finish)(report, "risks")
        await hers.until(is_block("risks", "The tenant"))
        assert not any(is_block("risks", "The tenant")(event) for event in his.events)

    run(scene)


def test_who_may_edit_no_more_is_shown_the_page_of_a_reader(report: Report, alice: User, bob: User) -> None:
    fail(report, "risks", "It broke.")
    share = ReportShare.objects.create(report=report, user=bob, can_edit=True)
    watcher = make_watcher(report, bob)

    async def scene(hub: Hub) -> None:
        window = listen(hub, watcher)
        await window.until(is_block("risks", "It broke."))
        assert "Try again" in str(window.events)
        await ReportShare.objects.filter(pk=share.pk).aupdate(can_edit=False)
        _, shown = await window.until(is_block("risks", "It broke."))
        assert "Try again" not in shown["html"]

    run(scene)


def test_what_could_not_be_shown_is_shown_when_it_can(
    report: Report, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> None:
        window = listen(hub, watcher)
        await window.until(is_summary)
        broken = await sync_to_async(finish)(report, "risks", {"nothing": "of its kind"})
        async with asyncio.timeout(10):
            while "telling the watchers" not in caplog.text:
                await asyncio.sleep(0.01)
        await sync_to_async(finish)(report, "summary")
        value = {"items": [{"text": "The roof leaks.", "items": []}]}
        await sync_to_async(broken.candidates.update)(value=value)
        await sync_to_async(broken.save)()
        await window.until(is_block("risks", "The roof leaks."))
        assert any(is_block("summary", "All went well.")(event) for event in window.events)

    run(scene)


def test_all_streams_end_with_the_process_and_nobody_is_let_in_any_more(report: Report, alice: User) -> None:
    watchers = [make_watcher(report, alice) for _ in range(3)]

    async def scene(hub: Hub) -> list[Event]:
        windows = [listen(hub, watcher) for watcher in watchers[:2]]
        await asyncio.gather(*(window.until(is_summary) for window in windows))
        hub.end()
        await asyncio.gather(*(window.to_end() for window in windows))
        return await listen(hub, watchers[2]).to_end()

    assert run(scene) == []


def test_a_browser_is_told_when_to_come_back_and_that_somebody_is_there(report: Report, alice: User) -> None:
    watcher = make_watcher(report, alice)

    async def scene(hub: Hub) -> bytes:
        text = b""
        async with asyncio.timeout(10):
            async for chunk in hub.listen(watcher, ""):
                text += chunk
                if b": beat\n\n" in chunk:
                    return text
        return text

    text = run(scene)
    assert text.startswith(b"retry: 1000\n\n")
    assert text.count(b": beat\n\n") == 1


def test_the_response_is_a_stream_that_nothing_on_the_way_may_keep(finished: Report, alice: User) -> None:
    async def first_events(address: str, **headers: str) -> tuple[StreamingHttpResponse, list[Event]]:
        client = AsyncClient()
        await client.aforce_login(alice)
        response = await client.get(address, headers=headers)
        assert isinstance(response, StreamingHttpResponse)
        window = Window(as_bytes(response))
        await window.until(is_finished)
        response.close()
        return response, window.events

    async def as_bytes(response: StreamingHttpResponse) -> AsyncIterator[bytes]:
        async for chunk in aiter(response):
            yield chunk

    async def scene() -> tuple[StreamingHttpResponse, list[Event]]:
        return await first_events(f"/reports/{finished.pk}/stream/")

    response, events = async_to_sync(scene)()
    assert response.headers["Content-Type"] == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert [name for name, _ in events] == ["block"] * 4 + ["summary", "finished"]


def test_a_stranger_hears_nothing(report: Report, bob: User) -> None:
    async def answer() -> int:
        client = AsyncClient()
        await client.aforce_login(bob)
        return (await client.get(f"/reports/{report.pk}/stream/")).status_code

    assert async_to_sync(answer)() == 404


def test_events_are_read_as_they_were_written() -> None:
    assert read_events(b'retry: 1\n\nid: x\nevent: block\ndata: {"key":"a"}\n\n: beat\n\n') == [
        ("block", {"key": "a"})
    ]
