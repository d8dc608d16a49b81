"""The offline writer: picks sentences and rows from the documents. It never makes up a word."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from generation.offline import sentence_rows
from generation.offline.asked import asks_questions
from generation.offline.nearness import Nearness
from generation.offline.prose import Sentence, find_sentences, find_speakers
from generation.offline.tables import Found, find_tables, match_columns, pick_rows
from generation.offline.worth import Worth
from templates.blocks.base import WantedColumn

OFFLINE_NOTICE = (
    "No language model was used: sentences and rows were picked from the documents as they stand."
)
_TURNS = 20
_REDUNDANT = 0.5
_MOST_WORDS = 60
_FEWEST_COLUMNS = 0.5
_SENTENCE_ROWS = 6
_WITNESSES = 3
# Near is what has so much of the nearest sentence's nearness, and at least this of its own.
_NEAR = 0.3
_FAINT = 0.1


class DocumentFinder:
    """Finds by TF-IDF in the texts of the documents; the `Find` that the kinds are given.

    `others` is what other blocks of prose ask for, in the report's order, and `before` how many of them
    stand before this one: in turns each takes the sentence that suits it best, so that none is said twice.
    """

    def __init__(self, texts: Sequence[str], others: Sequence[str] = (), before: int = 0) -> None:
        self._texts = texts
        self._others = others
        self._before = before

    def sentences(
        self,
        about: str,
        limit: int,
        most_words: int = _MOST_WORDS,
        in_all: int | None = None,
        near: bool = False,
    ) -> list[str]:
        """At most `limit` sentences nearest to `about`, in the order of the documents, none twice.

        Among sentences equally near, those that stand for most of the document come first; one that
        says what is said already comes last. Together they have at most `in_all` words; with `near`, none
        comes that has little to do with `about`.
        """
        usable = self._own(about) & self._shorter_than(most_words)
        if near:
            usable &= self._near(about)
        return [self._sentences[index].text for index in self._choose(about, limit, usable, in_all)]

    def rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int = 0
    ) -> list[list[str]]:
        """Rows of the table whose header and words are nearest to what is asked.

        Without such a table: the speakers of a transcript where they are asked for; or sentences on `about`
        in the column that can take one, their dates and amounts and who said them in those that ask for
        these. No rows where no column takes a sentence.
        """
        best = self._best_table(columns, about)
        if best:
            rows = pick_rows(columns, best, match_columns(columns, best), about, least)
            return [row for row in rows if any(row)][:limit]
        if sentence_rows.asks_speakers(columns, about):
            return self._speaker_rows(columns, about, limit)
        return self._sentence_rows(columns, about, limit, least)

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
    def _worth(self) -> Worth:
        return Worth([sentence.text for sentence in self._sentences], self._nearness.centrality)

    def _score(self, about: str) -> np.ndarray:
        """How well each sentence would answer `about`; -inf for one that none should quote."""
        return self._worth.of(self._nearness.to(about), questions=asks_questions(about))

    def _shorter_than(self, most_words: int) -> np.ndarray:
        return self._lengths <= most_words

    @cached_property
    def _lengths(self) -> np.ndarray:
        """Their words."""
        return np.array([len(one.text.split()) for one in self._sentences], dtype=int)

    def _near(self, about: str) -> np.ndarray:
        """Which sentences have to do with `about`; where questions are asked for and there are any, they."""
        if asks_questions(about) and self._worth.questions.any():
            return self._worth.questions
        near = self._nearness.to(about)
        enough: np.ndarray = near >= max(_FAINT, _NEAR * near.max(initial=0))
        return enough

    def _choose(self, about: str, limit: int, usable: np.ndarray, in_all: int | None = None) -> list[int]:
        """Places of usable sentences by maximal marginal relevance (Carbonell and Goldstein 1998)."""
        if not self._sentences:
            return []
        score = np.where(usable, self._score(about), -np.inf)
        chosen: list[int] = []
        room = self._lengths.sum() if in_all is None else in_all
        said = np.zeros(len(score))
        while len(chosen) < limit:
            best = int(np.argmax(score - _REDUNDANT * said))
            if score[best] == -np.inf:
                break
            chosen.append(best)
            said = np.maximum(said, self._nearness.between(best))
            score[best] = -np.inf
            room -= self._lengths[best]
            score[self._lengths > room] = -np.inf
        return sorted(chosen)

    def _own(self, about: str) -> np.ndarray:
        """Which sentences are this block's, after all blocks of prose have taken theirs in turns."""
        if not self._others:
            return np.ones(len(self._sentences), dtype=bool)
        abouts = [*self._others[: self._before], about, *self._others[self._before :]]
        scores = [self._score(one) for one in abouts]
        own = np.zeros(len(self._sentences), dtype=bool)
        for _ in range(min(_TURNS, len(self._sentences))):
            for number, score in enumerate(scores):
                best = int(np.argmax(score))
                if number == self._before and score[best] > -np.inf:
                    own[best] = True
                for other in scores:
                    other[best] = -np.inf
        return own

    def _sentence_rows(
        self, columns: Sequence[WantedColumn], about: str, limit: int, least: int
    ) -> list[list[str]]:
        whole = sentence_rows.sentence_column(columns)
        if whole is None:
            return []
        asked = f"{about} {' '.join(column.name for column in columns)}"
        usable = self._shorter_than(_MOST_WORDS)
        if sentence_rows.needs_figures(columns, whole):
            held = [sentence_rows.holds_figures(one, columns, whole) for one in self._sentences]
            usable &= np.array(held, dtype=bool)
        else:
            limit = min(limit, _SENTENCE_ROWS)
            if not least:
                usable &= self._near(asked)
        chosen = self._choose(asked, limit, usable)
        return [sentence_rows.sentence_row(self._sentences[index], columns, whole) for index in chosen]

    def _speaker_rows(self, columns: Sequence[WantedColumn], about: str, limit: int) -> list[list[str]]:
        """A row for each speaker, with the best of what they say where that is asked for."""
        speakers = dict.fromkeys(speaker for text in self._texts for speaker in find_speakers(text))
        rows = []
        fits = self._shorter_than(sentence_rows.MOST_WORDS) & (self._lengths >= sentence_rows.FEWEST_WORDS)
        for speaker in list(speakers)[:limit]:
            own = np.array([one.speaker == speaker.name for one in self._sentences], dtype=bool)
            best = self._choose(about, 1, own & fits)
            point = self._sentences[best[0]].text if best else ""
            rows.append(sentence_rows.speaker_row(speaker, point, columns))
        return rows

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
