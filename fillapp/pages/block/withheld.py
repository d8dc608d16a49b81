"""A withheld part: why it is, whom to ask, and for those who may, looking, releasing, rejecting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fillapp.access import needs
from fillapp.accounts import find_releasers
from fillapp.pages.accounts import SignedIn
from fillapp.pages.block.found import Found, Posted, Unusable, find_block, read_posted
from fillapp.pages.counts import is_withheld
from fillapp.pages.shown.value import render_value
from generation.guards.release import look_at_withheld, reject_withheld, release_withheld
from generation.models import Candidate, Report
from generation.review import CannotChange

MAY_RELEASE = "generation.release_withheld"


class PostedVersion(Posted):
    """The number of the version that was looked at."""

    number: int


@require_GET
@needs("generation.view_report")
@never_cache
def show(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Why the part is withheld; nothing of its text."""
    found = find_block(request, pk, key, to_change=False)
    if not found.fill.withheld:
        return _back(found)
    return _render(request, found)


@require_POST
@needs(MAY_RELEASE)
@never_cache
def look(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """The text, for whoever may release it; the history says that they looked."""
    found = find_block(request, pk, key, to_change=False)
    try:
        candidate = look_at_withheld(found.fill, by=request.user)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
        return _back(found)
    return _render(request, found, candidate)


@require_POST
@needs(MAY_RELEASE)
def release(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Let everybody who may open the report see it."""
    return _decide(request, pk, key, release_withheld, "“{}” is released.")


@require_POST
@needs(MAY_RELEASE)
def reject(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Leave it out of sight, as one that is not to be used."""
    return _decide(request, pk, key, reject_withheld, "“{}” is rejected, and stays withheld.")


def _decide(request: SignedIn, pk: int, key: str, act: Any, done: str) -> HttpResponse:
    found = find_block(request, pk, key, to_change=False)
    try:
        act(found.fill, by=request.user, number=read_posted(request, PostedVersion).number)
        messages.success(request, done.format(found.block.title or key))
    except (CannotChange, Unusable) as refusal:
        messages.error(request, str(refusal))
    return _back(found)


def _back(found: Found) -> HttpResponse:
    return redirect(reverse("report", args=[found.report.pk]) + f"#block-{found.fill.block}")


def _render(request: SignedIn, found: Found, candidate: Candidate | None = None) -> HttpResponse:
    may_release = request.user.has_perm(MAY_RELEASE)
    chosen = found.fill.chosen
    readings = [one for one in chosen.guard_readings if one.withholds] if chosen else []
    readers = [block.title or block.block for block in found.body.fillable if found.fill.block in block.after]
    context = {
        "report": found.report,
        "key": found.fill.block,
        "name": found.block.title or found.block.block,
        "is_withheld": is_withheld(found.fill),
        "readings": readings,
        "readers": readers,
        "may_release": may_release,
        "can_edit": found.can_edit,
        "is_rejected": found.fill.review == found.fill.Review.REJECTED,
        "releasers": [] if may_release else _find_releasers(found.report),
        "candidate": candidate,
        "html": _show(found, candidate) if candidate else "",
        "language": found.body.language,
        "page": "reports",
    }
    return render(request, "generation/withheld.html", context)


def _show(found: Found, candidate: Candidate) -> Any:
    value = found.block.type.load_value(candidate.value)
    return render_value(found.block, value, 3, found.body.language)


def _find_releasers(report: Report) -> list[User]:
    """A few people with the permission, first those who may open this report."""
    many = find_releasers(User.objects.all())
    rights = Report.objects.filter(pk=report.pk).rights_of(many)
    return sorted(many, key=lambda one: (one.pk, report.pk) not in rights)
