"""Texts as the teaching page shows them: only what the person may read, asked of the database anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from fillapp.pages.signals.teaching.places import Place, find_places
from signals.models import Label, Sample, Text
from signals.pieces import WHOLE
from signals.teaching.opinions import Examples
from signals.teaching.pool import samples_of

# So many pieces before and after it are shown with the one that is asked about.
_AROUND = 2
_LONGEST = 900


@dataclass(frozen=True)
class ShownText:
    """A text with its place, the probability of yes, and what counts for it so far."""

    sample: Sample
    place: Place
    score: float | None = None
    says: bool | None = None

    @property
    def head(self) -> str:
        """As much of it as is read at a glance."""
        return self.sample.said[:_LONGEST]

    @property
    def rest(self) -> str:
        """What a long one says after that."""
        return self.sample.said[_LONGEST:]


@dataclass(frozen=True)
class Around:
    """What stands before and after a piece in its text."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def show_texts(
    user: User, readable: Q, scores: Mapping[str, float | None], examples: Examples
) -> dict[str, ShownText]:
    """The texts of these hashes that the user may read, with what is made of them."""
    samples = samples_of(readable, scores)
    places = find_places(user, [sample.text for sample in samples.values()])
    return {
        sha: ShownText(samples[sha], places[samples[sha].text_id], score, examples.says_of(sha))
        for sha, score in scores.items()
        if sha in samples
    }


def look_around(sample: Sample) -> Around:
    """The pieces beside this one; none for a whole text."""
    if sample.is_whole:
        return Around()
    near = Sample.objects.filter(text=sample.text_id).exclude(address=WHOLE)
    pieces = near.filter(number__range=(sample.number - _AROUND, sample.number + _AROUND))
    said = list(pieces.order_by("number").values_list("number", "said"))
    return Around(
        before=tuple(text for number, text in said if number < sample.number),
        after=tuple(text for number, text in said if number > sample.number),
    )


def in_order(shown: Mapping[str, ShownText], hashes: Iterable[str]) -> Sequence[ShownText]:
    """Those that may be shown, as they were asked for."""
    return [shown[one] for one in hashes if one in shown]


def strongest(texts: Iterable[ShownText]) -> list[ShownText]:
    """The first piece of each text alone."""
    first: dict[int, ShownText] = {}
    for text in texts:
        first.setdefault(text.sample.text_id, text)
    return list(first.values())


def readable_labels(labels: Iterable[Label], readable: Q) -> set[int]:
    """The keys of those whose texts may be read."""
    own = Label.objects.filter(pk__in=[label.pk for label in labels])
    return set(own.filter(sample__text__in=Text.objects.within(readable)).values_list("pk", flat=True))
