"""Asking a model for a short answer in JSON, in so much time and no more: for judges."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
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


@dataclass
class Asking:
    """Questions that belong together: the key that ends them, and all that was answered, with its cost."""

    key: object = None
    made: list[Answer] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """What they cost so far."""
        return sum(answer.cost for answer in self.made)


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


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
def asking_for(key: object) -> Iterator[Asking]:
    """What judges ask within is found by this key: `cancel_calls(key)` ends it. What it cost is counted."""
    asking = Asking(key)
    before = _asking.set(asking)
    try:
        yield asking
    finally:
        _asking.reset(before)


class AskModel:
    """What judges among signals ask: the model of a profile, of the default one where none is given."""

    def __init__(self, profile: ModelProfile | None = None) -> None:
        self._profile = profile

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
        asking = _asking.get() or Asking()
        messages: list[Json] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        try:
            profile = self._profile or default_profile()
            with watched(asking.key, make_short_call(profile)) as call:
                return ask_short(profile, messages, schema, call, asking.made)
        except (ModelFailure, UnknownProfile) as failure:
            raise CannotAsk(str(failure)) from failure
        except Cancelled as cancelled:
            raise CannotAsk("it was cancelled.") from cancelled
