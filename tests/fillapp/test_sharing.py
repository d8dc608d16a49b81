"""Sharing: the owner alone decides who sees and who changes a report."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fillapp.accounts import BUSINESS
from generation.models import Report, ReportShare
from tests.fillapp.conftest import make_user


@pytest.fixture
def page(report: Report) -> str:
    """The address of the page."""
    return f"/reports/{report.pk}/sharing/"


@pytest.fixture
def people(bob: User) -> list[User]:
    """Bob Fell, whose user name is plain, and Ann Lind, whose user name is an address."""
    User.objects.filter(pk=bob.pk).update(first_name="Bob", last_name="Fell", email="bob@private.example")
    ann = make_user("ann@private.example")
    User.objects.filter(pk=ann.pk).update(first_name="Ann", last_name="Lind")
    return [bob, ann]


def found(client: Client, page: str, words: str) -> list[str]:
    """The names that a search offers."""
    return re.findall(r'aria-label="Let view: ([^"]*)"', client.get(page, {"q": words}).text)


def shares() -> list[tuple[str, bool]]:
    return [(str(share.user or share.group), share.can_edit) for share in ReportShare.objects.order_by("pk")]


def test_people_and_groups_are_found_by_name(page: str, people: list[User], as_alice: Client) -> None:
    assert found(as_alice, page, "fel") == ["Bob Fell"]
    assert found(as_alice, page, "lind ANN") == ["Ann Lind"]
    assert found(as_alice, page, "bob fell") == ["Bob Fell"]
    assert found(as_alice, page, "business") == [BUSINESS]
    assert found(as_alice, page, "") == []


@pytest.mark.parametrize("words", ["private", "example", "ann@private.example", "ann@", "@"])
def test_nobody_is_found_by_an_address(words: str, page: str, people: list[User], as_alice: Client) -> None:
    assert found(as_alice, page, words) == []


def test_no_address_is_shown(page: str, people: list[User], report: Report, as_alice: Client) -> None:
    User.objects.filter(username__startswith="ann").update(first_name="", last_name="")
    assert found(as_alice, page, "an") == ["ann"]
    ReportShare.objects.create(report=report, user=people[1])
    assert "private.example" not in as_alice.get(page, {"q": "b"}).text


def test_who_left_the_owner_and_who_has_access_are_not_offered(
    page: str, people: list[User], report: Report, as_alice: Client
) -> None:
    assert found(as_alice, page, "alice") == []
    ReportShare.objects.create(report=report, user=people[0])
    ReportShare.objects.create(report=report, group=Group.objects.get(name=BUSINESS))
    User.objects.filter(pk=people[1].pk).update(is_active=False)
    assert [found(as_alice, page, words) for words in ("bob", "ann", "business")] == [[], [], []]


def test_of_many_a_few_are_shown(page: str, as_alice: Client) -> None:
    User.objects.bulk_create(User(username=f"u{n}", first_name=f"Uma {n:02}") for n in range(12))
    assert len(found(as_alice, page, "uma")) == 10
    assert "There are more." in as_alice.get(page, {"q": "uma"}).text


def test_a_person_is_let_view_then_edit_then_nothing(
    page: str, people: list[User], report: Report, as_alice: Client, as_bob: Client
) -> None:
    def said(**data: object) -> str:
        return as_alice.post(page, data, follow=True).text

    assert "Bob Fell can view it now." in said(do="add", user=people[0].pk, access="view")
    assert shares() == [("bob", False)]
    assert as_bob.get(f"/reports/{report.pk}/").status_code == 200
    share = ReportShare.objects.get()
    assert "Bob Fell can edit it now." in said(do="change", share=share.pk, access="edit")
    assert as_bob.post(f"/reports/{report.pk}/cancel/").status_code == 302
    assert "no longer shared with Bob Fell" in said(do="remove", share=share.pk)
    assert shares() == []
    assert as_bob.get(f"/reports/{report.pk}/").status_code == 404


def test_a_group_is_let_in_whole(page: str, report: Report, as_alice: Client, as_bob: Client) -> None:
    group = Group.objects.get(name=BUSINESS)
    as_alice.post(page, {"do": "add", "group": group.pk, "access": "edit"})
    assert shares() == [(BUSINESS, True)]
    assert as_bob.get(f"/reports/{report.pk}/").status_code == 200


def test_sharing_twice_is_one_share_with_what_was_said_last(page: str, bob: User, as_alice: Client) -> None:
    for access in ("edit", "view"):
        as_alice.post(page, {"do": "add", "user": bob.pk, "access": access})
    assert shares() == [("bob", False)]


@pytest.mark.parametrize(
    "data",
    [{}, {"do": "add"}, {"do": "add", "user": "4711"}, {"do": "add", "user": "x"},
     {"do": "add", "user": "9" * 30}, {"do": "remove", "share": "4711"}, {"do": "change", "share": ""},
     {"do": "odd"}],
)  # fmt: skip
def test_what_is_not_there_is_answered_with_a_sentence(
    data: dict[str, str], page: str, as_alice: Client
) -> None:
    assert "no longer here" in as_alice.post(page, data, follow=True).text
    assert shares() == []


def test_neither_the_owner_nor_who_left_can_be_added(
    page: str, alice: User, bob: User, as_alice: Client
) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    for user in (alice, bob):
        as_alice.post(page, {"do": "add", "user": user.pk, "access": "edit"})
    assert shares() == []


def test_a_share_of_another_report_cannot_be_changed_from_here(
    page: str, report: Report, bob: User, as_alice: Client
) -> None:
    report.pk, report.owner = None, bob
    report.save()
    share = ReportShare.objects.create(report=report, group=Group.objects.get(name=BUSINESS))
    as_alice.post(page, {"do": "remove", "share": share.pk})
    assert ReportShare.objects.exists()


@pytest.mark.parametrize("can_edit", [False, True])
def test_nobody_but_the_owner_shares(
    can_edit: bool, page: str, report: Report, bob: User, as_bob: Client
) -> None:
    ReportShare.objects.create(report=report, user=bob, can_edit=can_edit)
    assert as_bob.get(page).status_code == 404
    assert as_bob.post(page, {"do": "add", "group": 1, "access": "edit"}).status_code == 404
    assert len(shares()) == 1


def test_more_people_take_no_more_queries(page: str, report: Report, as_alice: Client) -> None:
    counts = []
    for names in ("ua", "vb"):
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(page, {"q": "u"})
        counts.append(len(queries))
        for number in range(6):
            user = User.objects.create(username=f"{names}{number}")
            if number % 2:
                ReportShare.objects.create(report=report, user=user)
    assert counts[0] == counts[1]
