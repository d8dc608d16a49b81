"""What is known of one block: what was asked, what came of it, and every version it ever had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString

from fillapp.pages.accounts import name_of
from fillapp.pages.block.found import Found
from fillapp.pages.differences import show_differences
from fillapp.pages.shown.value import render_value
from generation.flags import shown_flags, shown_notes, shown_problems
from generation.guards.said import GuardReading
from generation.models import Candidate, Edit
from generation.profiles import OFFLINE
from templates.blocks.base import Json


@dataclass(frozen=True)
class Version:
    """One value the block had or was offered; `seconds` the calls for it took, where there were any."""

    what: Literal["candidate", "edit"]
    number: int
    name: str
    when: datetime
    value: Json
    note: str = ""
    problems: tuple[str, ...] = ()
    seconds: float = 0
    is_current: bool = False


@dataclass(frozen=True)
class About:
    """The panel of a block."""

    key: str
    title: str
    kind: str
    asked: str
    documents: list[str]
    reads: list[str]
    problems: list[str]
    notes: list[str]
    flags: list[GuardReading]
    readings: list[GuardReading]
    error: str
    versions: list[Version]
    seconds: float
    calls: int
    locked: bool
    withheld: bool
    revision: int
    can_vary: bool


@dataclass(frozen=True)
class Offered:
    """A version that waits for a choice, with what differs from the text that stands."""

    version: Version
    html: SafeString


def describe_block(found: Found) -> About:
    """Everything the panel shows; what is withheld is not in it."""
    fill, block = found.fill, found.block
    names = {slot.key: slot.name for slot in found.body.documents}
    chosen = fill.chosen
    requests = list(fill.requests.values_list("seconds", flat=True))
    return About(
        key=block.block,
        title=block.title or block.block,
        kind=block.type.name,
        asked=block.instructions,
        documents=[names[key] for key in block.reads],
        reads=[found.body.block(key).title or key for key in block.after],
        problems=[] if fill.withheld else shown_problems(fill),
        notes=[] if fill.withheld else shown_notes(fill),
        flags=shown_flags(fill),
        readings=[] if fill.withheld or not chosen else chosen.guard_readings,
        error="" if fill.withheld else fill.error,
        versions=[] if fill.withheld else list_versions(found),
        seconds=sum(requests),
        calls=len(requests),
        locked=fill.locked,
        withheld=fill.withheld,
        revision=fill.revision,
        can_vary=found.report.profile != OFFLINE,
    )


def list_versions(found: Found) -> list[Version]:
    """Every candidate and edit, the newest first."""
    return sorted([*_candidates(found), *_edits(found)], key=lambda one: one.when, reverse=True)


def show_offer(found: Found) -> list[Offered]:
    """The versions to choose from, each against what stands there."""
    versions = {one.number: one for one in _candidates(found)}
    current = found.fill.current_value
    offered = [versions[number] for number in found.fill.offered if number in versions]
    return [
        Offered(
            one,
            show_differences(found.block, current, one.value, found.body.language)
            if current
            else render_value(
                found.block, found.block.type.load_value(one.value), found.level, found.body.language
            ),
        )
        for one in offered
    ]


def _candidates(found: Found) -> Iterator[Version]:
    fill = found.fill
    candidates = (
        fill.candidates.filter(withheld=False).select_related("asked_by").prefetch_related("requests")
    )
    for one in candidates:
        yield Version(
            "candidate",
            one.number,
            _name_candidate(one),
            one.created,
            dict(one.value),
            note=one.note,
            problems=tuple(one.problems),
            seconds=sum(request.seconds for request in one.requests.all()),
            is_current=fill.edit_id is None and fill.chosen_id == one.pk,
        )


def _edits(found: Found) -> Iterator[Version]:
    for one in found.fill.edits.select_related("author"):
        yield Version(
            "edit",
            one.number,
            _name_edit(one),
            one.saved,
            dict(one.value),
            is_current=found.fill.edit_id == one.pk,
        )


def _name_candidate(one: Candidate) -> str:
    writer = "offline writer" if one.profile == OFFLINE else "model"
    return f"Version {one.number}, by the {writer}"


def _name_edit(one: Edit) -> str:
    return f"Edit {one.number}, by {name_of(one.author)}"
