"""Sharing a template: the owner alone decides who uses it and who changes it, as with reports."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from fillapp.accounts import BUSINESS, SUPER
from templates.body import TemplateBody
from templates.models import ReportTemplate, TemplateShare
from templates.publish import publish, save_draft
from tests.fillapp.conftest import make_user

PAGE = "/templates/minutes/sharing/"


@pytest.fixture
def carol(body: TemplateBody, db: None) -> Client:
    """Whose template it is."""
    owner = make_user("carol", SUPER)
    publish(save_draft(body, slug="minutes", owner=owner))
    client = Client()
    client.force_login(owner)
    return client


def shares() -> list[tuple[str, bool]]:
    return [(str(one.user or one.group), one.can_edit) for one in TemplateShare.objects.order_by("pk")]


def share_with(client: Client, user: User, access: str) -> str:
    return client.post(PAGE, {"do": "add", "user": user.pk, "access": access}, follow=True).text


def test_a_person_is_let_use_it_then_change_it_then_neither(carol: Client, alice: User) -> None:
    assert "alice can use it now." in share_with(carol, alice, "view")
    assert shares() == [("alice", False)]
    assert ReportTemplate.objects.visible_to(alice).exists()
    assert "alice can change it now." in share_with(carol, alice, "edit")
    assert shares() == [("alice", True)]
    share = TemplateShare.objects.get()
    page = carol.post(PAGE, {"do": "remove", "share": share.pk}, follow=True).text
    assert "“Minutes” is no longer shared with alice." in page
    assert shares() == []


def test_a_group_is_let_use_it(carol: Client, alice: User) -> None:
    group = Group.objects.get(name=BUSINESS)
    carol.post(PAGE, {"do": "add", "group": group.pk, "access": "view"})
    assert shares() == [(BUSINESS, False)]
    assert ReportTemplate.objects.visible_to(alice).exists()


def test_people_are_found_by_name(carol: Client, alice: User, bob: User) -> None:
    assert re.findall(r'aria-label="Let change: ([^"]*)"', carol.get(PAGE, {"q": "bo"}).text) == ["bob"]


def test_who_may_change_a_template_does_not_share_it(carol: Client) -> None:
    editor = make_user("dave", SUPER)
    TemplateShare.objects.create(template=ReportTemplate.objects.get(), user=editor, can_edit=True)
    client = Client()
    client.force_login(editor)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"do": "add", "user": editor.pk, "access": "edit"}).status_code == 404
    assert client.get("/templates/minutes/versions/").status_code == 200


def test_a_superuser_shares_every_template(carol: Client) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(PAGE).status_code == 200


def test_the_share_of_another_template_is_not_touched(carol: Client, body: TemplateBody, alice: User) -> None:
    other = save_draft(body, slug="other", owner=None)
    share = TemplateShare.objects.create(template=other, user=alice)
    assert "no longer here" in carol.post(PAGE, {"do": "remove", "share": share.pk}, follow=True).text
    assert shares() == [("alice", False)]
