"""Looking: every candidate becomes a text with samples, read by every signal at work."""

import pytest
from django.contrib.auth.models import User

from fillapp.scopes import readable_texts
from generation.looking import look_at, look_at_overlooked, look_at_report
from generation.models import Candidate, Report
from generation.removal import delete_report, remove_at_once
from signals.models import Reading, Sample, Signal, Text
from tests.factories import finish, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def report(ann: User) -> Report:
    report = make_report(owner=ann)
    finish(report, "summary")
    return report


def test_a_candidate_becomes_a_text_with_its_pieces_and_the_whole_last(report: Report) -> None:
    look_at_report(report.pk)
    candidate = Candidate.objects.get()
    text = Text.objects.get()
    assert (text.origin, text.scope) == (f"candidate:{candidate.pk}", f"report:{report.pk}")
    assert text.tags["block"] == "summary"
    assert text.tags["purpose"] == "case"
    addresses = list(text.samples.values_list("address", flat=True))
    assert addresses[0] == "sentence 1"
    assert text.samples.get(number=len(addresses)).said.startswith(text.samples.get(number=1).said)


def test_looking_twice_keeps_one_text(report: Report) -> None:
    look_at(Candidate.objects.all())
    samples = Sample.objects.count()
    look_at(Candidate.objects.all())
    assert Text.objects.count() == 1
    assert Sample.objects.count() == samples


def test_what_no_message_came_for_is_looked_at_later(report: Report) -> None:
    look_at_overlooked()
    assert not Text.objects.exists()
    Candidate.objects.update(created="2026-01-01T00:00:00Z")
    look_at_overlooked()
    assert Text.objects.count() == 1


def test_a_signal_that_has_learnt_nothing_reads_nothing(report: Report) -> None:
    Signal.objects.create(name="new", title="New", kind="few_shot")
    look_at_report(report.pk)
    assert not Reading.objects.exists()


def test_a_stranger_reads_no_text_and_the_owner_does(report: Report, ann: User) -> None:
    look_at_report(report.pk)
    assert Text.objects.within(readable_texts(ann)).exists()
    assert not Text.objects.within(readable_texts(User.objects.create_user("eve"))).exists()


def test_a_deleted_reports_texts_are_nobodys_and_then_gone(report: Report, ann: User) -> None:
    look_at_report(report.pk)
    delete_report(report)
    assert not Text.objects.within(readable_texts(ann)).exists()
    remove_at_once(report)
    assert not Text.objects.exists()
    assert not Sample.objects.exists()
