"""Deciding on blocks: accepting and rejecting, one by one or in bulk, and locking."""

from typing import Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.block.found import (
    Found,
    Posted,
    Seconds,
    Unusable,
    answer_refusal,
    answer_report,
    changes_block,
    read_posted,
)
from generation.models import Fill, Report
from generation.review import accept_unflagged, decide, set_lock


class PostedDecision(Posted):
    """A decision on the block as it is at `revision`."""

    decision: Literal["accepted", "edited", "rejected", "not yet"]
    revision: int | None = None


class PostedLock(Posted):
    """Whether the block is to stay as it is."""

    locked: bool


class PostedLook(Posted):
    """How long each block was in view, and the revision that was seen of it."""

    by_block: dict[str, Seconds] = {}
    revisions: dict[str, int] = {}


@changes_block
def decide_block(request: SignedIn, found: Found) -> None:
    """Accept, reject, or open again."""
    posted = read_posted(request, PostedDecision)
    decide(
        found.fill,
        Fill.Review(posted.decision),
        by=request.user,
        seconds_in_view=posted.seconds,
        revision=posted.revision,
    )


@changes_block
def lock_block(request: SignedIn, found: Found) -> None:
    """Keep the block as it is, or let it be changed again."""
    set_lock(found.fill, read_posted(request, PostedLock).locked)


@require_POST
@needs("generation.change_report")
def accept_all(request: SignedIn, pk: int) -> HttpResponse:
    """Accept every block that carries no flag and waits for a decision."""
    report = get_object_or_404(Report.objects.editable_by(request.user).select_related("snapshot"), pk=pk)
    try:
        posted = read_posted(request, PostedLook)
    except Unusable as refusal:
        return answer_refusal(request, report, str(refusal), 422)
    accepted = accept_unflagged(
        report, by=request.user, seconds_in_view=posted.by_block, revisions=posted.revisions
    )
    return answer_report(request, report, accepted, accepted=accepted)
