"""Versions: every candidate and edit a block ever had, any of which may stand again."""

from django.contrib.auth.models import User
from django.db import transaction

from generation.models import Decision, Fill
from generation.review.changing import EditConflict, open_fill, set_value
from templates.blocks.base import Json


@transaction.atomic
def choose_candidate(fill: Fill, number: int, *, by: User | None, revision: int) -> Fill:
    """Let a candidate stand; the fill as it is then.

    Raises `CannotChange`, `EditConflict` when the person has not seen the newest value, and
    `Candidate.DoesNotExist`.
    """
    now = _open(fill, revision)
    before = now.current_value
    set_value(now, Fill.Review.NOT_YET, edit=None, chosen=now.candidates.get(number=number, withheld=False))
    _note(now, by, before)
    return now


@transaction.atomic
def restore_edit(fill: Fill, number: int, *, by: User | None, revision: int) -> Fill:
    """Let an earlier edit stand; the fill as it is then. Raises as `choose_candidate` does."""
    now = _open(fill, revision)
    before = now.current_value
    set_value(now, Fill.Review.EDITED, edit=now.edits.get(number=number), chosen=now.chosen)
    _note(now, by, before)
    return now


@transaction.atomic
def keep_current(fill: Fill) -> None:
    """Leave the current value, and let the candidates on offer wait no more. Raises `CannotChange`."""
    now = open_fill(fill)
    now.offered = []
    now.save(update_fields=["offered", "changed"])


def _open(fill: Fill, revision: int) -> Fill:
    now = open_fill(fill)
    if now.revision != revision:
        raise EditConflict(theirs=now.current_value or {}, yours={}, revision=now.revision)
    return now


def _note(fill: Fill, by: User | None, before: Json | None) -> None:
    Decision.objects.create(
        fill=fill, by=by, decision=fill.review, value_before=before, value_after=fill.current_value
    )
