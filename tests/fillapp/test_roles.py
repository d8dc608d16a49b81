"""Roles: what a person may do at all, and whom to ask for more."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fillapp.accounts import ADMINISTRATOR, BUSINESS, MEANINGS, PERMISSIONS, SUPER
from generation.models import Report
from tests.fillapp.conftest import make_user


@pytest.fixture
def nobody(db: None) -> Client:
    """Signed in, and in no group."""
    client = Client()
    client.force_login(make_user("carol", role=""))
    return client


@pytest.mark.parametrize("address", ["/reports/", "/reports/deleted/", "/templates/minutes/"])
def test_a_person_without_a_role_is_told_whom_to_ask(address: str, nobody: Client) -> None:
    User.objects.filter(pk=make_user("ada", role=ADMINISTRATOR).pk).update(first_name="Ada", last_name="Root")
    response = nobody.get(address)
    assert response.status_code == 403
    assert "You have no role yet" in response.text
    assert "Ask Ada Root to give you one" in response.text


def test_without_an_administrator_there_is_still_somebody_to_ask(nobody: Client) -> None:
    assert "Ask whoever runs Fill" in nobody.get("/reports/").text


def test_administrators_who_left_are_not_named(nobody: Client) -> None:
    User.objects.filter(pk=make_user("ada", role=ADMINISTRATOR).pk).update(is_active=False)
    assert "Ask whoever runs Fill" in nobody.get("/reports/").text


def test_an_address_used_as_a_user_name_is_not_shown(nobody: Client) -> None:
    make_user("ada@example.org", role=ADMINISTRATOR)
    html = nobody.get("/reports/").text
    assert "Ask ada to give you one" in html
    assert "example.org" not in html


def test_a_role_that_does_not_go_so_far_is_told_so(as_alice: Client) -> None:
    response = as_alice.get("/templates/minutes/")
    assert response.status_code == 403
    assert "To change templates takes another role." in response.text


def test_a_share_opens_nothing_to_a_person_without_a_role(report: Report, nobody: Client) -> None:
    Report.objects.update(owner=User.objects.get(username="carol"))
    assert nobody.get(f"/reports/{report.pk}/").status_code == 403
    assert nobody.post(f"/reports/{report.pk}/cancel/").status_code == 403


def test_the_stream_asks_for_the_role_too(report: Report, nobody: Client) -> None:
    Report.objects.update(owner=User.objects.get(username="carol"))
    assert nobody.get(f"/reports/{report.pk}/stream/").status_code == 403


@pytest.mark.parametrize("address", ["/admin/", "/admin/auth/user/", "/admin/auth/group/"])
@pytest.mark.parametrize("role", [BUSINESS, SUPER, ""])
@pytest.mark.django_db
def test_the_administration_opens_to_administrators_only(role: str, address: str) -> None:
    client = Client()
    client.force_login(make_user("carol", role=role))
    assert client.get(address).status_code == 302


def test_every_permission_has_words() -> None:
    """A refusal names what the page is for."""
    asked = {one for role in (BUSINESS, SUPER) for one in PERMISSIONS[role]}
    assert set(MEANINGS) <= asked
