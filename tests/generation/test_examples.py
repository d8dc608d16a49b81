"""Example cases: documents kept with a template, who sees what is made of them, and taking them away."""

import uuid

import pytest
from django.contrib.auth.models import User

from generation.estimates import estimate_seconds
from generation.examples import (
    add_documents,
    add_example_case,
    remove_case,
    remove_document,
    rename,
    set_slot,
)
from generation.models import Document, ExampleCase, Fill, Report
from generation.moving import move_report
from generation.previews import find_preview
from templates.models import ReportTemplate, TemplateShare
from tests.factories import BLOCKS, VALUES, finish, make_document, make_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def template() -> ReportTemplate:
    """Of Alice's."""
    alice = User.objects.create_user("alice")
    return ReportTemplate.objects.create(slug="minutes", owner=alice, draft=make_snapshot())


@pytest.fixture
def case(template: ReportTemplate) -> ExampleCase:
    """With one document."""
    case = add_example_case(template)
    add_documents(case, [make_document()])
    return case


def test_cases_without_a_name_are_numbered(template: ReportTemplate) -> None:
    cases = [
        add_example_case(template),
        add_example_case(template, " The  roof "),
        add_example_case(template),
    ]

    assert [one.name for one in cases] == ["Example 1", "The roof", "Example 3"]


def test_a_name_can_be_changed_and_is_never_empty(case: ExampleCase) -> None:
    rename(case, "The roof")
    rename(case, "  ")

    assert ExampleCase.objects.get().name == "The roof"


def test_each_document_is_taken_for_what_its_name_says(template: ReportTemplate) -> None:
    case = add_example_case(template)

    rows = add_documents(
        case, [make_document("Item 1", "agenda.txt"), make_document("Ann:", "transcript.txt")]
    )

    assert [row.slot for row in rows] == ["agenda", "transcript"]


def test_what_a_document_is_can_be_said_otherwise(case: ExampleCase) -> None:
    set_slot(case.example_documents.get(), "agenda")

    assert case.example_documents.get().slot == "agenda"


def test_the_same_file_is_kept_once(case: ExampleCase) -> None:
    assert add_documents(case, [make_document()]) == []


def test_documents_are_added_behind_those_that_were_not_removed(case: ExampleCase) -> None:
    add_documents(case, [make_document("One", "one.txt"), make_document("Two", "two.txt")])
    remove_document(case.example_documents.get(document__name="one.txt"))

    add_documents(case, [make_document("Three", "three.txt")])

    names = case.example_documents.values_list("document__name", flat=True)
    assert list(names) == ["transcript.txt", "two.txt", "three.txt"]


def test_a_case_goes_with_its_preview_whatever_is_written_in_it(
    template: ReportTemplate, case: ExampleCase
) -> None:
    preview = find_preview(template, case, None)
    for block in VALUES:
        finish(preview, block)
    move_report(preview, make_snapshot(BLOCKS[:3]))
    preview.fills.filter(block="summary").update(state=Fill.State.RUNNING, attempt=uuid.uuid4())

    remove_case(case)

    assert not Report.objects.exists()
    assert not Fill.every.exists()
    assert Document.objects.count() == 1


def test_whoever_may_change_a_template_sees_and_changes_its_previews(
    template: ReportTemplate, case: ExampleCase
) -> None:
    bob, carol, root = (User.objects.create_user(name) for name in ("bob", "carol", "root"))
    root.is_superuser = True
    root.save()
    TemplateShare.objects.create(template=template, user=bob, can_edit=True)
    TemplateShare.objects.create(template=template, user=carol)
    preview = find_preview(template, case, carol)

    rights = Report.objects.rights_of(User.objects.all())
    for user, may in ((template.owner, True), (bob, True), (carol, False), (root, True)):
        assert isinstance(user, User)
        assert Report.objects.visible_to(user).filter(pk=preview.pk).exists() == may
        assert Report.objects.editable_by(user).filter(pk=preview.pk).exists() == may
        assert rights.get((user.pk, preview.pk)) == (may or None)
        assert Document.objects.visible_to(user).exists() == may


def test_a_preview_is_nobodys_to_share_or_delete_and_counts_nowhere(
    template: ReportTemplate, case: ExampleCase
) -> None:
    preview = find_preview(template, case, template.owner)
    for block in VALUES:
        finish(preview, block)

    assert template.owner
    assert not Report.objects.owned_by(template.owner).exists()
    assert estimate_seconds(template, preview.profile) is None
