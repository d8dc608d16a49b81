"""The offline writer: picks sentences and rows from the documents. It never makes up a word."""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from generation.offline.nearness import Nearness
from generation.offline.prose import Sentence, find_sentences
from generation.offline.tables import Found, find_tables, match_columns, pick_rows
from signals.figures import find_figures, read_date
from templates.blocks.base import WantedColumn

OFFLINE_NOTICE = (
    "No language model was used: sentences and rows were picked from the documents as they stand."
)
_CENTRAL = 0.1
_HAS_FIGURE = 0.05
_TURNS = 20
_REDUNDANT = 0.5
_MOST_WORDS = 60
_FEWEST_COLUMNS = 0.5
_SENTENCE_ROWS = 6
_WITNESSES = 3
_TAKES_ON = re.compile(r"\bI\b|\bI['’]ll\b")
_SAYS = re.compile(r"\b(?:says?|said|in one sentence|what is to be done)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"speaker|said by", re.IGNORECASE)
_PERSON = re.compile(r"owner|who|responsible|speaker|person|name", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:name|ref|reference|no|item|line|person|who|date)s?\b", re.IGNORECASE)


class DocumentFinder:
    """Finds by TF-IDF in the texts of the documents; the `Find` that the kinds are given.

    `others` is what other blocks of prose ask for, in the report's order, and `before` how many of them
    stand before this one: in turns each takes the sentence that suits it best, so that none is said twice.
    """

    def __init__(self, texts: Sequence[str], others: Sequence[str] = (), before: int = 0) -> None:
        self._texts = texts
        self._others = others
        self._before = before

    def sentences(self, about: str, limit: int, most_words: int = _MOST_WORDS) -> list[str]:
        """At most `limit` sentences nearest to `about`, in the order of the documents, none twice.

        Among sentences equally near, those that stand for most of the document come first; one that
        says what is said already comes last.
        """
        return [self._sentences[index].text for index in self._choose(about, limit, most_words)]

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        """Rows of the table whose header and words are nearest to what is asked.

        Without such a table, sentences on `about` stand in the first column, their dates and amounts and
        who said them in the columns that ask for these.
        """
        best = self._best_table(columns, about)
        if best:
            rows = pick_rows(columns, best, match_columns(columns, best), about, least)
            return [row for row in rows if any(row)][:limit]
        if len(columns) > 1 and _NAMED.search(columns[0].name):
            return []
        asked = f"{about} {' '.join(column.name for column in columns)}"
        chosen = self._choose(asked, min(limit, _SENTENCE_ROWS), _MOST_WORDS)
        return [_sentence_row(self._sentences[index], columns) for index in chosen]

    def nearest(self, about: str, options: Sequence[str]) -> list[float]:
        """For each option, how strongly the best few sentences speak of it and of `about` together."""
        if not self._sentences:
            return [0.0] * len(options)
        context = 1 + self._nearness.to(about)
        return [float(np.sort(self._nearness.to(one) * context)[-_WITNESSES:].mean()) / 2 for one in options]

    @cached_property
    def _sentences(self) -> list[Sentence]:
        found = [sentence for text in self._texts for sentence in find_sentences(text)]
        return list({sentence.text: sentence for sentence in found}.values())

    @cached_property
    def _nearness(self) -> Nearness:
        return Nearness([sentence.text for sentence in self._sentences])

    @cached_property
    def _worth(self) -> np.ndarray:
        """What a sentence is worth whatever is asked: central, and exact."""
        figures = [bool(re.search(r"\d", one.text)) for one in self._sentences]
        worth: np.ndarray = _CENTRAL * self._nearness.centrality + _HAS_FIGURE * np.array(figures)
        return worth

    def _choose(self, about: str, limit: int, most_words: int) -> list[int]:
        """Places of sentences by maximal marginal relevance (Carbonell and Goldstein 1998)."""
        if not self._sentences or limit < 1:
            return []
        fits = np.array([len(one.text.split()) <= most_words for one in self._sentences])
        score = np.where(fits & self._own(about), self._nearness.to(about) + self._worth, -np.inf)
        chosen: list[int] = []
        said = np.zeros(len(score))
        while len(chosen) < limit:
            best = int(np.argmax(score - _REDUNDANT * said))
            if score[best] == -np.inf:
                break
            chosen.append(best)
            said = np.maximum(said, self._nearness.between(best))
            score[best] = -np.inf
        return sorted(chosen)

    def _own(self, about: str) -> np.ndarray:
        """Which sentences are this block's, after all blocks of prose have taken theirs in turns."""
        if not self._others:
            return np.ones(len(self._sentences), dtype=bool)
        abouts = [*self._others[: self._before], about, *self._others[self._before :]]
        scores = [self._nearness.to(one) + self._worth for one in abouts]
        own = np.zeros(len(self._sentences), dtype=bool)
        for _ in range(min(_TURNS, len(self._sentences))):
            for number, score in enumerate(scores):
                best = int(np.argmax(score))
                if number == self._before and score[best] > -np.inf:
                    own[best] = True
                for other in scores:
                    other[best] = -np.inf
        return own

    def _best_table(self, columns: Sequence[WantedColumn], about: str) -> Found | None:
        tables = [table for text in self._texts for table in find_tables(text)]
        if not tables:
            return None
        near = Nearness([table.text for table in tables]).to(about)
        scores = [
            len(match_columns(columns, table)) / len(columns) + near[place]
            for place, table in enumerate(tables)
        ]
        best = tables[int(np.argmax(scores))]
        enough = len(match_columns(columns, best)) >= _FEWEST_COLUMNS * len(columns)
        return best if enough else None


def _sentence_row(sentence: Sentence, columns: Sequence[WantedColumn]) -> list[str]:
    """The sentence under the column for what is said, else the first; what it says of others under theirs."""
    figures = [figure.text for figure in find_figures(sentence.text)]
    dates = [text for text in figures if read_date(text) or re.search(r"[^\W\d]{3}", text)]
    amounts = [text for text in figures if text not in dates]
    whole = next((one for one in columns if _SAYS.search(f"{one.name} {one.about}")), columns[0])
    cells = []
    for column in columns:
        if column is whole:
            cells.append(sentence.text)
        elif column.type == "date":
            cells.append(dates[-1] if dates else "")
        elif column.type in ("number", "money"):
            cells.append(amounts[0] if len(amounts) == 1 else "")
        elif _SPEAKER.search(column.name) or (
            _PERSON.search(column.name) and _TAKES_ON.search(sentence.text)
        ):
            cells.append(sentence.speaker)
        else:
            cells.append("")
    return cells
