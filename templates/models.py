"""Templates as they are stored: a draft, numbered versions, and who may use or change them."""

import hashlib
from functools import lru_cache

import orjson
from django.contrib.auth.models import User
from django.db import models

from templates.body import TemplateBody, WordLook, read_body
from templates.sharing import Share, SharedQuerySet


class HouseStyle(models.Model):
    """An organisation's own Word document, kept once for each content. Never changed, never removed."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:8]


def keep_style(content: bytes) -> str:
    """Keep a house document; the hash by which a template's body names it."""
    digest = hashlib.sha256(content).hexdigest()
    HouseStyle.objects.get_or_create(sha256=digest, defaults={"content": content})
    return digest


def load_style(look: WordLook) -> bytes | None:
    """The house document a body names, None if it names none or one that was never kept."""
    found = HouseStyle.objects.filter(sha256=look.sha256).first() if look.sha256 else None
    return bytes(found.content) if found else None


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

    @property
    def text_hash(self) -> str:
        """The hash of what texts depend on: how the Word file looks makes none of them stale."""
        body = self.parsed
        return self.hash if body.word == WordLook() else _hash(body.model_copy(update={"word": WordLook()}))


@lru_cache(maxsize=256)
def _parse(body: bytes) -> TemplateBody:
    """Parsed once a process: scheduling asks for the same few bodies again and again."""
    return read_body(orjson.loads(body))


def take_snapshot(body: TemplateBody) -> Snapshot:
    """The one snapshot with this content."""
    return Snapshot.objects.get_or_create(hash=_hash(body), defaults={"body": body.dump()})[0]


def _hash(body: TemplateBody) -> str:
    return hashlib.sha256(orjson.dumps(body.dump())).hexdigest()


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


class DraftChange(models.Model):
    """One change of a draft: from what to what, by whom, and in words.

    What is typed in one sitting, in one place of one page, is one change.
    """

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="changes")
    before = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    after = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=300)
    part = models.CharField(max_length=80, blank=True)
    sitting = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["template", "-pk"]

    def __str__(self) -> str:
        return f"{self.template}: {self.what}"


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


class WordImport(models.Model):
    """Word reports that somebody is making a template of: what they propose, and what is decided so far.

    `decided` holds decisions by number of the proposal; `house` is the first report emptied, None where it
    cannot be written on. Removed when the template is made.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    files = models.JSONField()
    proposed = models.JSONField()
    decided = models.JSONField(default=dict)
    house = models.BinaryField(null=True)
    keeps_look = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed"]

    def __str__(self) -> str:
        return f"{self.name}, from {len(self.files)} reports"
