"""Finished reports with a block of every kind, one for each test that changes one."""

import json
import uuid

from django.conf import settings
from django.contrib.auth.models import Group, User

from fillapp.accounts import BUSINESS
from fillapp.demo import PASSWORD
from generation.models import Candidate, Fill, Report, ReportShare
from generation.reports import create_report
from generation.uploads import store_document
from templates.body import read_body
from templates.models import TemplateShare, take_snapshot
from templates.publish import publish, save_draft
from tests.bench.report_page import make_report
from tests.bench.typing_speed import empty_blocks
from tests.factories import VALUES

NAMES = (
    "typing",
    "rules",
    "conflict",
    "offline",
    "versions",
    "keyboard",
    "undo",
    "lost",
    "restart",
    "review",
    "live",
    "promise",
    "promise_choice",
    "promise_restore",
    "promise_held",
    "promise_others",
    "promise_late",
    "promise_cells",
    "promise_links",
)
COLLEAGUE = "colleague"
_TEXT = (
    "The committee met on 3 March 2026. Ann agreed to ask for a second roof quote of 1,200 euros.\n"
    "Nobody objected to deferring the lease until the summer meeting. The tenant may leave.\n"
) * 8
_BLOCKS = [
    {"heading": "Minutes"},
    {"block": "summary", "kind": "long_text", "title": "Summary", "instructions": "What was discussed."},
    {
        "block": "actions",
        "kind": "table",
        "title": "Actions",
        "settings": {"columns": [{"name": "Action"}, {"name": "Cost", "type": "money"}], "max_rows": 4},
    },
    {"block": "risks", "kind": "bullets", "title": "Risks", "settings": {"levels": 2}},
    {
        "block": "outcome",
        "kind": "selection",
        "title": "Outcome",
        "settings": {"options": ["Approved", "Deferred"]},
    },
    {"block": "due", "kind": "date_or_duration", "title": "Due"},
]
# Without a figure: nothing that a simulated model writes of it is flagged.
_BOARD = {
    "name": "Board minutes",
    "documents": [{"key": "transcript", "name": "Transcript", "required": True}],
    "require": {"review": True},
    "blocks": [
        *_BLOCKS[:2],
        {
            "block": "actions",
            "kind": "table",
            "title": "Actions",
            "settings": {"columns": [{"name": "Action"}, {"name": "Owner"}], "max_rows": 8},
        },
        *_BLOCKS[3:5],
        {"block": "conclusion", "kind": "long_text", "title": "Conclusion", "instructions": "What follows."},
    ],
}
_MORE = {"due": {"said": "3 March 2026", "date": "2026-03-03"}}


def make_cases() -> None:
    """A report for each name; their numbers in cases.json."""
    person = User.objects.get(username="demo")
    colleague = User.objects.create_user(COLLEAGUE, password=PASSWORD, first_name="Bea", last_name="Roth")
    colleague.groups.add(Group.objects.get(name=BUSINESS))
    snapshot = take_snapshot(read_body({"name": "Minutes", "blocks": _BLOCKS}))
    document = store_document(_TEXT.encode(), "minutes.txt", person)
    numbers = {}
    for name in NAMES:
        report = create_report(snapshot, [(document, "")], title=f"Case {name}", owner=person)
        for block, value in (VALUES | _MORE).items():
            _finish(report, block, value)
        ReportShare.objects.create(report=report, user=colleague, can_edit=True)
        numbers[name] = report.pk
    Report.objects.update(started="2026-03-03T10:00Z", finished="2026-03-03T10:01Z")
    numbers["long"] = _make_long(person)
    _publish_board()
    (settings.VAR_DIR / "cases.json").write_text(json.dumps(numbers))


def _make_long(person: User) -> int:
    """A report of 50 blocks, 20 of them still to be written."""
    number, _ = make_report(50, 10)
    empty_blocks(number, 20)
    ReportShare.objects.create(report_id=number, user=person, can_edit=True)
    return number


def _publish_board() -> None:
    """A template whose reports are given out only when they are reviewed."""
    template = save_draft(read_body(_BOARD), owner=User.objects.get(username="author"))
    publish(template)
    TemplateShare.objects.create(template=template, group=Group.objects.get(name=BUSINESS))


def _finish(report: Report, block: str, value: dict[str, object]) -> None:
    fill = report.fills.get(block=block)
    fill.chosen = Candidate.objects.create(
        fill=fill, number=1, value=value, profile=report.profile, attempt=uuid.uuid4()
    )
    fill.state = Fill.State.DONE
    fill.save()
