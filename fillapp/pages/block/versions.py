"""The versions of a block: writing it again, comparing what there is, and choosing."""

from typing import Literal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from pydantic import Field

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn
from fillapp.pages.block.about import describe_block, list_versions, show_offer
from fillapp.pages.block.found import (
    Found,
    Posted,
    changes_block,
    find_block,
    read_posted,
)
from fillapp.pages.differences import show_differences
from generation.engine.schedule import cancel_fill, generate_again
from generation.review import choose_candidate, keep_current, restore_edit
from signals.clean import clean_text


class PostedWish(Posted):
    """What the next version is to heed, and how many to choose from."""

    note: str = Field("", max_length=2000)
    versions: Literal["1", "3", 1, 3] = 1


class PostedChoice(Posted):
    """A version to put in the place of what stands at `revision`; neither keeps what stands."""

    candidate: int | None = None
    edit: int | None = None
    revision: int


@require_GET
@needs("generation.view_report")
def show_about(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """What the block was asked, what is to be checked in it, its versions, and what they took."""
    found = find_block(request, pk, key, to_change=False)
    context = {"about": describe_block(found), "report": found.report, "can_edit": found.can_edit}
    return render(request, "generation/about.html", context)


@require_GET
@needs("generation.view_report")
def show_version(request: SignedIn, pk: int, key: str, what: str, number: int) -> HttpResponse:
    """One version against what stands there."""
    found = find_block(request, pk, key, to_change=False)
    if found.fill.withheld:
        raise Http404
    version = next((one for one in list_versions(found) if (one.what, one.number) == (what, number)), None)
    current = found.fill.current_value
    if version is None or current is None:
        raise Http404
    html = show_differences(found.block, current, version.value, found.body.language)
    context = {"version": version, "found": found, "html": html, "can_edit": found.can_edit}
    return render(request, "generation/version.html", context)


@require_GET
@needs("generation.view_report")
def show_offered(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """The versions that wait for a choice, side by side."""
    found = find_block(request, pk, key, to_change=False)
    if found.fill.withheld:
        raise Http404
    context = {"offer": show_offer(found), "found": found, "can_edit": found.can_edit}
    return render(request, "generation/offer.html", context)


@changes_block
def generate(request: SignedIn, found: Found) -> None:
    """Have the block written again."""
    posted = read_posted(request, PostedWish)
    note = clean_text(posted.note).strip()
    generate_again(found.fill, note=note, versions=int(posted.versions), by=request.user)


@changes_block
def stop(request: SignedIn, found: Found) -> None:
    """Stop writing the block; what stood there stays."""
    cancel_fill(found.fill)


@changes_block
def choose(request: SignedIn, found: Found) -> None:
    """Let a version stand, or keep what stands."""
    posted = read_posted(request, PostedChoice)
    if posted.candidate is not None:
        choose_candidate(found.fill, posted.candidate, by=request.user, revision=posted.revision)
    elif posted.edit is not None:
        restore_edit(found.fill, posted.edit, by=request.user, revision=posted.revision)
    else:
        keep_current(found.fill)
