"""The SQL of the hot path: it does what Django's own statements did."""

import uuid
from datetime import timedelta

from django.utils import timezone

from generation.engine.leases import claim_fill
from generation.engine.statements import insert_rows, queue_fills, read_documents, read_states_left
from generation.models import Candidate, Fill, Report
from tests.generation.engine.conftest import MakeReport

State = Fill.State


def test_only_waiting_fills_are_queued_and_named(make_report: MakeReport) -> None:
    first, second, third = make_report("one", "two", "three").fills.all()
    Fill.objects.filter(pk=second.pk).update(state=State.CANCELLED)

    assert queue_fills([third.pk, second.pk, first.pk]) == {first.pk, third.pk}

    assert [fill.state for fill in Fill.objects.all()] == ["queued", "cancelled", "queued"]
    assert Fill.objects.get(pk=first.pk).queued is not None
    assert Fill.objects.get(pk=second.pk).queued is None


def test_inserted_rows_read_back_as_they_were_and_each_has_its_own_key(make_report: MakeReport) -> None:
    fill, attempt = make_report("one").fills.get(), uuid.uuid4()
    rows = [
        Candidate(fill=fill, number=n, value={"text": f"50 % “{n}”"}, profile="p", attempt=attempt)
        for n in (1, 2, 3)
    ]

    insert_rows(rows)

    for row in rows:
        kept = Candidate.objects.get(pk=row.pk)
        assert (kept.number, kept.value, kept.attempt) == (row.number, row.value, attempt)
        assert (kept.problems, kept.readings) == ([], [])
        assert kept.created == row.created


def test_the_states_of_unfinished_fills_are_known(make_report: MakeReport) -> None:
    report = make_report("one", "two", "three")
    first, second, _ = report.fills.all()
    Fill.objects.filter(pk=first.pk).update(state=State.FAILED)
    Fill.objects.filter(pk=second.pk).update(state=State.RUNNING)

    assert read_states_left(report.pk) == {"running", "waiting"}


def test_the_documents_of_a_report_come_in_its_order(make_report: MakeReport) -> None:
    report = make_report("one")
    used = report.report_documents.get()

    assert read_documents(report.pk) == ((used.document_id, used.document.sha256, used.slot),)


def test_a_claim_says_whether_its_block_leads_and_is_watched(make_report: MakeReport) -> None:
    report = make_report("one", "two")
    Fill.objects.update(state=State.QUEUED)
    first, second = report.fills.all()

    alone = claim_fill(first.pk)
    now = timezone.now()
    Report.objects.update(released=now, watched_until=now + timedelta(minutes=1))
    after = claim_fill(second.pk)

    assert alone
    assert (alone.leads, alone.watched) == (True, False)
    assert after
    assert (after.leads, after.watched) == (False, True)
    assert after.fill.report.profile == report.profile


def test_a_claim_lasts_a_lease_by_the_clock_of_the_database(make_report: MakeReport) -> None:
    fill = make_report("one").fills.get()
    Fill.objects.update(state=State.QUEUED)

    assert claim_fill(fill.pk)

    taken = Fill.objects.get()
    assert (taken.state, taken.attempts) == ("running", 1)
    assert taken.lease_until
    assert timedelta(seconds=10) < taken.lease_until - timezone.now() <= timedelta(seconds=20)
