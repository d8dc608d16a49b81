"""Changing a draft by hand: every change is kept, can be taken back, and writes over nobody's words."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from templates.body import Block, TemplateBody
from templates.editing import (
    CannotUndo,
    NoSuchPart,
    PartChanged,
    change_draft,
    duplicate_part,
    find_part,
    move_part,
    name_parts,
    remove_part,
    replace_part,
    stamp_of,
    undo_change,
)
from templates.leftovers import KEPT, drop_leftovers
from templates.models import DraftChange, ReportTemplate, Snapshot
from templates.publish import publish, save_draft
from tests.templates.bodies import minutes

pytestmark = pytest.mark.django_db
SUMMARY, CONCLUSION = "block-summary", "block-conclusion"


@pytest.fixture
def alice() -> User:
    return User.objects.create(username="alice")


@pytest.fixture
def template(alice: User) -> ReportTemplate:
    return save_draft(minutes(), owner=alice)


def draft(template: ReportTemplate) -> TemplateBody:
    return ReportTemplate.objects.select_related("draft").get(pk=template.pk).draft.parsed


def retitle(
    template: ReportTemplate, title: str, by: User, key: str = "summary", **how: str
) -> DraftChange | None:
    def apply(body: TemplateBody) -> TemplateBody:
        return replace_part(body, f"block-{key}", body.block(key).model_copy(update={"title": title}))

    return change_draft(template, apply, what=f"“{title}” changed", by=by, part=f"block-{key}", **how)


def do(template: ReportTemplate, apply: partial[TemplateBody], by: User) -> DraftChange:
    change = change_draft(template, lambda body: apply(body), what="Changed", by=by)
    assert change
    return change


def test_a_change_keeps_what_was_before_and_who_made_it(template: ReportTemplate, alice: User) -> None:
    change = retitle(template, "In short", alice)
    assert change
    assert change.by == alice
    assert change.before.parsed == minutes()
    assert change.after.parsed.block("summary").title == "In short"


def test_a_change_that_changes_nothing_is_none(template: ReportTemplate, alice: User) -> None:
    assert retitle(template, "", alice) is None
    assert not template.changes.exists()


def test_what_is_typed_in_one_sitting_is_one_change_and_leaves_nothing_behind(
    template: ReportTemplate, alice: User
) -> None:
    for title in ("I", "In", "In short"):
        retitle(template, title, alice, sitting="one")
    assert [change.before.parsed for change in template.changes.all()] == [minutes()]
    Snapshot.objects.update(created=timezone.now() - KEPT - timedelta(minutes=1))
    assert drop_leftovers() == 2
    assert Snapshot.objects.count() == 2


def test_a_draft_of_a_moment_ago_stays_for_whoever_is_following_it(
    template: ReportTemplate, alice: User
) -> None:
    retitle(template, "I", alice, sitting="one")
    seen = ReportTemplate.objects.get(pk=template.pk).draft_id
    retitle(template, "In", alice, sitting="one")
    assert drop_leftovers() == 0
    assert Snapshot.objects.filter(pk=seen).exists()


def test_another_sitting_is_another_change(template: ReportTemplate, alice: User) -> None:
    retitle(template, "In", alice, sitting="one")
    retitle(template, "In short", alice, sitting="two")
    assert template.changes.count() == 2


def test_a_snapshot_that_was_published_in_mid_sitting_stays(template: ReportTemplate, alice: User) -> None:
    retitle(template, "In", alice, sitting="one")
    version = publish(template)
    retitle(template, "In short", alice, sitting="one")
    assert version.snapshot.parsed.block("summary").title == "In"


def test_two_people_in_two_parts_do_not_disturb_each_other(template: ReportTemplate, alice: User) -> None:
    stamp = stamp_of(minutes(), find_part(minutes(), CONCLUSION)[1])
    retitle(template, "In short", alice)
    retitle(template, "In the end", alice, key="conclusion", stamp=stamp)
    assert [block.title for block in draft(template).fillable] == ["In short", "In the end"]


def test_nobody_writes_over_what_another_wrote_in_the_same_part(
    template: ReportTemplate, alice: User
) -> None:
    bob = User.objects.create(username="bob")
    stamp = stamp_of(minutes(), find_part(minutes(), SUMMARY)[1])
    retitle(template, "Theirs", bob)
    with pytest.raises(PartChanged) as conflict:
        retitle(template, "Mine", alice, stamp=stamp)
    assert isinstance(conflict.value.theirs, Block)
    assert conflict.value.theirs.title == "Theirs"
    assert conflict.value.change
    assert conflict.value.change.by == bob
    assert draft(template).block("summary").title == "Theirs"


def test_a_part_that_somebody_removed_cannot_be_changed(template: ReportTemplate, alice: User) -> None:
    do(template, partial(remove_part, name=SUMMARY), alice)
    with pytest.raises(NoSuchPart):
        retitle(template, "Mine", alice, stamp="any")


@pytest.mark.parametrize(
    "apply",
    [
        partial(remove_part, name=SUMMARY),
        partial(duplicate_part, name=SUMMARY),
        partial(move_part, name=CONCLUSION),
    ],
)
def test_what_was_done_is_undone_and_done_again(
    template: ReportTemplate, alice: User, apply: partial[TemplateBody]
) -> None:
    done = apply(minutes())
    change = do(template, apply, alice)
    undone = undo_change(change, by=alice)
    assert draft(template) == minutes()
    assert undone
    assert undo_change(undone, by=alice)
    assert draft(template) == done


def test_undoing_says_what_is_undone_and_doing_it_again_says_what_is_done(
    template: ReportTemplate, alice: User
) -> None:
    change = retitle(template, "In short", alice)
    assert change
    undone = undo_change(change, by=alice)
    assert undone
    assert undone.what == "Undone: “In short” changed"
    again = undo_change(undone, by=alice)
    assert again
    assert again.what == "“In short” changed"


def test_a_removed_block_comes_back_though_others_were_changed_since(
    template: ReportTemplate, alice: User
) -> None:
    change = do(template, partial(remove_part, name=name_parts(minutes())[1]), alice)
    retitle(template, "In the end", alice, key="conclusion")
    undo_change(change, by=alice)
    body = draft(template)
    assert [name.split("-")[0] for name in name_parts(body)] == ["heading", "text", "block", "block"]
    assert body.block("conclusion").title == "In the end"


def test_a_move_is_undone_though_something_was_added_since(template: ReportTemplate, alice: User) -> None:
    change = do(template, partial(move_part, name=CONCLUSION), alice)
    do(template, partial(duplicate_part, name=SUMMARY), alice)
    undo_change(change, by=alice)
    blocks = [block.block for block in draft(template).fillable]
    assert blocks == ["summary", "conclusion", "summary-2"]


def test_what_was_itself_changed_since_is_not_undone(template: ReportTemplate, alice: User) -> None:
    change = retitle(template, "In short", alice)
    retitle(template, "In a word", alice)
    assert change
    with pytest.raises(CannotUndo):
        undo_change(change, by=alice)
    assert draft(template).block("summary").title == "In a word"
