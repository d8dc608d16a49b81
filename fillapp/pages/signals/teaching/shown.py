"""What the teaching page shows after a word: the next question, what was learnt, what would be flagged."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from fillapp.pages.signals.teaching.opinions import ShownOpinion, show_opinions
from fillapp.pages.signals.teaching.passed import passed_by, passed_last
from fillapp.pages.signals.teaching.spread import Spread, draw_spread
from fillapp.pages.signals.teaching.texts import (
    Around,
    ShownText,
    in_order,
    look_around,
    show_texts,
    strongest,
)
from fillapp.pages.signals.teaching.visit import Visit
from signals.handed import CannotEmbed
from signals.teaching.asking import Asked, Scores, ask_next, like_phrase, score_pool, suggest_no
from signals.teaching.lesson import Lesson, settings_of
from signals.teaching.pool import Pool, pool_of
from signals.teaching.saying import last_said
from signals.teaching.worth import Worth, worth_of
from signals.vectors import vectors_of

_NO_VECTORS = np.zeros((0, 0), np.float32)
_FLAGGED, _TWINS, _ALIKE, _TIES, _PAIRS = 12, 3, 8, 3, 3


@dataclass
class Shown:
    """One look at a signal by one person. Nothing in it is of a text that the person may not read."""

    lesson: Lesson
    pool: Pool
    asked: ShownText | None = None
    around: Around = field(default_factory=Around)
    why: str = ""
    flagged: list[ShownText] = field(default_factory=list)
    count_flagged: int = 0
    count_unsure: int = 0
    twins: list[ShownText] = field(default_factory=list)
    alike: list[ShownText] = field(default_factory=list)
    ties: list[ShownOpinion] = field(default_factory=list)
    contradictions: list[tuple[ShownText | None, ShownText | None]] = field(default_factory=list)
    spread: Spread | None = None
    can_undo: bool = False
    phrase: str = ""
    cannot: str = ""

    @property
    def worth(self) -> Worth | None:
        """What its examples said of it, maybe a word ago: then `is_pending`."""
        return worth_of(self.lesson.signal) if self.lesson.examples.can_teach else None

    @property
    def is_pending(self) -> bool:
        """Whether its figures are those of before the last word."""
        return self.lesson.examples.can_teach and self.lesson.worth is None

    @property
    def disputed(self) -> int:
        """On how many texts people disagree."""
        return sum(one.is_disputed for one in self.lesson.opinions)

    @property
    def obstacle(self) -> str:
        """Why it cannot be learnt; empty where it can, or where it is too early to tell."""
        return self.worth.obstacle if self.worth and self.worth.obstacle != "too_few" else ""

    @property
    def precision(self) -> float | None:
        """How much of what it flags is wanted to be right."""
        return settings_of(self.lesson.signal).precision

    @property
    def total(self) -> int:
        """How many it will look at when all are prepared."""
        return self.size + self.pool.waiting

    @cached_property
    def size(self) -> int:
        """How many texts it looks at."""
        return len(self.pool.hashes)


class Look:
    """Puts together what is shown; `seconds` may go into embedding texts that were not looked at before."""

    def __init__(self, visit: Visit, lesson: Lesson, seconds: float) -> None:
        self.request, self.readable = visit.request, visit.readable
        self.lesson, self.seconds = lesson, seconds
        self.passed = passed_by(visit.request, lesson.signal)

    def make(self) -> Shown:
        """The whole page. Where vectors cannot be had, it says why and shows what needs none."""
        shown = Shown(self.lesson, Pool((), _NO_VECTORS))
        shown.phrase = settings_of(self.lesson.signal).phrase
        shown.can_undo = self._can_undo()
        ties = [one for one in self.lesson.opinions if one.counts is None]
        shown.ties = show_opinions(self.request.user, self.readable, ties[:_TIES])
        try:
            self._fill(shown)
        except CannotEmbed as error:
            shown.cannot = str(error)
        return shown

    def _fill(self, shown: Shown) -> None:
        pool = shown.pool = pool_of(self.request.user.pk, self.readable, self.seconds)
        scores = score_pool(self.lesson.learned, pool)
        phrase = vectors_of([shown.phrase])[0] if shown.phrase else None
        asked = ask_next(self.lesson, scores, pool, self.passed, phrase)
        twins = suggest_no(self.lesson, scores, self.passed, _TWINS + 1) if scores else []
        # More than are shown: of each text only the strongest piece is.
        flagged = scores.flagged(2 * _FLAGGED, self.lesson.examples.yes) if scores else []
        alike = like_phrase(phrase, pool, _ALIKE) if phrase is not None else []
        pairs = shown.worth.contradictions[:_PAIRS] if shown.worth else ()
        wanted: dict[str, float | None] = {
            sha: self._score(scores, sha) for sha in [*alike, *(one for pair in pairs for one in pair)]
        }
        wanted |= {one.sha256: one.score for one in [*twins, *flagged]}
        wanted |= {asked.sha256: asked.score} if asked else {}
        texts = show_texts(self.request.user, self.readable, wanted, self.lesson.examples)
        self._show_asked(shown, asked, texts)
        shown.twins = [one for one in in_order(texts, [twin.sha256 for twin in twins]) if one != shown.asked]
        shown.twins = shown.twins[:_TWINS]
        shown.flagged = strongest(in_order(texts, [one.sha256 for one in flagged]))[:_FLAGGED]
        shown.alike = list(in_order(texts, alike))
        shown.contradictions = [(texts.get(one), texts.get(other)) for one, other in pairs]
        if scores:
            self._show_scores(shown, scores)

    def _show_asked(self, shown: Shown, asked: Asked | None, texts: dict[str, ShownText]) -> None:
        if asked and asked.sha256 in texts:
            shown.asked, shown.why = texts[asked.sha256], asked.why
            shown.around = look_around(shown.asked.sample)

    def _show_scores(self, shown: Shown, scores: Scores) -> None:
        yes, no = self.lesson.vectors()
        shown.count_flagged, shown.count_unsure = scores.count_flagged(), scores.count_unsure()
        shown.spread = draw_spread(
            scores, map(float, scores.learned.score(yes)), map(float, scores.learned.score(no))
        )

    def _score(self, scores: Scores | None, sha256: str) -> float | None:
        row = scores.pool.rows.get(sha256) if scores else None
        return scores.of(row).score if scores and row is not None else None

    def _can_undo(self) -> bool:
        signal = self.lesson.signal
        return bool(last_said(signal, self.request.user) or passed_last(self.request, signal))
