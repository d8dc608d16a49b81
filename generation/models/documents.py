"""Uploaded documents: the file, its text, and its passages with their places."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from generation.documents.passages import Place
from templates.models import ReportTemplate


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by what a person may see."""

    def visible_to(self, user: User | AnonymousUser) -> "DocumentQuerySet":
        """Those the user uploaded, of reports the user may see, examples of templates the user may change."""
        # They stand on documents.
        from generation.models.examples import ExampleDocument
        from generation.models.reports import Report

        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        reports = Report.objects.visible_to(user)
        examples = ExampleDocument.objects.filter(
            case__template__in=ReportTemplate.objects.editable_by(user).values("pk")
        )
        mine = Q(owner=user) | Q(pk__in=reports.values("documents"))
        return self.filter(mine | Q(pk__in=examples.values("document")))


class Document(models.Model):
    """One uploaded file and all that was read from it."""

    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(upload_to="documents/%Y/%m", max_length=300)
    size = models.PositiveBigIntegerField()
    text = models.TextField()
    tokens = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True)
    pages_with_text = models.PositiveIntegerField(null=True)
    tables = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    uploaded = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded"]

    def __str__(self) -> str:
        return self.name

    @property
    def page_word(self) -> str:
        """What one of its pages is called."""
        if self.name.lower().endswith(".pptx"):
            return "slide"
        return "sheet" if self.passages.exclude(sheet="").exists() else "page"


class PassageRow(models.Model):
    """A stretch of a document's text with its place."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=255, blank=True)
    first_row = models.PositiveIntegerField(null=True)
    last_row = models.PositiveIntegerField(null=True)
    headings = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "start"]

    def __str__(self) -> str:
        return f"{self.document} {self.start}–{self.end}"

    @property
    def place(self) -> Place:
        """Where the passage stands."""
        return Place(self.page, self.sheet or None, self.first_row, self.last_row, tuple(self.headings))
