"""A draft with a part of every kind, and who may change it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from templates.body import TemplateBody
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.factories import make_body


@pytest.fixture
def author(alice: User, as_alice: Client) -> Client:
    """Alice, whose template it is."""
    alice.user_permissions.add(Permission.objects.get(codename="change_reporttemplate"))
    save_draft(make_body(), slug="minutes", owner=alice)
    return as_alice


def draft() -> TemplateBody:
    """The draft as it stands now."""
    return ReportTemplate.objects.select_related("draft").get(slug="minutes").draft.parsed
