"""Eyes on a report for tests: what a page is told, as events."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered

from fillapp.pages.look import Looker
from fillapp.watchers import Watcher
from generation.models import Report

Event = tuple[str, dict[str, Any]]
_EVENT = re.compile(rb"^event: (\w+)\ndata: (.*)$", re.MULTILINE)


def read_events(chunk: bytes) -> list[Event]:
    """Name and data of each event."""
    return [(name.decode(), orjson.loads(data)) for name, data in _EVENT.findall(chunk)]


def make_watcher(report: Report, user: User, *, can_edit: bool = True) -> Watcher:
    """One who has just signed in and opened the report."""
    client = Client()
    client.force_login(user)
    session = client.session.session_key or ""
    return Watcher(report.pk, user.pk, session, user.get_session_auth_hash(), can_edit)


class Eyes:
    """Looks at a report as one open page of it does."""

    def __init__(self, report: Report, user: User, *, can_edit: bool = True, seen: str = "") -> None:
        self.looker = Looker()
        self._watcher = make_watcher(report, user, can_edit=can_edit)
        self._seen: str | None = seen

    def look(self, *, thorough: bool = False) -> list[Event]:
        """What is said of it now: at the first look all that the page has not seen, then what is new."""
        newcomers = {} if self._seen is None else {self._watcher: self._seen}
        audience = self._watcher.audience
        news = self.looker.look([audience], newcomers, thorough=thorough)
        assert not news.failed
        if self._seen is not None:
            self._seen = None
            return read_events(news.first[self._watcher])
        return read_events(b"\n".join(news.events.get(audience, {}).values()))


class Window:
    """An open stream, read as a browser reads it."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.events: list[Event] = []
        self.text = b""

    async def until(self, holds: Callable[[Event], bool]) -> Event:
        """The first event from now on that is meant."""
        async with asyncio.timeout(10):
            async for chunk in self._chunks:
                self.text += chunk
                new = read_events(chunk)
                self.events += new
                if found := next((event for event in new if holds(event)), None):
                    return found
        raise AssertionError("the stream ended")

    async def to_end(self) -> list[Event]:
        """All events until the stream ends by itself."""
        async with asyncio.timeout(10):
            async for chunk in self._chunks:
                self.text += chunk
                self.events += read_events(chunk)
        return self.events


def is_block(key: str, words: str = "") -> Callable[[Event], bool]:
    """Whether an event shows this block with these words."""
    return lambda event: event[0] == "block" and event[1]["key"] == key and words in event[1]["html"]


def is_finished(event: Event) -> bool:
    return event[0] == "finished"


@contextmanager
def rendered_templates() -> Iterator[list[str]]:
    """The names of the templates that are rendered meanwhile, in order."""
    names: list[str] = []

    def note(template: Template, **more: object) -> None:
        names.append(template.name or "")

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)
