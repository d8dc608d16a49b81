"""Saving a draft and publishing it as a numbered version."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from templates.body import TemplateBody
from templates.models import ReportTemplate, TemplateVersion, take_snapshot

_LONGEST_SLUG = 80


def make_slug(name: str) -> str:
    """A slug for a name in any script: the same name always gives the same."""
    slug = slugify(name)[:_LONGEST_SLUG].rstrip("-")
    return slug or f"template-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def find_free_slug(name: str) -> str:
    """The slug of a name, with a number behind it where there is a template of that slug."""
    slug, number = make_slug(name), 1
    free = slug
    while ReportTemplate.objects.filter(slug=free).exists():
        number += 1
        free = f"{slug[: _LONGEST_SLUG - len(str(number)) - 1]}-{number}"
    return free


def save_draft(body: TemplateBody, *, slug: str = "", owner: User | None = None) -> ReportTemplate:
    """The template of this slug (else of the name's) with `body` as its draft; new if there is none."""
    slug = slug or make_slug(body.name)
    draft = take_snapshot(body)
    template, created = ReportTemplate.objects.get_or_create(
        slug=slug, defaults={"draft": draft, "owner": owner}
    )
    if not created and template.draft_id != draft.pk:
        template.draft = draft
        template.save(update_fields=["draft", "changed"])
    return template


@transaction.atomic
def publish(template: ReportTemplate, *, note: str = "", by: User | None = None) -> TemplateVersion:
    """The draft as a new version; the newest version itself when nothing changed since."""
    locked = ReportTemplate.objects.select_for_update().get(pk=template.pk)
    newest = locked.newest
    if newest and newest.snapshot_id == locked.draft_id:
        return newest
    number = newest.number + 1 if newest else 1
    return TemplateVersion.objects.create(
        template=locked, number=number, snapshot=locked.draft, note=note, published_by=by
    )
