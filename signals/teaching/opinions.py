"""What people say of samples, and what counts of it: the majority on each text; a tie counts as nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from signals.models import Label, Signal


@dataclass(frozen=True)
class Opinion:
    """All that people say of one text, wherever it stands; the latest word of each of them."""

    sha256: str
    labels: tuple[Label, ...]

    @property
    def counts(self) -> bool | None:
        """What counts; None while as many say yes as no."""
        yes = sum(label.says for label in self.labels)
        no = len(self.labels) - yes
        return None if yes == no else yes > no

    @property
    def is_disputed(self) -> bool:
        """Whether some say yes and some no."""
        return len({label.says for label in self.labels}) > 1

    @property
    def said(self) -> str:
        """The text."""
        return self.labels[0].sample.said


@dataclass(frozen=True)
class Examples:
    """The texts that count as yes and as no, by their hashes, in one order whoever asks."""

    yes: dict[str, str]
    no: dict[str, str]

    @property
    def hashes(self) -> set[str]:
        """Of all that counts."""
        return {*self.yes, *self.no}

    @property
    def can_teach(self) -> bool:
        """Whether there is one of each."""
        return bool(self.yes and self.no)

    def says_of(self, sha256: str) -> bool | None:
        """What counts for this text; None where nothing does."""
        return True if sha256 in self.yes else False if sha256 in self.no else None


def opinions_on(signal: Signal) -> list[Opinion]:
    """What was said of each text, the last one said of first."""
    found: dict[str, dict[int | None, Label]] = {}
    labels = (
        Label.objects.filter(signal=signal)
        .select_related("sample__text", "author", "signal")
        .order_by("at", "pk")
    )
    for label in labels:
        by_person = found.pop(label.sample.sha256, {})
        # Somebody who is gone has one voice for each label they left.
        by_person[label.author_id or -label.pk] = label
        found[label.sample.sha256] = by_person
    return [Opinion(sha, tuple(by_person.values())) for sha, by_person in reversed(found.items())]


def examples_of(opinions: Iterable[Opinion]) -> Examples:
    """What is learnt from."""
    counted = sorted((one for one in opinions if one.counts is not None), key=lambda one: one.sha256)
    return Examples(
        yes={one.sha256: one.said for one in counted if one.counts},
        no={one.sha256: one.said for one in counted if not one.counts},
    )
