"""What signals need of a model and do not bring along: the site hands it over at its start."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from signals.models import Raising


class CannotAsk(Exception):
    """The model gave no answer; the message is a sentence that says why."""


class CannotEmbed(Exception):
    """There are no vectors; the message is a sentence that says why."""


class CannotTell(Exception):
    """Nobody could be told; the message is a sentence that says why."""


class Ask(Protocol):
    """Asks a language model something that is answered by JSON."""

    @property
    def name(self) -> str:
        """Which model that is; empty when none is set."""

    def __call__(self, system: str, user: str, schema: dict[str, Any]) -> str:
        """The answer as text, of the schema where the server enforces it. Raises `CannotAsk`."""


class Embed(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Which embedder that is: its vectors are kept by it, and mean nothing to another."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, (n, dimensions). Raises `CannotEmbed`."""


class Tell(Protocol):
    """Tells people of an alert, each only what he or she may read."""

    def __call__(self, raising: "Raising", *, is_cleared: bool) -> str:
        """What went wrong for some of them, empty if nothing did. Raises `CannotTell`."""


@dataclass
class Hands:
    """What was handed over; without it judges say so, and the embedder that needs no server is used."""

    ask: Ask | None = None
    embed: Embed | None = None
    tell: Tell | None = None


hands = Hands()
