"""Edits: what a person types, saved again and again without losing anybody's words."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.models import Decision, Edit, Fill
from generation.review.changing import EditConflict, open_fill, set_value
from signals.clean import clean_json
from templates.blocks import KINDS
from templates.blocks.base import Json

# After so long without a save, the next one begins a new edit.
_SITTING = timedelta(minutes=10)


@transaction.atomic
def save_edit(
    fill: Fill,
    value: Json,
    *,
    author: User | None,
    revision: int,
    window: str = "",
    seconds_in_view: float = 0,
) -> Fill:
    """Let a person's value stand, typed on top of `revision`; the fill as it is then.

    Saves from one `window` are one edit. A save whose answer was lost may be sent again, newer or the same.
    Raises `EditConflict` when the fill has moved on, `CannotChange` when it may not be changed, and
    `UnreadableAnswer` when the value is not of its kind.
    """
    block_type = KINDS[fill.kind]
    checked = block_type.load_value(clean_json(value)).model_dump(mode="json")
    now = open_fill(fill)
    before = now.current_value
    if before == checked:
        return now
    sitting = _sitting(now, author, window)
    if now.revision != revision and not sitting:
        raise EditConflict(theirs=before or {}, yours=checked, revision=now.revision)
    edit = sitting or _begin(now, author, window)
    edit.value = checked
    edit.save()
    _note(now, edit, before, seconds_in_view)
    if _is_as_written(now, checked):
        set_value(now, Fill.Review.NOT_YET, edit=None, chosen=now.chosen)
    else:
        set_value(now, Fill.Review.EDITED, edit=edit, chosen=now.chosen)
    return now


def _is_as_written(fill: Fill, value: Json) -> bool:
    """Whether a person has taken back all that was typed; pages show values in the report's own notation."""
    if fill.chosen is None:
        return False
    body = fill.report.snapshot.parsed
    block = body.block(fill.block)
    written = block.type.load_value(fill.chosen.value)
    shown = block.type.show(written, block.parsed_settings, body.language)
    return value in (written.model_dump(mode="json"), shown.model_dump(mode="json"))


def _sitting(fill: Fill, author: User | None, window: str) -> Edit | None:
    """The edit that goes on with this save: the newest, from the same window of the same person.

    One that was accepted or put back since is a version of its own, and stays as it is.
    """
    edit = fill.edit
    if edit is None or not window or (edit.window, edit.author_id) != (window, author and author.pk):
        return None
    if timezone.now() - edit.saved >= _SITTING:
        return None
    last = fill.decisions.order_by("-pk").first()
    return edit if last and last.edit_id == edit.pk else None


def _begin(fill: Fill, author: User | None, window: str) -> Edit:
    last = fill.edits.order_by("-number").first()
    return Edit(
        fill=fill,
        number=(last.number if last else 0) + 1,
        author=author,
        based_on_candidate=None if fill.edit else fill.chosen,
        based_on_edit=fill.edit,
        window=window,
    )


def _note(fill: Fill, edit: Edit, before: Json | None, seconds: float) -> None:
    """One decision an edit, from the value it began with to the one it has come to."""
    decision, is_new = Decision.objects.get_or_create(
        edit=edit,
        defaults={
            "fill": fill,
            "by": edit.author,
            "decision": Fill.Review.EDITED,
            "value_before": before,
            "value_after": edit.value,
            "seconds_in_view": seconds,
        },
    )
    if not is_new:
        decision.value_after = edit.value
        decision.seconds_in_view += seconds
        decision.save(update_fields=["value_after", "seconds_in_view"])
