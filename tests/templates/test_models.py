"""Stored templates: snapshots, numbered versions, and who may see or change what."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import IntegrityError

from templates.models import ReportTemplate, Snapshot, TemplateShare, take_snapshot
from templates.publish import publish, save_draft
from tests.templates.bodies import minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return User.objects.create(username="alice")


@pytest.fixture
def bob() -> User:
    return User.objects.create(username="bob")


@pytest.fixture
def template(alice: User) -> ReportTemplate:
    return save_draft(minutes(), owner=alice)


def rights(user: User | AnonymousUser) -> tuple[bool, bool]:
    """Whether the user may see the one template there is, and change it."""
    templates = ReportTemplate.objects
    return templates.visible_to(user).exists(), templates.editable_by(user).exists()


def test_the_owner_may_see_and_change_a_template(template: ReportTemplate, alice: User) -> None:
    assert rights(alice) == (True, True)


def test_a_stranger_may_neither_see_nor_change_it(template: ReportTemplate, bob: User) -> None:
    assert rights(bob) == (False, False)


def test_nobody_may_anything_before_signing_in(template: ReportTemplate) -> None:
    assert rights(AnonymousUser()) == (False, False)


def test_a_superuser_may_everything(template: ReportTemplate) -> None:
    assert rights(User.objects.create(username="root", is_superuser=True)) == (True, True)


@pytest.mark.parametrize("can_edit", [False, True])
def test_a_share_lets_its_user_see_and_perhaps_change(
    template: ReportTemplate, bob: User, can_edit: bool
) -> None:
    TemplateShare.objects.create(template=template, user=bob, can_edit=can_edit)
    assert rights(bob) == (True, can_edit)


@pytest.mark.parametrize("can_edit", [False, True])
def test_a_share_lets_the_members_of_its_group_see_and_perhaps_change(
    template: ReportTemplate, bob: User, can_edit: bool
) -> None:
    group = Group.objects.create(name="clerks")
    TemplateShare.objects.create(template=template, group=group, can_edit=can_edit)
    assert rights(bob) == (False, False)
    bob.groups.add(group)
    assert rights(bob) == (True, can_edit)


def test_a_user_no_longer_active_may_nothing(template: ReportTemplate, alice: User) -> None:
    alice.is_active = False
    assert rights(alice) == (False, False)


def test_a_template_shared_in_several_ways_is_listed_once(template: ReportTemplate, bob: User) -> None:
    for name in ("clerks", "members"):
        group = Group.objects.create(name=name)
        bob.groups.add(group)
        TemplateShare.objects.create(template=template, group=group)
    TemplateShare.objects.create(template=template, user=bob)
    assert list(ReportTemplate.objects.visible_to(bob)) == [template]


@pytest.mark.parametrize("both", [False, True])
def test_a_share_is_for_a_user_or_a_group(template: ReportTemplate, bob: User, both: bool) -> None:
    group = Group.objects.create(name="clerks")
    with pytest.raises(IntegrityError):
        TemplateShare.objects.create(
            template=template, user=bob if both else None, group=group if both else None
        )


def test_there_is_one_snapshot_for_a_content() -> None:
    assert take_snapshot(minutes()) == take_snapshot(minutes())
    assert take_snapshot(minutes(name="Other")) != take_snapshot(minutes())
    assert Snapshot.objects.count() == 2


def test_a_snapshot_gives_back_its_body() -> None:
    snapshot = Snapshot.objects.get(pk=take_snapshot(minutes()).pk)
    assert snapshot.parsed == minutes()
    assert take_snapshot(snapshot.parsed) == snapshot


def test_versions_are_numbered_from_one(template: ReportTemplate, alice: User) -> None:
    first = publish(template, by=alice, note="First.")
    second = publish(save_draft(minutes(name="Minutes", tone="dry")))
    assert (first.number, second.number) == (1, 2)
    assert (first.published_by, first.note) == (alice, "First.")
    assert template.newest == second


def test_publishing_without_a_change_gives_the_same_version(template: ReportTemplate) -> None:
    assert publish(template) == publish(template)
    assert template.versions.count() == 1


def test_going_back_to_an_old_content_is_a_new_version(template: ReportTemplate) -> None:
    publish(template)
    publish(save_draft(minutes(tone="dry")))
    third = publish(save_draft(minutes()))
    assert (third.number, third.snapshot) == (3, template.versions.get(number=1).snapshot)


def test_saving_a_draft_again_keeps_the_owner(template: ReportTemplate, alice: User, bob: User) -> None:
    again = save_draft(minutes(tone="dry"), owner=bob)
    assert (again.pk, again.owner) == (template.pk, alice)
    assert again.draft.parsed.tone == "dry"


def test_names_in_any_script_get_slugs_of_their_own() -> None:
    slugs = {save_draft(minutes(name=name)).slug for name in ("会议纪要", "年度报告", "Протокол")}
    assert len(slugs) == 3
    assert save_draft(minutes(name="会议纪要", tone="dry")).slug in slugs


def test_a_long_name_gets_a_slug_that_fits() -> None:
    assert len(save_draft(minutes(name="word " * 40)).slug) <= 80
