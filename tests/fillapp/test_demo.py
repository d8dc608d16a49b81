"""The demo: loaded once, complete, and right in what it says of itself."""

import pytest
from django.contrib.auth.models import User

from fillapp.accounts import BUSINESS, load_roles
from fillapp.demo import create_demo_report, find_sets, load_demo
from templates.models import ReportTemplate, TemplateVersion

pytestmark = pytest.mark.django_db


def test_every_template_is_published_and_open_to_business_users() -> None:
    load_demo()
    visible = ReportTemplate.objects.visible_to(User.objects.get(username="demo"))
    assert {template.slug for template in visible} == {"case-assessment", "company-report", "meeting-minutes"}
    assert TemplateVersion.objects.count() == 3


def test_loading_it_again_changes_nothing() -> None:
    load_demo()
    ReportTemplate.objects.filter(slug="meeting-minutes").update(archived=True)
    load_demo()
    assert ReportTemplate.objects.get(slug="meeting-minutes").archived
    assert TemplateVersion.objects.count() == 3


def test_every_set_fits_its_template() -> None:
    load_demo()
    for case in find_sets():
        version = TemplateVersion.objects.get(template__slug=case.template)
        slots = {slot.key for slot in version.snapshot.parsed.documents}
        assert {slot for _, slot in case.files} <= slots
        assert all(path.exists() for path, _ in case.files)


def test_the_first_report_can_be_started() -> None:
    load_demo()
    report = create_demo_report()
    assert report.fills.count() == len(report.snapshot.parsed.fillable)
    assert {row.slot for row in report.report_documents.all()} == {
        "transcript",
        "agenda",
        "papers",
        "previous",
    }


def test_roles_can_be_loaded_again_and_again() -> None:
    first = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in load_roles()}
    again = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in load_roles()}
    assert first == again
    assert "add_report" in first[BUSINESS]
    assert "change_reporttemplate" not in first[BUSINESS]
