"""People and reports in every state a page can show, put into the database of the site under test."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
from django.contrib.auth.models import Group, User
from django.utils import timezone

from fillapp.accounts import BUSINESS
from fillapp.demo import PASSWORD
from generation.guards.said import GuardReading
from generation.models import Fill, Report, ReportShare, Suggestion
from generation.removal import delete_report
from generation.review import accept_unflagged, decide, save_edit
from templates.models import ReportTemplate
from templates.publish import publish, save_draft
from tests.e2e.building import prepare_previews
from tests.e2e.signals.cases import prepare_signals
from tests.e2e.tested import prepare_tests
from tests.factories import BLOCKS, VALUES, finish, finish_all, make_body, make_report, make_snapshot

WALKER, BEGINNER, NEWCOMER = "walker", "beginner", "newcomer"
FILE = "states.json"
# No worker serves it: what is running here stays so.
_QUEUE = "nobody's"


def prepare() -> None:
    """Make them all; which report is in which state is kept beside the database."""
    walker = User.objects.create_user(WALKER, password=PASSWORD)
    walker.groups.add(Group.objects.get(name=BUSINESS))
    # Nothing written yet, and nothing shared.
    beginner = User.objects.create_user(BEGINNER, password=PASSWORD)
    beginner.groups.add(Group.objects.get(name=BUSINESS))
    # Nobody has said yet what they may do.
    User.objects.create_user(NEWCOMER, password=PASSWORD)
    author = User.objects.get(username="author")
    _make_versions(author)
    _make_suggestion()
    prepare_previews(_QUEUE, author)
    prepare_signals()
    made = {name: _make(name, fill, walker) for name, fill in STATES.items()} | prepare_tests(_QUEUE)
    Path(os.environ["FILL_VAR"], FILE).write_bytes(orjson.dumps(made))


def _make_versions(owner: User) -> None:
    """A template with two versions and a draft that differs in every way; and one in the archive."""
    template = save_draft(make_body(name="Site visit"), slug="site-visit", owner=owner)
    publish(template, note="The first", by=owner)
    more = {"block": "next", "kind": "bullets", "title": "Next steps", "instructions": "What happens next."}
    parts = [{"heading": "Visit"}, *BLOCKS[2:4], {**BLOCKS[4], "kind": "long_text", "settings": {}}, more]
    template = save_draft(make_body(parts, name="Site visit", tone="formal"), slug="site-visit")
    publish(template, by=owner)
    parts = [parts[0], parts[2], {**parts[1], "instructions": "What was discussed, and by whom."}]
    save_draft(make_body(parts, name="Site visit", word={"toc": True}), slug="site-visit")
    old = save_draft(make_body(name="Old audit"), slug="old-audit", owner=owner)
    ReportTemplate.objects.filter(pk=old.pk).update(archived=True)


def _make_suggestion() -> None:
    """Better instructions for a block, which nobody has taken or left yet."""
    template = ReportTemplate.objects.get(slug="case-assessment")
    Suggestion.objects.create(
        template=template,
        snapshot=template.draft,
        block="missing",
        instructions=template.draft.parsed.block("missing").instructions,
        text="What the decision still needs, and who has it. Leave out what is only helpful.",
        state=Suggestion.State.DONE,
        profile="default",
    )


def _make(name: str, fill: Callable[[Report], object], owner: User) -> int:
    snapshot = make_snapshot(require={"review": name == "strict"})
    template = ReportTemplate.objects.get(slug="meeting-minutes")
    report = make_report(snapshot, title=f"Report, {name}", owner=owner, template=template)
    report.queue = _QUEUE
    report.save()
    fill(report)
    return report.pk


def _set(report: Report, block: str, state: Fill.State, **more: object) -> None:
    report.fills.filter(block=block).update(state=state, changed=timezone.now(), **more)


def _running(report: Report) -> None:
    """A part in every state on the way."""
    until = timezone.now() + timedelta(days=1)
    partial = "The committee **met** on 3 March 2026. Ann agreed to"
    _set(report, "summary", Fill.State.RUNNING, partial=partial, lease_until=until)
    finish(report, "actions")
    _set(report, "risks", Fill.State.RUNNING, lease_until=until)
    _set(report, "outcome", Fill.State.QUEUED)


def _with_problems(report: Report) -> None:
    for block in VALUES:
        finish(report, block, problems=("“5” stands in none of the documents.",))
    report.fills.filter(block="summary").update(stale=True)


def _failed(report: Report) -> None:
    finish(report, "summary")
    sentence = "The answer grew too long and was cut off. Ask for less, or try again."
    _set(report, "actions", Fill.State.FAILED, error_code="length", error=sentence)
    _set(report, "risks", Fill.State.CANCELLED, error_code="cancelled", error="You cancelled this part.")
    finish(report, "outcome")
    report.fills.filter(block="outcome").update(withheld=True)


def _cancelled(report: Report) -> None:
    report.fills.update(
        state=Fill.State.CANCELLED, error_code="cancelled", error="It was cancelled before it was written."
    )


def _reviewed(report: Report) -> None:
    """A part of every decision, one of them locked."""
    fills = finish_all(report)
    save_edit(
        fills["risks"], {"items": [{"text": "The cellar is wet.", "items": []}]}, author=None, revision=0
    )
    decide(fills["actions"], Fill.Review.REJECTED, by=None)
    accept_unflagged(report, by=None)
    report.fills.filter(block="summary").update(locked=True)


def _long(report: Report) -> None:
    """Of several pages."""
    finish_all(report)
    rows = [[f"Mend roof {number}", f"€ {number},200"] for number in range(1, 90)]
    finish(report, "actions", {"columns": ["Action", "Cost"], "rows": rows})


def _offer(*texts: str) -> Callable[[Report], None]:
    """So many newer versions of a part to choose from, with a model that could write more."""

    def fill_report(report: Report) -> None:
        finish_all(report)
        for text in texts:
            value = {"items": [{"text": text, "items": []}]}
            finish(report, "risks", value, problems=("“March” stands nowhere.",))
        fill = report.fills.get(block="risks")
        fill.chosen, fill.offered = fill.candidates.get(number=1), list(range(2, len(texts) + 2))
        fill.save()
        Report.objects.filter(pk=report.pk).update(profile="a model")

    return fill_report


def _rewritten(report: Report) -> None:
    finish_all(report)
    until = timezone.now() + timedelta(days=1)
    _set(report, "summary", Fill.State.RUNNING, partial="This time it", lease_until=until)
    _set(report, "risks", Fill.State.QUEUED)


def _shared(report: Report) -> None:
    finish_all(report)
    ReportShare.objects.create(report=report, user=User.objects.get(username="author"))


def _guarded(report: Report) -> None:
    """A part that a check flagged, one that it could not read, and one that is withheld."""
    finish_all(report)
    flag = GuardReading(
        "promises",
        "Promises an outcome",
        0.93,
        flagged=True,
        piece="sentence 1",
        action="flag",
        words="All went well.",
        tries=3,
    )
    error = "The model “judge” cannot be reached."
    _guard(report, "summary", flag)
    _guard(report, "actions", replace(flag, score=None, flagged=False, error=error, title="Sounds like us"))
    reason = "It speaks of a tenant by name."
    _guard(report, "risks", replace(flag, action="withhold", words="The tenant may leave.", reason=reason))


def _guard(report: Report, block: str, reading: GuardReading) -> None:
    fill = report.fills.get(block=block)
    fill.candidates.update(readings=[reading.to_json()], withheld=reading.withholds)
    report.fills.filter(pk=fill.pk).update(withheld=reading.withholds, changed=timezone.now())
    ReportShare.objects.get_or_create(report=report, user=User.objects.get(username="author"))


def _deleted(report: Report) -> None:
    finish_all(report)
    delete_report(report)


STATES: dict[str, Callable[[Report], object]] = {
    "running": _running,
    "finished": finish_all,
    "problems": _with_problems,
    "guarded": _guarded,
    "failed": _failed,
    "cancelled": _cancelled,
    "reviewed": _reviewed,
    "offered": _offer("The tenant will leave in March.", "The cellar is wet.", "The tenant may stay."),
    "one_offered": _offer("The tenant will leave in March."),
    "rewritten": _rewritten,
    "again": finish_all,
    "conflict": finish_all,
    "decided": finish_all,
    "dropped": finish_all,
    "shared": _shared,
    "deleted": _deleted,
    "strict": finish_all,
    "drawing": finish_all,
    "long": _long,
}
