"""A signal learns from what people say of samples, anew at each word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from signals.changing import save_signal
from signals.kinds.few_shot import FewShotSettings
from signals.learning.assess import assess
from signals.learning.features import FEATURES, Vectors
from signals.learning.learn import Learned, learn
from signals.learning.survey import Survey
from signals.models import Signal
from signals.teaching.background import background, count_surveyed
from signals.teaching.opinions import Examples, Opinion, examples_of, opinions_on
from signals.teaching.worth import Worth, worth_of
from signals.vectors import current_embedder, vectors_of


@dataclass(frozen=True)
class Lesson:
    """A signal as it stands after what was said last."""

    signal: Signal
    opinions: Sequence[Opinion]
    examples: Examples

    @property
    def learned(self) -> Learned | None:
        """What it learnt from the vectors that are used now; None before there was a yes and a no."""
        kept = self.signal.learned
        if kept is None or (kept["embedder"], kept["features"]) != (current_embedder().name, FEATURES):
            return None
        return Learned.from_json(kept)

    @property
    def worth(self) -> Worth | None:
        """What its examples say of it as it is now; None while nobody has worked that out."""
        worth = worth_of(self.signal)
        return worth if worth and worth.made_by == self.signal.made_by else None

    def vectors(self) -> tuple[Vectors, Vectors]:
        """Of the yes and of the no examples, in their order, each (n, width). Raises `CannotEmbed`."""
        yes = vectors_of(list(self.examples.yes.values()))
        no = vectors_of(list(self.examples.no.values()))
        width = max(yes.shape[1], no.shape[1], self.learned.width if self.learned else 0)
        return yes.reshape(-1, width), no.reshape(-1, width)


def settings_of(signal: Signal) -> FewShotSettings:
    """What it was told."""
    return FewShotSettings.model_validate(signal.settings)


def look_up(signal: Signal) -> Lesson:
    """The signal with what was said, learning nothing."""
    opinions = opinions_on(signal)
    return Lesson(signal, opinions, examples_of(opinions))


def teach(signal: Signal) -> Lesson:
    """Let it learn from all that counts now, whoever said it, and keep that. Raises `CannotEmbed`.

    Nothing is locked while it learns: when somebody said something meanwhile, it learns once more.
    """
    while True:
        lesson = look_up(signal)
        texts = background(lesson.examples.hashes)
        learned = _learn(lesson, texts)
        with transaction.atomic():
            fresh = Signal.objects.select_for_update().get(pk=signal.pk)
            now = look_up(fresh)
            if now.examples == lesson.examples and fresh.settings == signal.settings:
                fresh.surveyed = count_surveyed()
                _keep(fresh, learned)
                return now
        signal = fresh


def weigh(lesson: Lesson) -> None:
    """Keep with the signal what its own examples say of it; nothing without a yes and a no.

    Raises `CannotEmbed`. It learns as often as there are examples, which is why it is no part of `teach`.
    """
    if not lesson.examples.can_teach:
        return
    yes, no = lesson.vectors()
    examples, made_by = lesson.examples, lesson.signal.made_by
    assessment = assess(yes, no, background(examples.hashes), settings_of(lesson.signal).precision)
    worth = Worth.of(assessment, list(examples.yes), list(examples.no), made_by).model_dump(mode="json")
    # Not where it has learnt something else since.
    Signal.objects.filter(pk=lesson.signal.pk, made_by=made_by).update(worth=worth)
    lesson.signal.worth = worth


def set_up(signal: Signal, **settings: object) -> None:
    """Change settings of `FewShotSettings`; `teach` obeys them. Raises pydantic's `ValidationError`."""
    with transaction.atomic():
        fresh = Signal.objects.select_for_update().get(pk=signal.pk)
        changed = FewShotSettings.model_validate({**fresh.settings, **settings})
        fresh.settings = changed.model_dump(mode="json")
        save_signal(fresh)
    signal.settings = fresh.settings


def _keep(signal: Signal, learned: Learned | None) -> None:
    # What was brought along in a file, and not learnt from examples here, stays until there are enough.
    if learned is None and signal.worth is None:
        return
    signal.learned = learned.to_json() if learned else None
    signal.threshold = learned.threshold if learned else signal.threshold
    save_signal(signal)


def _learn(lesson: Lesson, texts: Survey) -> Learned | None:
    if not lesson.examples.can_teach:
        return None
    yes, no = lesson.vectors()
    precision = settings_of(lesson.signal).precision
    return learn(yes, no, texts, precision, embedder=current_embedder().name)
