"""Review: edits saved without losing anybody's words, and decisions that keep who, when and how."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from generation.models import Decision, Edit, Fill
from signals.clean import clean_text
from templates.blocks import KINDS
from templates.blocks.base import Json


@dataclass
class EditConflict(Exception):
    """Someone else saved in between: both values, and the revision to base the next save on."""

    theirs: Json
    yours: Json
    revision: int


@transaction.atomic
def save_edit(fill: Fill, value: Json, *, author: User | None, revision: int) -> Edit:
    """A person's value for a finished fill, based on `revision`.

    Raises `EditConflict` when the fill has moved on, `UnreadableAnswer` when the value is not of its kind.
    """
    block_type = KINDS[fill.kind]
    checked = block_type.load_value(_clean(value)).model_dump(mode="json")
    locked = Fill.objects.select_for_update(of=("self",)).select_related("chosen").get(pk=fill.pk)
    before = locked.current_value
    if locked.revision != revision:
        raise EditConflict(theirs=before or {}, yours=checked, revision=locked.revision)
    last = locked.edits.order_by("-number").first()
    edit = Edit.objects.create(
        fill=locked,
        number=revision + 1,
        value=checked,
        author=author,
        based_on_candidate=None if last else locked.chosen,
        based_on_edit=last,
    )
    locked.revision = edit.number
    locked.review = Fill.Review.EDITED
    locked.save(update_fields=["revision", "review", "changed"])
    decide(locked, Fill.Review.EDITED, by=author, before=before, after=checked)
    return edit


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {key: _clean(one) for key, one in value.items()} if isinstance(value, dict) else value


@transaction.atomic
def decide(
    fill: Fill,
    decision: Fill.Review,
    *,
    by: User | None,
    how: Decision.How = Decision.How.ONE,
    seconds_in_view: float = 0,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Decision:
    """Note what a person decided on a fill; the values are the current one unless `after` says another."""
    Fill.objects.filter(pk=fill.pk).update(review=decision)
    fill.review = decision
    current = fill.current_value
    return Decision.objects.create(
        fill=fill,
        by=by,
        decision=decision,
        how=how,
        seconds_in_view=seconds_in_view,
        value_before=before if after else current,
        value_after=after or current,
    )
