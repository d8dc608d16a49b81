"""The one way a draft is changed by hand: what was changed is kept, and nobody's words are written over."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from templates.body import PartOfBody, TemplateBody
from templates.editing.parts import ABOUT, NoSuchPart, find_part, stamp_of, stamp_of_about
from templates.editing.reverse import CannotReverse, reverse
from templates.mistakes import InvalidBody
from templates.models import DraftChange, ReportTemplate, Snapshot, take_snapshot

_LONGEST = 300


@dataclass
class PartChanged(Exception):
    """Someone else changed this very part since it was shown; `change` is theirs, where that is known.

    `theirs` is None where it is what the template says of itself; `stamp` is what both are known by now.
    """

    theirs: PartOfBody | None
    stamp: str
    change: DraftChange | None


class CannotUndo(ValueError):
    """The change cannot be taken back; the message says why."""


@transaction.atomic
def change_draft(
    template: ReportTemplate,
    apply: Callable[[TemplateBody], TemplateBody],
    *,
    what: str,
    by: User | None,
    part: str = "",
    stamp: str = "",
    sitting: str = "",
) -> DraftChange | None:
    """Let the draft be what `apply` makes of it as it is now; None when that is the same.

    Saves of one `sitting`, one after the other, are one change. With a `stamp`, the `part` must still say
    what it said when the stamp was taken; `ABOUT` is what the template says of itself.
    Raises `PartChanged`, `NoSuchPart`, and what `apply` raises.
    """
    draft = _lock(template).draft
    body = draft.parsed
    if part and stamp:
        theirs, now = _find(body, part)
        if now != stamp:
            change = _last_change_of(template, part)
            if not (change and sitting and _made(change, part, now, sitting, by)):
                raise PartChanged(theirs, now, change)
    after = take_snapshot(apply(body))
    if after.pk == draft.pk:
        return None
    _set_draft(template, after)
    last = template.changes.first()
    if last and sitting and (last.sitting, last.by) == (sitting, by):
        last.after, last.what = after, what[:_LONGEST]
        last.save()
        # The draft in between stays for now: a preview may be following it at this very moment.
        return last
    return DraftChange.objects.create(
        template=template, before=draft, after=after, by=by, what=what[:_LONGEST], part=part, sitting=sitting
    )


def undo_change(change: DraftChange, *, by: User | None) -> DraftChange | None:
    """Take back what a change did, and keep what was done since; None where nothing is left of it.

    Undoing what this gives does it again. Raises `CannotUndo`.
    """
    before, after = change.before.parsed, change.after.parsed
    undone = change.what.removeprefix("Undone: ")
    what = undone if undone != change.what else f"Undone: {undone}"
    try:
        return change_draft(change.template, lambda now: reverse(before, after, now), what=what, by=by)
    except (CannotReverse, InvalidBody) as error:
        raise CannotUndo("It was changed again since, so it cannot be undone by itself.") from error


def _find(body: TemplateBody, part: str) -> tuple[PartOfBody | None, str]:
    """The part, None for what the template says of itself, and its stamp. Raises `NoSuchPart`."""
    if part == ABOUT:
        return None, stamp_of_about(body)
    found = find_part(body, part)[1]
    return found, stamp_of(body, found)


def _lock(template: ReportTemplate) -> ReportTemplate:
    ReportTemplate.objects.select_for_update().get(pk=template.pk)
    return ReportTemplate.objects.select_related("draft").get(pk=template.pk)


def _set_draft(template: ReportTemplate, draft: Snapshot) -> None:
    template.draft = draft
    template.save(update_fields=["draft", "changed"])


def _made(change: DraftChange, part: str, now: str, sitting: str, by: User | None) -> bool:
    """Whether it was this sitting that made the part what it is: an earlier answer got lost on its way."""
    if (change.sitting, change.by) != (sitting, by):
        return False
    try:
        return _find(change.after.parsed, part)[1] == now
    except NoSuchPart:
        return False


def _last_change_of(template: ReportTemplate, part: str) -> DraftChange | None:
    return template.changes.filter(part=part).select_related("by", "after").first()
