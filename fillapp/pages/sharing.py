"""Sharing a report: who may see it, who may change it, and finding people to share it with."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn, name_of
from generation.models import Report, ReportShare
from signals.clean import clean_text

_MOST_WORDS, _LONGEST, _LONGEST_ID = 5, 100, 19
_MOST_FOUND = 10
_GONE = "That was not possible: the person or group is no longer here. Search again."


@dataclass(frozen=True)
class Access:
    """A person or a group that a report is shared with."""

    pk: int
    name: str
    group: bool
    can_edit: bool


@dataclass(frozen=True)
class Found:
    """People and groups of that name; `more` where not all are shown."""

    people: list[User]
    groups: list[Group]
    more: bool = False

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.people) + len(self.groups)


@require_http_methods(["GET", "POST"])
@needs("generation.change_report")
def share(request: SignedIn, pk: int) -> HttpResponse:
    """Who has access, for the owner alone; a POST gives it, changes it or takes it away."""
    report = get_object_or_404(Report.objects.owned_by(request.user).select_related("owner"), pk=pk)
    if request.method == "POST":
        said = _change(report, request.POST)
        (messages.success if said else messages.error)(request, said or _GONE)
        return redirect("report_sharing", pk=pk)
    asked = clean_text(request.GET.get("q", "")).strip()[:_LONGEST]
    shares = list(report.shares.select_related("user", "group").order_by("pk"))
    context = {
        "report": report,
        "access": [Access(one.pk, _name(one), bool(one.group), one.can_edit) for one in shares],
        "q": asked,
        "found": _find(asked, report, shares) if asked else None,
        "page": "reports",
    }
    return render(request, "generation/sharing.html", context)


def _find(asked: str, report: Report, shares: list[ReportShare]) -> Found:
    """Active people and groups without access whose names have all the words."""
    people = _find_others(report)
    people = people.exclude(pk__in=[one.user_id for one in shares if one.user_id])
    groups = Group.objects.exclude(pk__in=[one.group_id for one in shares if one.group_id])
    for word in asked.split()[:_MOST_WORDS]:
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
        # By its beginning only: a user name may be an e-mail address, which nobody is to find out here.
        people = people.filter(named if "@" in word else named | Q(username__istartswith=word))
        groups = groups.filter(name__icontains=word)
    by_name = people.order_by("first_name", "last_name", "username")
    found, among = list(by_name[: _MOST_FOUND + 1]), list(groups.order_by("name")[: _MOST_FOUND + 1])
    more = len(found) > _MOST_FOUND or len(among) > _MOST_FOUND
    return Found(found[:_MOST_FOUND], among[:_MOST_FOUND], more)


@transaction.atomic
def _change(report: Report, posted: QueryDict) -> str:
    """What was done, as a sentence; empty where what was named is not there."""
    # Two windows at once must not share it twice with one person.
    Report.objects.select_for_update().filter(pk=report.pk).first()
    wanted = posted.get("do", "")
    if wanted == "add":
        return _add(report, posted)
    share = report.shares.select_related("user", "group").filter(pk=_read_id(posted, "share")).first()
    if share is None:
        return ""
    if wanted == "remove":
        share.delete()
        return f"“{report.title}” is no longer shared with {_name(share)}."
    return _allow(share, posted)


def _add(report: Report, posted: QueryDict) -> str:
    user = _find_others(report).filter(pk=_read_id(posted, "user")).first()
    group = None if user else Group.objects.filter(pk=_read_id(posted, "group")).first()
    if user is None and group is None:
        return ""
    share = report.shares.filter(user=user, group=group).first()
    return _allow(share or ReportShare(report=report, user=user, group=group), posted)


def _allow(share: ReportShare, posted: QueryDict) -> str:
    share.can_edit = posted.get("access") == "edit"
    share.save()
    return f"{_name(share)} can {'edit' if share.can_edit else 'view'} it now."


def _find_others(report: Report) -> QuerySet[User]:
    """Everybody whom a report can be shared with."""
    people = User.objects.filter(is_active=True)
    return people.exclude(pk=report.owner_id) if report.owner_id else people


def _name(share: ReportShare) -> str:
    return share.group.name if share.group else name_of(share.user)


def _read_id(posted: QueryDict, name: str) -> int:
    """The id a form carries; 0, which nothing has, for what is none."""
    given = posted.get(name, "")
    return int(given) if given.isdecimal() and len(given) < _LONGEST_ID else 0
