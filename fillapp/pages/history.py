"""The history of a report: every writing and every decision, by whom, when and how, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import CharField, F, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from fillapp.access import needs
from fillapp.pages.accounts import SignedIn, name_of
from fillapp.pages.differences import show_differences
from fillapp.pages.ways import keep_query
from fillapp.templatetags.waits import seconds
from generation.models import Candidate, Decision, Fill, GuardAct, Report
from generation.profiles import OFFLINE
from templates.blocks import KINDS
from templates.blocks.base import Json, UnreadableAnswer
from templates.body import TemplateBody

_A_PAGE = 30
_LONGEST_ID = 19
_WITHHELD = "The texts of this part are withheld until someone with the permission releases it."
Review = Fill.Review
_ACTS = {
    str(GuardAct.What.LOOKED): ("looked at the withheld text of", "withheld"),
    str(GuardAct.What.RELEASED): ("released", "ready"),
    str(GuardAct.What.REJECTED): ("rejected the withheld text of", "failed"),
}
# A row by its sort, key and time.
Slim = tuple[str, int, datetime]


@dataclass(frozen=True)
class Event:
    """Something that happened to a part: `differences` where its text changed, else the `text` it was about.

    Neither where there is none, or nobody may see it.
    """

    part: str
    block: str
    who: str
    what: str
    look: str
    at: datetime
    facts: tuple[str, ...] = ()
    note: str = ""
    text: str | None = None
    differences: SafeString | None = None
    hidden: str = ""


@require_GET
@needs("generation.view_report")
def show_history(request: SignedIn, pk: int) -> HttpResponse:
    """What happened to the report, or to one part of it, or by one person."""
    report = get_object_or_404(Report.objects.visible_to(request.user).select_related("snapshot"), pk=pk)
    body = report.snapshot.parsed
    parts = {block.block: block.title or block.block for block in body.fillable}
    gone = Fill.every.filter(report=report, gone=True).order_by("block").values_list("block", flat=True)
    # What was done on parts that the report had under an earlier version of its template is kept too.
    parts |= {key: key for key in gone if key not in parts}
    asked, who = request.GET.get("part", ""), request.GET.get("person", "")
    part = asked if asked in parts else ""
    page = Paginator(_find(report, part, who), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "report": report,
        "events": list(_load(page, body, parts)),
        "pages": page,
        "query": keep_query(request, "page"),
        "parts": parts.items(),
        "language": body.language,
        "people": _find_people(report),
        "part": part,
        "person": who,
        "page": "reports",
    }
    return render(request, "generation/history.html", context)


def _find(report: Report, part: str, who: str) -> "QuerySet[Any, Slim]":
    """Which rows, by sort, key and time alone: what they say is loaded for one page."""
    decisions = Decision.objects.filter(fill__report=report)
    candidates = Candidate.objects.filter(fill__report=report)
    acts = GuardAct.objects.filter(fill__report=report)
    if part:
        decisions, candidates = decisions.filter(fill__block=part), candidates.filter(fill__block=part)
        acts = acts.filter(fill__block=part)
    if who.isdecimal() and len(who) < _LONGEST_ID:
        decisions, candidates = decisions.filter(by=int(who)), candidates.filter(asked_by=int(who))
        acts = acts.filter(by=int(who))
    others = (_slim(candidates, "candidate", "created"), _slim(acts, "act", "at"))
    return _slim(decisions, "decision", "at").union(*others, all=True).order_by("-when", "-sort", "-key")


def _slim(rows: "QuerySet[Any]", sort: str, when: str) -> "QuerySet[Any, Slim]":
    named = rows.order_by().annotate(sort=Value(sort, CharField()), key=F("pk"), when=F(when))
    return cast("QuerySet[Any, Slim]", named.values_list("sort", "key", "when"))


def _load(found: Iterable[Slim], body: TemplateBody, parts: dict[str, str]) -> Iterable[Event]:
    """The events of one page, in three queries."""
    keys = [(sort, key) for sort, key, _ in found]
    decisions = Decision.objects.select_related("fill", "by").in_bulk(_of(keys, "decision"))
    candidates = Candidate.objects.select_related("fill", "asked_by").in_bulk(_of(keys, "candidate"))
    acts = GuardAct.objects.select_related("fill", "by", "candidate").in_bulk(_of(keys, "act"))
    for sort, key in keys:
        if sort == "act" and key in acts:
            yield _tell_act(acts[key], parts)
        if sort == "decision" and key in decisions:
            yield _tell_decision(decisions[key], body, parts)
        elif sort == "candidate" and key in candidates:
            yield _tell_candidate(candidates[key], parts)


def _of(keys: Iterable[tuple[str, int]], sort: str) -> list[int]:
    return [key for one, key in keys if one == sort]


def _tell_decision(decision: Decision, body: TemplateBody, parts: dict[str, str]) -> Event:
    fill, is_same = decision.fill, decision.value_before == decision.value_after
    what, look = _name_decision(decision, is_same)
    facts = [str(decision.how)] if decision.how != Decision.How.ONE else []
    if decision.seconds_in_view >= 1:
        facts.append(f"looked at for {seconds(decision.seconds_in_view)}")
    return Event(
        part=parts.get(fill.block, fill.block),
        block=fill.block,
        who=_name(decision.by),
        what=what,
        look=look,
        at=decision.at,
        facts=tuple(facts),
        text=_read(decision.value_after, fill),
        differences=None if is_same else _compare(decision, body),
        hidden=_WITHHELD if fill.withheld else "",
    )


def _name_decision(decision: Decision, is_same: bool) -> tuple[str, str]:
    """What was done in words, and its icon."""
    if decision.decision == Review.ACCEPTED:
        return "accepted", "ready"
    if decision.decision == Review.REJECTED:
        return "rejected", "failed"
    if decision.decision == Review.EDITED:
        return ("edited", "running") if decision.edit_id else ("put an earlier edit back in", "again")
    return ("opened the review again of", "again") if is_same else ("chose another version of", "again")


def _tell_candidate(candidate: Candidate, parts: dict[str, str]) -> Event:
    fill = candidate.fill
    writer = "without a language model" if candidate.profile == OFFLINE else f"by “{candidate.profile}”"
    asked = candidate.asked_by or candidate.note
    is_hidden = fill.withheld or candidate.withheld
    return Event(
        part=parts.get(fill.block, fill.block),
        block=fill.block,
        who=_name(candidate.asked_by) if asked else "Fill",
        what="had Fill write anew" if asked else "wrote",
        look="file",
        at=candidate.created,
        facts=(f"version {candidate.number}", f"written {writer}"),
        note="" if is_hidden else candidate.note,
        text=None if is_hidden else _read(candidate.value, fill),
        hidden=_WITHHELD if is_hidden else "",
    )


def _tell_act(act: GuardAct, parts: dict[str, str]) -> Event:
    """What was done about a withheld text, which is not told here."""
    what, look = _ACTS[act.what]
    return Event(
        part=parts.get(act.fill.block, act.fill.block),
        block=act.fill.block,
        who=_name(act.by),
        what=what,
        look=look,
        at=act.at,
        facts=(f"version {act.candidate.number}",),
    )


def _name(person: User | None) -> str:
    return name_of(person) if person else "Someone who is gone"


def _compare(decision: Decision, body: TemplateBody) -> SafeString | None:
    """The value before a decision held against the one after; None where they cannot be."""
    before, after = decision.value_before, decision.value_after
    if before is None or after is None or decision.fill.withheld:
        return None
    blocks = {(block.block, block.kind): block for block in body.fillable}
    block = blocks.get((decision.fill.block, decision.fill.kind))
    if block is None:
        return None  # It left the report with an earlier version of the template.
    try:
        return show_differences(block, before, after, body.language)
    except UnreadableAnswer:
        return None


def _read(value: Json | None, fill: Fill) -> str | None:
    """A value as plain text; None where there is none, or nobody may see it."""
    if value is None or fill.withheld:
        return None
    block_type = KINDS[fill.kind]
    try:
        text = block_type.text(block_type.load_value(value))
    except UnreadableAnswer:
        return None
    return text.replace("\t", " | ")


def _find_people(report: Report) -> list[User]:
    """Everybody who did something to the report, by name."""
    deciders = Decision.objects.filter(fill__report=report).order_by().values("by")
    askers = Candidate.objects.filter(fill__report=report).order_by().values("asked_by")
    actors = GuardAct.objects.filter(fill__report=report).order_by().values("by")
    people = User.objects.filter(pk__in=deciders.union(askers, actors))
    return sorted(people, key=lambda one: name_of(one).casefold())
