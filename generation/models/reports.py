"""Reports: one case each, a snapshot with documents and fills."""

from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import models
from django.db.models import Q

from generation.models.documents import Document
from templates.models import ReportTemplate, Snapshot, TemplateVersion


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by what a person may do with them."""

    def visible_to(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """Those the user owns or was shown."""
        return self._shared(user, Q())

    def editable_by(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """Those the user may change."""
        return self._shared(user, Q(can_edit=True))

    def _shared(self, user: User | AnonymousUser, how: Q) -> "ReportQuerySet":
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        rows = ReportShare.objects.filter(how & (Q(user=user) | Q(group__in=user.groups.all())))
        return self.filter(Q(owner=user) | Q(pk__in=rows.values("report")))


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


class ReportShare(models.Model):
    """Lets a user or a group see a report, or also change it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    can_edit = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(group__isnull=True), name="report_share_user_or_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} for {self.user or self.group}"
