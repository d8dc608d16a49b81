"""Copies: the same case once more, to be reviewed from the beginning."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation.copies import copy_report
from generation.engine.schedule import retry_report
from generation.export import export_word
from generation.models import Decision, Fill, Report
from generation.review import accept_unflagged, decide, save_edit
from templates.models import take_snapshot
from tests.factories import VALUES, finish, finish_all, make_body, make_report

pytestmark = pytest.mark.django_db
MINE = {"items": [{"text": "The tenant will leave.", "items": []}]}


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def bob() -> User:
    return User.objects.create_user("bob")


def values(report: Report) -> dict[str, object]:
    fills = report.fills.select_related("chosen", "edit")
    return {fill.block: fill.current_value for fill in fills}


def test_a_copy_has_the_same_snapshot_documents_and_values(ann: User, bob: User) -> None:
    report = make_report(owner=ann, title="March")
    finish_all(report)
    copy = copy_report(report, owner=bob)
    assert copy.pk != report.pk
    assert (copy.title, copy.owner, copy.snapshot) == ("March (copy)", bob, report.snapshot)
    rows = [(row.document, row.slot, row.position) for row in report.report_documents.all()]
    assert [(row.document, row.slot, row.position) for row in copy.report_documents.all()] == rows
    assert values(copy) == values(report)
    assert set(copy.fills.values_list("state", flat=True)) == {Fill.State.DONE}
    assert copy.finished is not None
    assert export_word(copy)


def test_what_a_person_wrote_stays_theirs_and_can_be_taken_back(ann: User, bob: User) -> None:
    report = make_report(owner=ann)
    save_edit(finish_all(report)["risks"], MINE, author=ann, revision=0)
    fill = copy_report(report, owner=bob).fills.get(block="risks")
    assert fill.edit
    assert fill.chosen
    assert (fill.edit.author, fill.edit.value) == (ann, MINE)
    assert fill.edit.based_on_candidate == fill.chosen
    assert fill.chosen.value == VALUES["risks"]
    assert report.fills.get(block="risks").edits.count() == 1


def test_a_copy_is_reviewed_from_the_beginning(ann: User) -> None:
    report = make_report(owner=ann)
    fills = finish_all(report)
    save_edit(fills["risks"], MINE, author=ann, revision=0)
    decide(fills["summary"], Fill.Review.REJECTED, by=ann)
    accept_unflagged(report, by=ann)
    copy = copy_report(report, owner=ann)
    assert set(copy.fills.values_list("review", flat=True)) == {Fill.Review.NOT_YET}
    assert not Decision.objects.filter(fill__report=copy).exists()
    assert len(accept_unflagged(copy, by=ann)) == 4


def test_problems_come_along_until_somebody_answers_them_here(ann: User) -> None:
    report = make_report(owner=ann)
    decide(finish(report, "risks", problems=("Too long.",)), Fill.Review.ACCEPTED, by=ann)
    chosen = copy_report(report, owner=ann).fills.get(block="risks").chosen
    assert chosen
    assert chosen.problems == ["Too long."]


def test_what_was_not_written_can_be_tried_again(ann: User) -> None:
    report = make_report(owner=ann)
    finish(report, "summary")
    report.fills.filter(block="risks").update(
        state=Fill.State.FAILED, error_code="length", error="It was cut off."
    )
    copy = copy_report(report, owner=ann)
    states = {fill.block: (fill.state, fill.error) for fill in copy.fills.all()}
    assert states["risks"] == (Fill.State.FAILED, "It was cut off.")
    assert states["actions"][0] == Fill.State.CANCELLED
    assert "not written yet" in states["actions"][1]
    assert retry_report(copy) == 3


def test_what_is_being_written_anew_is_copied_as_it_stands(ann: User) -> None:
    report = make_report(owner=ann)
    finish(report, "summary")
    report.fills.update(state=Fill.State.RUNNING)
    copy = copy_report(report, owner=ann)
    assert copy.fills.get(block="summary").state == Fill.State.DONE


def test_what_is_withheld_stays_withheld(ann: User) -> None:
    report = make_report(owner=ann)
    finish_all(report)
    report.fills.filter(block="risks").update(withheld=True)
    assert copy_report(report, owner=ann).fills.get(withheld=True).block == "risks"


def test_a_long_title_stays_within_its_limit(ann: User) -> None:
    copy = copy_report(make_report(owner=ann, title="M" * 255), owner=ann)
    assert len(copy.title) == 255
    assert copy.title.endswith(" (copy)")


def test_more_blocks_take_no_more_queries(ann: User) -> None:
    counts = []
    for number in (2, 20):
        blocks = [{"block": f"b{n}", "kind": "bullets", "title": f"B{n}"} for n in range(number)]
        report = make_report(take_snapshot(make_body(blocks)), owner=ann)
        for n in range(number):
            save_edit(finish(report, f"b{n}", VALUES["risks"]), MINE, author=ann, revision=0)
        report = Report.objects.get(pk=report.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            copy_report(report, owner=ann)
        counts.append(len(queries))
    assert counts[0] == counts[1]
