"""Texts that were looked at, their pieces as samples, and the embedding of each piece."""

import hashlib
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from signals.pieces import WHOLE


def hash_said(text: str) -> str:
    """What an embedding is kept by."""
    return hashlib.sha256(text.encode()).hexdigest()


class TextQuerySet(models.QuerySet["Text"]):
    """Texts, by whose they are and what they are about."""

    def within(self, scopes: Q) -> Self:
        """Those of the scopes that the site gives, a condition on the field `scope`."""
        return self.filter(scopes)

    def tagged(self, **tags: str) -> Self:
        """Those that carry these tags."""
        return self.filter(**{f"tags__{name}": value for name, value in tags.items()})


class Text(models.Model):
    """One text that signals read: a candidate's value, a document, a row of an imported set.

    `origin` says where it came from and `scope` whose it is, both in the words of whoever gave it
    ("candidate:12", "report:5"); `tags` is a flat map of opaque strings to group by.
    """

    origin = models.CharField(max_length=80, unique=True)
    scope = models.CharField(max_length=80, db_index=True)
    tags = models.JSONField(default=dict)
    # What was asked for, where that is known: a text is off-topic only in view of it.
    about = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    # When it was written, which may be long before it was looked at.
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        permissions = [("read_all_texts", "Can read the texts of all reports, which is recorded")]

    def __str__(self) -> str:
        return self.origin


class Sample(models.Model):
    """A piece of a text, or the whole of it, that can be labelled."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="samples")
    number = models.PositiveIntegerField()
    address = models.CharField(max_length=200, blank=True)
    said = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["text", "number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_sample_a_number")]

    def __str__(self) -> str:
        return self.said[:80]

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole text."""
        return self.address == WHOLE


class Embedding(models.Model):
    """The vector of a text by one embedder, as float16 bytes; it belongs to whatever says these words."""

    sha256 = models.CharField(max_length=64)
    embedder = models.CharField(max_length=120)
    vector = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["embedder", "sha256"], name="one_vector_an_embedder")]

    def __str__(self) -> str:
        return f"{self.embedder} of {self.sha256[:8]}"


class SampleSet(models.Model):
    """Texts that somebody imported to mine or to evaluate with; their scope is `set:<key>`."""

    name = models.CharField(max_length=200)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Whether everybody who teaches signals may read it.
    shared = models.BooleanField(default=False)
    # Where the file is kept until all its rows are taken, and which of its columns are.
    file = models.CharField(max_length=200, blank=True)
    text_column = models.PositiveIntegerField(null=True, blank=True)
    label_column = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    # Rows without a text, and texts that were cut.
    empty = models.PositiveIntegerField(default=0)
    cut = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        """Whose its texts are."""
        return f"set:{self.pk}"

    @property
    def texts(self) -> int:
        """How many texts it holds by now."""
        return Text.objects.filter(scope=self.scope).count()

    @property
    def is_complete(self) -> bool:
        """Whether every row of its file was taken; what came without a file is there at once."""
        return not self.file or (self.text_column is not None and self.taken >= self.total)


class ReadAll(models.Model):
    """That somebody used the permission to read the texts of all reports: who, when, and what for."""

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=200)
    # The page that was read so.
    where = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = "use of the permission to read all texts"
        verbose_name_plural = "uses of the permission to read all texts"

    def __str__(self) -> str:
        return f"{self.by}: {self.what}"
