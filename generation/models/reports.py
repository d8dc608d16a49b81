"""Reports: one case each, a snapshot with documents and fills."""

from typing import Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models

from generation.models.documents import Document
from generation.models.examples import ExampleCase
from templates.models import ReportTemplate, Snapshot, TemplateVersion
from templates.sharing import Share, SharedQuerySet


class ReportQuerySet(SharedQuerySet["Report"]):
    """Reports by what a person may do with them; a deleted one is nobody's until it is brought back."""

    def owned_by(self, user: User | AnonymousUser) -> Self:
        """Those the user may share and delete: their own; a superuser all."""
        return self._own(user)._present()

    def deleted_by(self, user: User | AnonymousUser) -> Self:
        """Those the user owned and deleted; a superuser all that were."""
        return self._own(user).filter(deleted__isnull=False)

    def _own(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(owner=user)

    def _present(self) -> Self:
        return self.filter(deleted=None)


class Report(models.Model):
    """A snapshot, the documents of one case, and how far filling has come."""

    class Purpose(models.TextChoices):
        """What the report is for; only cases count in lists and figures."""

        CASE = "case"
        PREVIEW = "preview"
        TEST = "test"
        REPLAY = "replay"

    title = models.CharField(max_length=255)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.CASE)
    template = models.ForeignKey(ReportTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.ForeignKey(TemplateVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    # What a preview or a test is made of.
    example = models.ForeignKey(ExampleCase, models.CASCADE, null=True, blank=True, related_name="reports")
    documents = models.ManyToManyField(Document, through="ReportDocument", related_name="reports")
    profile = models.CharField(max_length=80)
    queue = models.CharField(max_length=80)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    # The leader's first token puts the shared prefix into the provider's cache; then the rest may start.
    leader_since = models.DateTimeField(null=True)
    released = models.DateTimeField(null=True)
    watched_until = models.DateTimeField(null=True)
    # Out of sight from then on; until it is removed for good it can be brought back.
    deleted = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.title


class ReportDocument(models.Model):
    """A document of a report, and which of the template's documents it is."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="report_documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    slot = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="one_document_a_position")]

    def __str__(self) -> str:
        return f"{self.document} in {self.report}"


class ReportShare(Share):
    """Lets a user or a group see a report, or also change it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="shares")
