"""Who said what of a text; of texts that the person may not read nothing but how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from fillapp.pages.accounts import name_of
from fillapp.pages.signals.teaching.places import Place, find_places
from fillapp.pages.signals.teaching.texts import readable_labels
from signals.models import Label, Sample
from signals.teaching.opinions import Opinion


@dataclass(frozen=True)
class ShownOpinion:
    """A text and the words on it; `hidden` more were said of it where the person may not read."""

    sample: Sample
    place: Place
    labels: tuple[Label, ...]
    own: Label | None
    counts: bool | None
    is_disputed: bool
    hidden: int

    @property
    def said(self) -> list[tuple[str, Label]]:
        """Who, and the word; one's own first."""
        ordered = sorted(self.labels, key=lambda label: label != self.own)
        return [("You" if label == self.own else _name(label), label) for label in ordered]


def _name(label: Label) -> str:
    was_given = label.author_id is None and label.sample.text.scope == label.signal.scope
    return "a file" if was_given else name_of(label.author)


def show_opinions(user: User, readable: Q, opinions: Sequence[Opinion]) -> list[ShownOpinion]:
    """Those that may be shown, in their order."""
    may = readable_labels([label for one in opinions for label in one.labels], readable)
    kept = [(one, tuple(label for label in one.labels if label.pk in may)) for one in opinions]
    places = find_places(user, [labels[-1].sample.text for _, labels in kept if labels])
    return [
        ShownOpinion(
            sample=labels[-1].sample,
            place=places[labels[-1].sample.text_id],
            labels=labels,
            own=next((label for label in labels if label.author_id == user.pk), None),
            counts=one.counts,
            is_disputed=one.is_disputed,
            hidden=len(one.labels) - len(labels),
        )
        for one, labels in kept
        if labels
    ]
