"""A text that does not speak of what was asked."""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from signals.handed import CannotEmbed
from signals.learning.features import SURFACE
from signals.rules.base import CannotLook, Found, RuleSettings, WholeRule
from signals.to_read import TextToRead, Verdict
from signals.vectors import vectors_of

# How much nearer a text must be for the odds to change by e.
_WIDTH = 0.05


class TopicSettings(RuleSettings):
    """How near a text must come to what was asked."""

    least: float = Field(
        0.15,
        ge=0,
        le=1,
        title="Least similarity",
        description="Below it, a text counts as off the topic. Another embedder may need another one",
    )


class Topic(WholeRule[TopicSettings]):
    """Flags a text of which no part is like what was asked."""

    name = "topic"
    label = "Off the topic"
    about = "Flags a text that does not speak of what was asked, where that is known."
    Settings = TopicSettings
    is_graded = True

    def read(self, settings: TopicSettings, text: TextToRead) -> Verdict:
        """The nearest of the parts and the whole counts, by the cosine of their vectors."""
        if not text.about.strip() or not text.pieces:
            return Verdict(0.0)
        try:
            asked = vectors_of([text.about])[0]
            nearness = float(_cosines(text.vectors, asked).max())
        except CannotEmbed as error:
            raise CannotLook(str(error)) from error
        score = float(1 / (1 + np.exp((nearness - settings.least) / _WIDTH)))
        return Verdict(score, text.whole.address, f"Its similarity to what was asked is {nearness:.2f}.")

    def look(self, settings: TopicSettings, said: str) -> Found | None:
        """Of a text alone there is nothing to say."""
        return None


def _cosines(rows: NDArray[np.float32], one: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of what texts mean and how they are spelt; that they look alike, as lists do, says nothing here."""
    rows, one = rows[:, :-SURFACE], one[:-SURFACE]
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(one)
    return np.asarray(rows @ one / np.where(lengths > 0, lengths, 1), dtype=np.float32)
