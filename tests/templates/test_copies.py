"""Copies of templates: new ones, whatever others are made at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from templates.copies import make_template
from templates.models import ReportTemplate
from templates.publish import save_draft
from tests.templates.bodies import minutes

pytestmark = pytest.mark.django_db


def test_a_template_that_another_makes_at_the_same_moment_keeps_its_draft() -> None:
    """Both looked for a free slug before either had made a template."""
    theirs = minutes().model_copy(update={"description": "Theirs."})
    is_first = True

    def come_between(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        nonlocal is_first
        answer = execute(sql, *more)
        if is_first and 'FROM "templates_reporttemplate"' in sql:
            is_first = False
            save_draft(theirs)
        return answer

    with connection.execute_wrapper(come_between):
        mine = make_template(minutes(), owner=User.objects.create(username="ann"))

    assert mine.draft.parsed == minutes()
    assert [one.draft.parsed for one in ReportTemplate.objects.exclude(pk=mine.pk)] == [theirs]
