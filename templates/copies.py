"""Copies of templates: a new one with the draft of another, and none of its versions."""

from contextlib import suppress

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from templates.body import TemplateBody
from templates.models import ReportTemplate, take_snapshot
from templates.publish import find_free_slug

_LONGEST_NAME = 200
_COPY = " (copy)"


def copy_template(template: ReportTemplate, *, owner: User) -> ReportTemplate:
    """The copy, which belongs to `owner` and is shared with nobody."""
    body = template.draft.parsed
    name = body.name[: _LONGEST_NAME - len(_COPY)] + _COPY
    return make_template(body.model_copy(update={"name": name}), owner=owner)


def make_template(body: TemplateBody, *, owner: User) -> ReportTemplate:
    """A new template with `body` as its draft, whatever others are called."""
    draft = take_snapshot(body)
    while True:
        slug = find_free_slug(body.name)
        # Another may just have taken the slug: that template is not this one.
        with suppress(IntegrityError), transaction.atomic():
            return ReportTemplate.objects.create(slug=slug, draft=draft, owner=owner)
