"""What signals need of a model and do not bring along: the site hands it over at its start."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """A row for each text, (n, dimensions). Raises `CannotEmbed`."""


class Tell(Protocol):
    """Tells people of an alert, each only what he or she may read."""

    def __call__(self, raising: "Raising", *, is_cleared: bool) -> str:
        """What went wrong for some of them, empty if nothing did. Raises `CannotTell`."""


class Hands:
    """What was handed over; without it judges say so, and the embedder that needs no server is used.

    `bring` makes all three when one is first needed: what talks to servers takes half a second to import.
    """

    ask: Ask | None
    embed: Embed | None
    tell: Tell | None
    bring: "Callable[[], tuple[Ask | None, Embed | None, Tell | None]]" = staticmethod(
        lambda: (None, None, None)
    )

    def __getattr__(self, name: str) -> Any:
        if name not in _NAMES:
            raise AttributeError(name)
        for one, brought in zip(_NAMES, self.bring(), strict=True):
            vars(self).setdefault(one, brought)
        return vars(self)[name]


_NAMES = ("ask", "embed", "tell")
hands = Hands()
