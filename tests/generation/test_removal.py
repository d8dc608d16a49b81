"""Removal: nothing goes too early, nothing that is used, and nothing is left behind."""

import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from generation.engine.schedule import start_report
from generation.models import Document, Fill, PassageRow, Report, ReportDocument
from generation.removal import KEPT, bring_back, delete_report, purge
from generation.review import accept_unflagged, save_edit
from tests.factories import finish, finish_all, make_document, make_report

pytestmark = pytest.mark.django_db
MINE = {"items": [{"text": "The tenant will leave.", "items": []}]}


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann")


def long_ago() -> datetime.datetime:
    return timezone.now() - KEPT - timedelta(minutes=1)


def age(report: Report) -> None:
    """Let the report have been deleted, and all documents uploaded, more than the time it is kept ago."""
    Report.objects.filter(pk=report.pk).update(deleted=long_ago())
    Document.objects.update(uploaded=long_ago())


def test_a_deleted_report_is_nobodys_until_it_is_brought_back(ann: User) -> None:
    report = make_report(owner=ann)
    delete_report(report)
    assert not Report.objects.visible_to(ann).exists()
    assert not Report.objects.owned_by(ann).exists()
    assert Report.objects.deleted_by(ann).get() == report
    bring_back(report)
    assert Report.objects.owned_by(ann).get() == report
    assert not Report.objects.deleted_by(ann).exists()


def test_deleting_it_twice_does_not_keep_it_longer(ann: User) -> None:
    report = make_report(owner=ann)
    delete_report(report)
    first = Report.objects.get().deleted
    delete_report(report)
    assert Report.objects.get().deleted == first


def test_what_is_being_written_is_cancelled(ann: User) -> None:
    report = make_report(owner=ann)
    finish(report, "summary")
    start_report(report)
    delete_report(report)
    states = dict(report.fills.values_list("block", "state"))
    assert states.pop("summary") == Fill.State.DONE
    assert set(states.values()) == {Fill.State.CANCELLED}


def test_only_the_owner_and_superusers_own(ann: User) -> None:
    report = make_report(owner=ann)
    bob, root = User.objects.create_user("bob"), User.objects.create_superuser("root")
    assert not Report.objects.owned_by(bob).exists()
    assert Report.objects.owned_by(root).exists()
    delete_report(report)
    assert not Report.objects.deleted_by(bob).exists()
    assert Report.objects.deleted_by(root).exists()
    ann.is_active = False
    assert not Report.objects.deleted_by(ann).exists()


def test_a_reviewed_report_is_removed_whole_with_its_documents_and_their_files(ann: User) -> None:
    report = make_report(owner=ann)
    fills = finish_all(report)
    save_edit(fills["risks"], MINE, author=ann, revision=0)
    accept_unflagged(report, by=ann)
    path = Path(Document.objects.get().file.path)
    assert path.exists()
    age(report)

    assert purge() == (1, 1)

    for model in (Report, Fill, ReportDocument, Document, PassageRow):
        assert not model.objects.exists()
    assert not path.exists()
    assert purge() == (0, 0)


def test_what_was_deleted_less_long_ago_stays(ann: User) -> None:
    report = make_report(owner=ann)
    age(report)
    Report.objects.update(deleted=timezone.now() - KEPT + timedelta(minutes=1))
    assert purge() == (0, 0)
    assert Document.objects.exists()


def test_what_was_not_deleted_stays_however_old(ann: User) -> None:
    report = make_report(owner=ann)
    age(report)
    Report.objects.update(deleted=None, created=long_ago())
    assert purge() == (0, 0)


def test_a_document_of_another_report_stays_with_its_file(ann: User) -> None:
    document = make_document()
    gone, kept = (make_report(owner=ann, documents=[(document, "transcript")]) for _ in range(2))
    age(gone)
    assert purge() == (1, 0)
    assert Report.objects.get() == kept
    assert Path(document.file.path).exists()


def test_a_document_of_a_report_that_can_still_be_brought_back_stays(ann: User) -> None:
    report = make_report(owner=ann)
    delete_report(report)
    Document.objects.update(uploaded=long_ago())
    assert purge() == (0, 0)


def test_what_was_uploaded_lately_waits_for_its_report() -> None:
    make_document()
    assert purge() == (0, 0)


def test_the_same_file_uploaded_twice_is_two_files() -> None:
    first, second = make_document(), make_document()
    Document.objects.filter(pk=first.pk).update(uploaded=long_ago())
    assert purge() == (0, 1)
    assert Path(second.file.path).exists()


def test_a_document_whose_file_is_gone_already_is_removed() -> None:
    document = make_document()
    Path(document.file.path).unlink()
    Document.objects.update(uploaded=long_ago())
    assert purge() == (0, 1)


def test_the_command_says_what_it_removed(ann: User, capsys: pytest.CaptureFixture[str]) -> None:
    age(make_report(owner=ann))
    call_command("purge")
    call_command("purge")
    assert capsys.readouterr().out.splitlines() == [
        "Removed for good: 1 report, 1 document.",
        "Removed for good: 0 reports, 0 documents.",
    ]
