"""One look per process tells all who watch: what changed is loaded and rendered once, however many look."""

import asyncio
import contextvars
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import replace

from asgiref.sync import sync_to_async

from fillapp.pages.look import Looker, News
from fillapp.pages.stream import join_events
from fillapp.watchers import Audience, Watcher, find_rights, mark_watched

log = logging.getLogger(__name__)
# After so many milliseconds a browser comes back.
_RETRY = b"retry: 1000\n\n"
_BEAT = b": beat\n\n"
# Seconds until the next look when the database did not answer.
_AWAY = 1.0


class Channel:
    """What was said to one audience: the newest of each kind, in the order it was said."""

    def __init__(self) -> None:
        self.said = 0
        self.seen = ""
        self._events: dict[str, tuple[int, bytes]] = {}
        # What those who had heard as much were told last: nearly always all have.
        self._last = (0, 0, b"")

    def say(self, events: Mapping[str, bytes], seen: str) -> None:
        """Add events; an earlier one of the same kind will be heard by nobody who has not heard it yet."""
        self.seen = seen
        for about, event in events.items():
            self.said += 1
            self._events.pop(about, None)
            self._events[about] = self.said, event

    def since(self, heard: int) -> bytes:
        """All that was said after `heard`."""
        if self._last[:2] != (heard, self.said):
            news = [event for number, event in self._events.values() if number > heard]
            self._last = heard, self.said, join_events(news, self.seen)
        return self._last[2]


class Listener:
    """One open stream: what it was told so far, and what it is to be told next."""

    def __init__(self, watcher: Watcher, seen: str) -> None:
        self.watcher = watcher
        self.seen = seen
        # Told nothing yet; or something could not be said, and is tried again at the next beat.
        self.is_new, self.is_behind = True, False
        self._channel = Channel()
        self._heard = 0
        self._first = b""
        self._beats = self._ended = False
        self._wake = asyncio.Event()

    async def chunks(self) -> AsyncIterator[bytes]:
        """What to send, whenever there is something; a slow reader is told the newest only."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._ended:
                return
            if chunk := self._take():
                yield chunk

    def begin(self, channel: Channel, first: bytes) -> None:
        """Go on from what is known now, after `first`."""
        self._channel, self._heard = channel, channel.said
        self._first = first
        self.is_new = self.is_behind = False
        self._wake.set()

    def fall_behind(self) -> None:
        """Something could not be said."""
        self.is_new, self.is_behind = False, True

    def wake(self) -> None:
        """There is something new in the channel."""
        self._wake.set()

    def beat(self) -> None:
        """Let the browser, and whatever stands between, know that somebody is there."""
        self._beats = True
        self._wake.set()

    def end(self) -> None:
        """Say no more."""
        self._ended = True
        self._wake.set()

    def _take(self) -> bytes:
        chunk = self._first
        if not self.is_new and not self.is_behind:
            chunk += self._channel.since(self._heard)
            self._heard, self.seen = self._channel.said, self._channel.seen
        chunk += _BEAT if self._beats else b""
        self._first, self._beats = b"", False
        return chunk


class Hub:
    """All who listen to reports in this process. One beat for all asks who may still, and tells workers."""

    def __init__(self, look_every: float = 0.2, beat_every: float = 5.0) -> None:
        self._look_every = look_every
        self._beat_every = beat_every
        self._listeners: set[Listener] = set()
        self._channels: dict[Audience, Channel] = {}
        self._arrived = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    async def listen(self, watcher: Watcher, seen: str) -> AsyncIterator[bytes]:
        """The events for one who may look and whose page shows what `seen` says, for as long as both last."""
        if self._ended:
            return
        listener = Listener(watcher, seen)
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._arrived = asyncio.Event()
            # In a context of its own: the one of the first request ends with that request.
            self._task = asyncio.create_task(self._run(), context=contextvars.Context())
        self._arrived.set()
        try:
            yield _RETRY
            async for chunk in listener.chunks():
                yield chunk
        finally:
            self._listeners.discard(listener)

    def end(self) -> None:
        """End all streams: the process is about to. Browsers come back to the next one."""
        self._ended = True
        for listener in self._listeners:
            listener.end()

    async def _run(self) -> None:
        looker, next_beat = Looker(), 0.0
        while self._listeners:
            began, pause = time.monotonic(), self._look_every
            beats = began >= next_beat
            try:
                if beats:
                    next_beat = began + self._beat_every
                    await self._beat()
                await self._look(looker, beats=beats)
            except Exception:
                # The database may be away; who watches waits for it.
                log.exception("looking at the reports that are watched")
                pause = _AWAY
            self._arrived.clear()
            # However much there is to do, others have half of the time.
            pause = max(pause, time.monotonic() - began)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), pause)

    async def _beat(self) -> None:
        listeners = list(self._listeners)
        rights = await sync_to_async(find_rights)([listener.watcher for listener in listeners])
        await sync_to_async(mark_watched)({watcher.report_id for watcher in rights})
        for listener in listeners:
            watcher = listener.watcher
            if watcher not in rights:
                listener.end()
                self._listeners.discard(listener)
            elif rights[watcher] != watcher.can_edit:
                listener.watcher = replace(watcher, can_edit=rights[watcher])
                listener.is_new = True
            else:
                listener.beat()

    async def _look(self, looker: Looker, *, beats: bool) -> None:
        listeners = list(self._listeners)
        newcomers = [one for one in listeners if one.is_new or (beats and one.is_behind)]
        audiences = {one.watcher.audience for one in listeners}
        seen = {one.watcher: one.seen for one in newcomers}
        news = await sync_to_async(looker.look)(audiences, seen, thorough=beats)
        self._channels = {audience: self._channels.get(audience) or Channel() for audience in audiences}
        for audience, events in news.events.items():
            self._channels[audience].say(events, news.seen[audience])
        for listener in listeners:
            self._tell(listener, news)
        if newcomers and not beats:
            await sync_to_async(mark_watched)({one.watcher.report_id for one in newcomers})

    def _tell(self, listener: Listener, news: News) -> None:
        audience = listener.watcher.audience
        if audience in news.failed:
            listener.fall_behind()
        elif listener.watcher in news.first:
            listener.begin(self._channels[audience], news.first[listener.watcher])
        elif news.events.get(audience) and not listener.is_behind:
            listener.wake()


hub = Hub()
