"""Saying yes or no to a sample, changing one's mind, and undoing it step by step."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from signals.models import Label, Sample, Signal

LONGEST_NOTE = 500


@transaction.atomic
def say(signal: Signal, sample: Sample, author: User, says: bool, note: str | None = None) -> Label:
    """Somebody's yes or no on a text, in the place of what they said of the same words before.

    `note` None leaves the note that is there.
    """
    # Two words at once, as of a key that is held down, come one after the other.
    Signal.objects.select_for_update().only("pk").get(pk=signal.pk)
    earlier = _of(author, signal).select_for_update().filter(sample__sha256=sample.sha256).last()
    if earlier is None:
        return Label.objects.create(signal=signal, sample=sample, author=author, says=says, note=note or "")
    if earlier.says != says:
        earlier.was, earlier.was_at = earlier.says, earlier.at
        earlier.says, earlier.at = says, timezone.now()
    if note is not None:
        earlier.note = note
    earlier.save()
    return earlier


@transaction.atomic
def undo(signal: Signal, author: User) -> Label | None:
    """Take back the last word of a person, and say what it was; what they said before it stands again."""
    last = _of(author, signal).select_for_update().last()
    if last is None:
        return None
    if last.was is None or last.was_at is None:
        Label.objects.filter(pk=last.pk).delete()
    else:
        Label.objects.filter(pk=last.pk).update(says=F("was"), at=F("was_at"), was=None, was_at=None)
    return last


def last_said(signal: Signal, author: User) -> Label | None:
    """What undoing would take back."""
    return _of(author, signal).select_related("sample").last()


def _of(author: User, signal: Signal) -> QuerySet[Label]:
    return Label.objects.filter(signal=signal, author=author).order_by("at", "pk")
