"""However many blocks a report has, its page and its stream ask the database as often."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fillapp.pages.look import Looker
from generation.models import Document, Fill, Report
from generation.reports import create_report
from generation.review import decide, save_edit
from templates.body import TemplateBody, read_body
from templates.models import take_snapshot
from tests.fillapp.conftest import VALUES, fail, finish
from tests.fillapp.live import make_watcher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def make_long(alice: User, body: TemplateBody, document: Document) -> "MakeLong":
    return MakeLong(alice, body, document)


class MakeLong:
    """Makes reports of any length, in which something of everything has happened."""

    def __init__(self, owner: User, body: TemplateBody, document: Document) -> None:
        self._owner = owner
        self._kinds = [block.model_dump(exclude_defaults=True) for block in body.fillable]
        self._document = document

    def __call__(self, rounds: int) -> Report:
        """A report with four blocks of each round, one of them waiting for a choice."""
        blocks = [
            {**block, "block": f"{block['block']}_{number}", "after": []}
            for number in range(rounds)
            for block in self._kinds
        ]
        snapshot = take_snapshot(
            read_body({"name": "Long", "documents": [{"key": "transcript", "name": "T"}], "blocks": blocks})
        )
        report = create_report(snapshot, [(self._document, "transcript")], title="Long", owner=self._owner)
        for number in range(rounds):
            self._fill_round(report, number)
        return report

    def _fill_round(self, report: Report, number: int) -> None:
        for block, value in VALUES.items():
            finish(report, f"{block}_{number}", value, ("It is too short.",))
        risks = finish(report, f"risks_{number}", VALUES["risks"])
        risks.offered = [1, 2]
        risks.save()
        outcome = report.fills.get(block=f"outcome_{number}")
        edited = save_edit(outcome, {"chosen": ["Approved"]}, author=self._owner, revision=outcome.revision)
        decide(edited, Fill.Review.ACCEPTED, by=self._owner)
        if number % 2:
            fail(report, f"actions_{number}", "It broke.")


def count_page_queries(client: Client, report: Report) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/reports/{report.pk}/").status_code == 200
    return len(queries)


def test_the_page_of_a_long_report_asks_no_more_than_that_of_a_short_one(
    make_long: MakeLong, as_alice: Client
) -> None:
    short, long = make_long(1), make_long(13)
    count_page_queries(as_alice, short)
    assert count_page_queries(as_alice, long) == count_page_queries(as_alice, short) <= 12


def test_a_look_at_a_long_report_asks_no_more_than_at_a_short_one(make_long: MakeLong, alice: User) -> None:
    counts = []
    for report in (make_long(1), make_long(13)):
        watcher, looker = make_watcher(report, alice), Looker()
        looker.look([watcher.audience], {watcher: ""})
        report.fills.update(stale=True, changed="2026-11-21T14:00Z")
        with CaptureQueriesContext(connection) as queries:
            looker.look([watcher.audience], {}, thorough=True)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3
