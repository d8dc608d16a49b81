"""Asking a model for a short answer in JSON, in so much time and no more: for judges."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from generation.answers import Answer
from generation.calls import Call, Cancelled, watched
from generation.llm import ModelFailure, ModelRequest, ask_model
from generation.profiles import ModelProfile, UnknownProfile, default_profile
from generation.servers import server_of
from signals.handed import CannotAsk
from templates.blocks.base import Json

_MOST_TOKENS = 400
# An answer as short as this that takes longer will not come.
_MOST_SECONDS = 300.0
_known_by: ContextVar[object] = ContextVar("known_by", default=None)


def ask_short(
    profile: ModelProfile, messages: list[Json], schema: Json, call: Call, made: list[Answer]
) -> str:
    """The answer, of the schema where the server enforces it. Raises `ModelFailure`, `Cancelled`."""
    server = server_of(profile)
    if profile.enforce == "schema" and server.takes_schemas:
        try:
            return ask_model(profile, ModelRequest(messages, _MOST_TOKENS, schema=schema), call, made).text
        except ModelFailure as failure:
            if failure.code != "no_schema":
                raise
            server.takes_schemas = False
    return ask_model(profile, ModelRequest(messages, _MOST_TOKENS), call, made).text


def make_short_call(profile: ModelProfile) -> Call:
    """A call that waits no longer than a short answer takes."""
    times = profile.times
    first, gap = min(times["first_token"], _MOST_SECONDS), min(times["gap"], _MOST_SECONDS)
    return Call(first_token=first, gap=gap, total=min(times["total"], _MOST_SECONDS))


@contextmanager
def asking_for(key: object) -> Iterator[None]:
    """What is asked within is found by this key: `cancel_calls(key)` ends it."""
    before = _known_by.set(key)
    try:
        yield
    finally:
        _known_by.reset(before)


class AskModel:
    """What judges among signals ask: the model of a profile, of the default one where none is given.

    `made` holds what was answered, with its tokens and its cost.
    """

    def __init__(self, profile: ModelProfile | None = None) -> None:
        self._profile = profile
        # Kept for whoever counts the cost of a few questions; the site's own would grow for ever.
        self.made: list[Answer] | None = [] if profile else None

    @property
    def name(self) -> str:
        """The model; empty where none is set, or the one that is set cannot be used."""
        try:
            profile = self._profile or default_profile()
        except UnknownProfile:
            return ""
        return "" if profile.offline else profile.model

    def __call__(self, system: str, user: str, schema: dict[str, Any]) -> str:
        """The answer. Raises `CannotAsk`."""
        made: list[Answer] = [] if self.made is None else self.made
        messages: list[Json] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        try:
            profile = self._profile or default_profile()
            with watched(_known_by.get(), make_short_call(profile)) as call:
                return ask_short(profile, messages, schema, call, made)
        except (ModelFailure, UnknownProfile) as failure:
            raise CannotAsk(str(failure)) from failure
        except Cancelled as cancelled:
            raise CannotAsk("it was cancelled.") from cancelled
