"""Who may see and who may change a report and its documents."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.utils import timezone

from generation.models import Document, Report, ReportShare
from tests.factories import make_document, make_report

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """A report of Alice's, on a document that she uploaded."""

    report: Report
    document: Document

    def access_of(self, user: User | AnonymousUser) -> tuple[bool, bool, bool]:
        """Whether the user may see the report, change it, and see its document.

        What is said of one person alone is said of many at once too.
        """
        sees, changes = (
            query(user).filter(pk=self.report.pk).exists()
            for query in (Report.objects.visible_to, Report.objects.editable_by)
        )
        if isinstance(user, User):
            rights = Report.objects.rights_of(User.objects.all())
            assert rights.get((user.pk, self.report.pk)) == (changes if sees else None)
        return (
            sees,
            changes,
            Document.objects.visible_to(user).filter(pk=self.document.pk).exists(),
        )

    def share(self, **more: object) -> None:
        ReportShare.objects.create(report=self.report, **more)


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice")


@pytest.fixture
def bob() -> User:
    return User.objects.create_user("bob")


@pytest.fixture
def case(alice: User) -> Case:
    document = make_document(owner=alice)
    return Case(make_report(owner=alice, documents=[(document, "transcript")]), document)


def test_the_owner_sees_and_changes(case: Case, alice: User) -> None:
    assert case.access_of(alice) == (True, True, True)


def test_a_stranger_sees_nothing(case: Case, bob: User) -> None:
    assert case.access_of(bob) == (False, False, False)


def test_someone_not_signed_in_sees_nothing(case: Case) -> None:
    assert case.access_of(AnonymousUser()) == (False, False, False)


def test_a_person_it_is_shared_with_sees_it_with_its_documents(case: Case, bob: User) -> None:
    case.share(user=bob)

    assert case.access_of(bob) == (True, False, True)


def test_a_person_it_is_shared_with_may_be_let_change_it(case: Case, bob: User) -> None:
    case.share(user=bob, can_edit=True)

    assert case.access_of(bob) == (True, True, True)


@pytest.mark.parametrize("can_edit", [True, False])
def test_the_members_of_a_group_have_what_the_group_has(case: Case, bob: User, can_edit: bool) -> None:
    group = Group.objects.create(name="panel")
    case.share(group=group, can_edit=can_edit)
    assert case.access_of(bob) == (False, False, False)

    bob.groups.add(group)

    assert case.access_of(bob) == (True, can_edit, True)


def test_a_share_of_one_report_says_nothing_of_another(case: Case, alice: User, bob: User) -> None:
    other = make_report(owner=alice)
    ReportShare.objects.create(report=other, user=bob, can_edit=True)

    assert case.access_of(bob) == (False, False, False)


def test_two_shares_show_a_report_once(case: Case, bob: User) -> None:
    bob.groups.add(group := Group.objects.create(name="panel"))
    case.share(user=bob)
    case.share(group=group, can_edit=True)

    assert Report.objects.visible_to(bob).count() == 1
    assert Document.objects.visible_to(bob).count() == 1


def test_a_superuser_sees_and_changes_everything(case: Case) -> None:
    assert case.access_of(User.objects.create_superuser("root")) == (True, True, True)


@pytest.mark.parametrize("name", ["alice", "root"])
def test_whoever_was_deactivated_sees_nothing(case: Case, name: str) -> None:
    user = User.objects.filter(username=name).first() or User.objects.create_superuser(name)
    user.is_active = False
    user.save()

    assert case.access_of(user) == (False, False, False)


@pytest.mark.parametrize("name", ["alice", "root"])
def test_a_deleted_report_is_seen_by_nobody(case: Case, name: str) -> None:
    user = User.objects.filter(username=name).first() or User.objects.create_superuser(name)
    Report.objects.update(deleted=timezone.now())

    assert case.access_of(user)[:2] == (False, False)


def test_a_document_in_no_report_is_its_owners_alone(alice: User, bob: User) -> None:
    document = make_document(owner=alice)

    assert list(Document.objects.visible_to(alice)) == [document]
    assert not Document.objects.visible_to(bob).exists()


def test_a_report_without_an_owner_is_no_bodys(bob: User) -> None:
    make_report()

    assert not Report.objects.visible_to(bob).exists()
    assert not Document.objects.visible_to(bob).exists()
