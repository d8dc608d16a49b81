"""Examples: sets of documents on which a template is tried out, for its preview and for its tests."""

from django.db import models

from generation.models.documents import Document
from templates.models import ReportTemplate


class ExampleCase(models.Model):
    """A named set of example documents of one template."""

    template = models.ForeignKey(ReportTemplate, models.CASCADE, related_name="example_cases")
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["template", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class ExampleDocument(models.Model):
    """A document of an example case, and which of the template's documents it is."""

    case = models.ForeignKey(ExampleCase, models.CASCADE, related_name="example_documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    slot = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["case", "position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="one_example_a_position")]

    def __str__(self) -> str:
        return f"{self.document} in {self.case}"
