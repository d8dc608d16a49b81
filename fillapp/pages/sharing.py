"""Sharing reports and templates: who may see one, who may change it, and finding people to share it with."""

from collections.abc import Sequence
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
from fillapp.pages.studio.found import MAY_CHANGE
from generation.models import Report
from signals.clean import clean_text
from templates.models import ReportTemplate
from templates.sharing import Share

_MOST_WORDS, _LONGEST, _LONGEST_ID = 5, 100, 19
_MOST_FOUND = 10
Thing = Report | ReportTemplate
_GONE = "That was not possible: the person or group is no longer here. Search again."


@dataclass(frozen=True)
class Sharing:
    """A thing to share: what it is called, and what one may do with it who sees it, or may also change it."""

    thing: Thing
    name: str
    see: str
    change: str


@dataclass(frozen=True)
class Access:
    """A person or a group that a thing is shared with."""

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
    """Who has access to a report, for the owner alone; a POST gives it, changes it or takes it away."""
    report = get_object_or_404(Report.objects.owned_by(request.user).select_related("owner"), pk=pk)
    sharing = Sharing(report, report.title, "view", "edit")
    context = {"report": report, "page": "reports"}
    return _answer(request, sharing, "generation/sharing.html", context)


@require_http_methods(["GET", "POST"])
@needs(MAY_CHANGE)
def share_template(request: SignedIn, slug: str) -> HttpResponse:
    """Who has access to a template, for the owner alone, likewise."""
    owned = ReportTemplate.objects.owned_by(request.user).select_related("owner", "draft")
    template = get_object_or_404(owned, slug=slug)
    body = template.draft.parsed
    sharing = Sharing(template, body.name, "use", "change")
    context = {"template": template, "body": body, "room": "sharing", "page": "templates"}
    return _answer(request, sharing, "templates/studio/sharing.html", context)


def _answer(request: SignedIn, sharing: Sharing, html: str, context: dict[str, object]) -> HttpResponse:
    thing = sharing.thing
    if request.method == "POST":
        said = _change(sharing, request.POST)
        (messages.success if said else messages.error)(request, said or _GONE)
        return redirect(request.path)
    asked = clean_text(request.GET.get("q", "")).strip()[:_LONGEST]
    shares = list(thing.shares.select_related("user", "group").order_by("pk"))
    context |= {
        "sharing": sharing,
        "access": [Access(one.pk, _name(one), bool(one.group), one.can_edit) for one in shares],
        "q": asked,
        "found": _find(asked, thing, shares) if asked else None,
    }
    return render(request, html, context)


def _find(asked: str, thing: Thing, shares: Sequence[Share]) -> Found:
    """Active people and groups without access whose names have all the words."""
    people = _find_others(thing)
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
def _change(sharing: Sharing, posted: QueryDict) -> str:
    """What was done, as a sentence; empty where what was named is not there."""
    thing = sharing.thing
    # Two windows at once must not share it twice with one person.
    type(thing)._default_manager.select_for_update().filter(pk=thing.pk).first()
    wanted = posted.get("do", "")
    if wanted == "add":
        return _add(sharing, posted)
    share = thing.shares.select_related("user", "group").filter(pk=_read_id(posted, "share")).first()
    if share is None:
        return ""
    if wanted == "remove":
        share.delete()
        return f"“{sharing.name}” is no longer shared with {_name(share)}."
    return _allow(sharing, share.user, share.group, posted)


def _add(sharing: Sharing, posted: QueryDict) -> str:
    user = _find_others(sharing.thing).filter(pk=_read_id(posted, "user")).first()
    group = None if user else Group.objects.filter(pk=_read_id(posted, "group")).first()
    return _allow(sharing, user, group, posted) if user or group else ""


def _allow(sharing: Sharing, user: User | None, group: Group | None, posted: QueryDict) -> str:
    can_edit = posted.get("access") == "edit"
    share, _ = sharing.thing.shares.update_or_create(user=user, group=group, defaults={"can_edit": can_edit})
    return f"{_name(share)} can {sharing.change if can_edit else sharing.see} it now."


def _find_others(thing: Thing) -> QuerySet[User]:
    """Everybody whom a thing can be shared with."""
    people = User.objects.filter(is_active=True)
    return people.exclude(pk=thing.owner_id) if thing.owner_id else people


def _name(share: Share) -> str:
    return share.group.name if share.group else name_of(share.user)


def _read_id(posted: QueryDict, name: str) -> int:
    """The id a form carries; 0, which nothing has, for what is none."""
    given = posted.get(name, "")
    return int(given) if given.isdecimal() and len(given) < _LONGEST_ID else 0
