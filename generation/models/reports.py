"""Reports: one case each, a snapshot with documents and fills."""

from collections.abc import Collection
from typing import Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from generation.models.documents import Document
from generation.models.examples import ExampleCase
from templates.models import ReportTemplate, Snapshot, TemplateVersion
from templates.sharing import Share, SharedQuerySet

# Purposes of the reports in which a template is tried out: they belong to it, and to nobody.
_OF_TEMPLATES = ("preview", "test")


class ReportQuerySet(SharedQuerySet["Report"]):
    """Reports by what a person may do with them; a deleted one is nobody's until it is brought back."""

    def owned_by(self, user: User | AnonymousUser) -> Self:
        """Those the user may share and delete: their own cases; a superuser all."""
        return self._own(user)._present().exclude(purpose__in=_OF_TEMPLATES)

    def deleted_by(self, user: User | AnonymousUser) -> Self:
        """Those the user owned and deleted; a superuser all that were."""
        return self._own(user).filter(deleted__isnull=False)

    def rights_of(self, users: Collection[User]) -> dict[tuple[int, int], bool]:
        """What `visible_to` and `editable_by` say of many users at once, in four queries or seven."""
        cases = self.exclude(purpose__in=_OF_TEMPLATES)
        rights = super(ReportQuerySet, cases).rights_of(users)
        tried_out = dict(self._present().filter(purpose__in=_OF_TEMPLATES).values_list("pk", "template"))
        if tried_out:
            templates = ReportTemplate.objects.filter(pk__in=set(tried_out.values())).rights_of(users)
            may_change = {key for key, can_edit in templates.items() if can_edit}
            rights |= {
                (user.pk, pk): True
                for pk, template in tried_out.items()
                for user in users
                if (user.pk, template) in may_change
            }
        return rights

    def _own(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(owner=user)

    def _present(self) -> Self:
        return self.filter(deleted=None)

    def _rule(self, user: User | AnonymousUser, how: Q) -> Q:
        """Whoever may change a template sees, and changes, what it is tried out in; nobody else does."""
        templates = ReportTemplate.objects.editable_by(user).values("pk")
        tried_out = Q(purpose__in=_OF_TEMPLATES)
        return tried_out & Q(template__in=templates) | ~tried_out & super()._rule(user, how)


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
        constraints = [
            models.UniqueConstraint(
                fields=["example"], condition=Q(purpose="preview"), name="one_preview_an_example"
            )
        ]

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
