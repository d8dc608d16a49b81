"""Templates as they are stored: a draft, numbered versions, and who may use or change them."""

import hashlib
from functools import lru_cache

import orjson
from django.contrib.auth.models import User
from django.db import models

from templates.body import TemplateBody, read_body
from templates.sharing import Share, SharedQuerySet


class Snapshot(models.Model):
    """The immutable, content-hashed body of a template."""

    hash = models.CharField(max_length=64, unique=True)
    body = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.body.get('name')} {self.hash[:8]}"

    @property
    def parsed(self) -> TemplateBody:
        """The body as its own type."""
        return _parse(orjson.dumps(self.body))


@lru_cache(maxsize=256)
def _parse(body: bytes) -> TemplateBody:
    """Parsed once a process: scheduling asks for the same few bodies again and again."""
    return read_body(orjson.loads(body))


def take_snapshot(body: TemplateBody) -> Snapshot:
    """The one snapshot with this content."""
    data = body.dump()
    digest = hashlib.sha256(orjson.dumps(data)).hexdigest()
    return Snapshot.objects.get_or_create(hash=digest, defaults={"body": data})[0]


class ReportTemplate(models.Model):
    """What a super user builds: one draft and its published versions."""

    slug = models.SlugField(unique=True, max_length=80)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    archived = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def newest(self) -> "TemplateVersion | None":
        """The newest published version."""
        return self.versions.order_by("-number").select_related("snapshot").first()


class TemplateVersion(models.Model):
    """A published snapshot with a number."""

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    published = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["template", "-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.template} version {self.number}"


class TemplateShare(Share):
    """Lets a user or a group fill a template, or also change it."""

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="shares")
