"""What a sentence is worth quoting: central, exact, fluent, and of the sort that is asked for."""

import re
from collections.abc import Sequence

import numpy as np

from generation.offline.fluency import fluency

_CENTRAL = 0.1
_HAS_FIGURE = 0.12
_HAS_NAME = 0.08
# A question where none is asked for, a statement where questions are, and the meaning of a term.
_OTHER_SORT = 0.7
_DEFINITION_COUNTS = 0.25
# A figure, but none that only points to another place of the document.
_FIGURE = re.compile(
    r"(?<!section )(?<!sections )(?<!article )(?<!paragraph )(?<!clause )(?<!exhibit )(?<!item )(?<!page )"
    r"(?<!abschnitt )(?<!absatz )(?<!ziffer )(?<!artikel )(?<!anlage )(?<!seite )(?<!§ )(?<![\d.,])\d",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[^\W\d_.?!:] |[\d,;] )[A-ZÀ-Þ][a-zß-ÿ]")
_QUESTION = re.compile(r"\?[\"'”’)]*$")
# “Term” means …
_DEFINITION = re.compile(r'^["“„«][^"“”»]{1,60}[^,.!?][”"“»]\s+[a-z]')


class Worth:
    """The worth of sentences, by how near the middle of all of them each stands, 0 to 1."""

    def __init__(self, sentences: Sequence[str], centrality: np.ndarray) -> None:
        self.questions = _which(_QUESTION, sentences)
        self._worth = (
            _CENTRAL * centrality
            + _HAS_FIGURE * _which(_FIGURE, sentences)
            + _HAS_NAME * _which(_NAME, sentences)
        )
        self._share = np.array([fluency(one) for one in sentences])
        self._share[_which(_DEFINITION, sentences)] *= _DEFINITION_COUNTS

    def of(self, nearness: np.ndarray, *, questions: bool) -> np.ndarray:
        """The worth of sentences so near to what is asked for; -inf for one that none should quote."""
        apt = np.where(self.questions == questions, 1.0, _OTHER_SORT)
        return np.where(self._share > 0, (nearness + self._worth) * self._share * apt, -np.inf)


def _which(pattern: re.Pattern[str], sentences: Sequence[str]) -> np.ndarray:
    return np.array([bool(pattern.search(one)) for one in sentences], dtype=bool)
