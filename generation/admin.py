"""Reports and documents in the administration, for superusers: titles and owners, and all else to be read."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from generation.models import (
    CachedAnswer,
    Candidate,
    Decision,
    Document,
    Edit,
    ExampleCase,
    ExampleDocument,
    Expectation,
    Fill,
    GuardAct,
    Report,
    ReportDocument,
    ReportShare,
    Request,
    Suggestion,
    TestRun,
    Trial,
    VerdictRow,
)
from signals.admin import ReadOnly
from templates.admin import Kept, ShareAdmin

# Of what belongs to a fill: one query for the list, and found by its report.
_OF_FILL = ["fill__report"]
_BY_REPORT = ["fill__report__title", "fill__block"]


class HidesWithheld(ReadOnly):
    """Rows without these fields while their part is withheld: a look here would be in no history."""

    hidden: tuple[str, ...]

    def get_exclude(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        """The fields that hold its text."""
        is_hidden = obj is not None and (
            getattr(obj, "withheld", False) or getattr(getattr(obj, "fill", None), "withheld", False)
        )
        return self.hidden if is_hidden else ()


@admin.register(Report)
class ReportAdmin(Kept):
    """Whose it is and what it is called; the rest is changed on its page."""

    list_display = ["title", "purpose", "owner", "template", "created", "finished", "deleted"]
    list_filter = ["purpose", "created"]
    list_select_related = ["owner", "template"]
    search_fields = ["title", "owner__username", "template__slug"]
    autocomplete_fields = ["owner"]
    readonly_fields = [
        "purpose", "template", "version", "snapshot", "example", "profile", "queue", "created", "started",
        "finished", "deleted",
    ]  # fmt: skip
    fields = ["title", "owner", *readonly_fields]


@admin.register(ReportShare)
class ReportShareAdmin(ShareAdmin):
    """Who may see a report, and who may also change it."""

    list_display = ["report", "user", "group", "can_edit"]
    list_select_related = ["report", "user", "group"]
    search_fields = ["report__title", *ShareAdmin.search_fields]
    autocomplete_fields = ["report", "user", "group"]


@admin.register(Document)
class DocumentAdmin(Kept):
    """What was uploaded; not what stands in it."""

    list_display = ["name", "owner", "size", "tokens", "pages", "uploaded"]
    list_filter = ["uploaded"]
    list_select_related = ["owner"]
    search_fields = ["name", "sha256", "owner__username"]
    autocomplete_fields = ["owner"]
    readonly_fields = [
        "sha256", "size", "tokens", "pages", "pages_with_text", "tables", "warnings", "uploaded",
    ]  # fmt: skip
    fields = ["name", "owner", *readonly_fields]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Document]:
        """Without the texts, which are long."""
        return Document.objects.defer("text")


@admin.register(Fill)
class FillAdmin(HidesWithheld):
    """How far each part of each report is, also of those out of sight."""

    hidden = ("partial", "note", "error")

    list_display = ["block", "report", "kind", "state", "review", "stale", "gone", "changed"]
    list_filter = ["state", "review", "stale", "gone", "kind"]
    list_select_related = ["report"]
    search_fields = ["report__title", "block"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Fill]:
        """All of them."""
        return Fill.every.all()


@admin.register(Candidate)
class CandidateAdmin(HidesWithheld):
    """What was written."""

    hidden = ("value", "problems", "readings", "note")

    list_display = ["fill", "number", "profile", "from_cache", "created"]
    list_filter = ["profile", "from_cache"]
    list_select_related = _OF_FILL
    search_fields = _BY_REPORT
    ordering = ["-pk"]


@admin.register(Edit)
class EditAdmin(HidesWithheld):
    """What people made of it."""

    hidden = ("value",)

    list_display = ["fill", "number", "author"]
    list_select_related = [*_OF_FILL, "author"]
    search_fields = [*_BY_REPORT, "author__username"]
    ordering = ["-pk"]


@admin.register(Decision)
class DecisionAdmin(HidesWithheld):
    """What was decided, by whom, and how."""

    hidden = ("value_before", "value_after")

    list_display = ["fill", "decision", "by", "how", "at"]
    list_filter = ["decision", "how"]
    list_select_related = [*_OF_FILL, "by"]
    search_fields = [*_BY_REPORT, "by__username"]
    ordering = ["-pk"]


@admin.register(GuardAct)
class GuardActAdmin(ReadOnly):
    """Who looked at what was withheld, and what they decided."""

    list_display = ["fill", "what", "by", "at"]
    list_filter = ["what"]
    list_select_related = [*_OF_FILL, "by"]
    search_fields = [*_BY_REPORT, "by__username"]
    ordering = ["-pk"]


@admin.register(Request)
class RequestAdmin(ReadOnly):
    """Every call of a model, and what it took."""

    list_display = ["fill", "outcome", "model", "input_tokens", "output_tokens", "seconds", "created"]
    list_filter = ["outcome", "model"]
    list_select_related = _OF_FILL
    search_fields = _BY_REPORT
    ordering = ["-pk"]


@admin.register(CachedAnswer)
class CachedAnswerAdmin(ReadOnly):
    """What previews need not ask again; not the texts, which a guard may withhold."""

    exclude = ["value", "problems"]

    list_display = ["asked", "profile", "cost", "created", "used"]
    list_filter = ["profile"]
    search_fields = ["asked"]
    ordering = ["-pk"]


@admin.register(ExampleCase)
class ExampleCaseAdmin(ReadOnly):
    """Sets of documents on which templates are tried out."""

    list_display = ["name", "template", "position", "created"]
    list_select_related = ["template"]
    search_fields = ["name", "template__slug"]


@admin.register(ExampleDocument)
class ExampleDocumentAdmin(ReadOnly):
    """The documents of such a set."""

    list_display = ["document_name", "case", "slot", "position"]
    list_select_related = ["case"]
    search_fields = ["case__name", "document__name"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ExampleDocument]:
        """With the documents' names, without their texts."""
        return ExampleDocument.objects.select_related("document").defer("document__text")

    @admin.display(description="document")
    def document_name(self, row: ExampleDocument) -> str:
        """What it was uploaded as."""
        return row.document.name


@admin.register(ReportDocument)
class ReportDocumentAdmin(ReadOnly):
    """The documents of reports."""

    list_display = ["document_name", "report", "slot", "position"]
    list_select_related = ["report"]
    search_fields = ["report__title", "document__name"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ReportDocument]:
        """With the documents' names, without their texts."""
        return ReportDocument.objects.select_related("document").defer("document__text")

    @admin.display(description="document")
    def document_name(self, row: ReportDocument) -> str:
        """What it was uploaded as."""
        return row.document.name


@admin.register(Expectation)
class ExpectationAdmin(ReadOnly):
    """What is expected of blocks."""

    list_display = ["block", "kind", "case", "created", "removed"]
    list_filter = ["kind"]
    list_select_related = ["case"]
    search_fields = ["block", "case__name", "case__template__slug"]
    ordering = ["-pk"]


@admin.register(TestRun)
class TestRunAdmin(ReadOnly):
    """Runs of the test cases of templates."""

    list_display = ["template", "by", "repetitions", "created", "finished", "cancelled"]
    list_select_related = ["template", "by"]
    search_fields = ["template__slug"]
    ordering = ["-pk"]


@admin.register(Trial)
class TrialAdmin(ReadOnly):
    """Each filling of a case in a run."""

    list_display = ["run", "case", "side", "repetition", "checked"]
    list_filter = ["side"]
    list_select_related = ["run__template", "case"]
    search_fields = ["run__template__slug", "case__name"]
    ordering = ["-pk"]


@admin.register(VerdictRow)
class VerdictRowAdmin(ReadOnly):
    """What was found on each expectation."""

    list_display = ["expectation", "passed", "reason", "cost"]
    list_filter = ["passed"]
    list_select_related = ["expectation__case"]
    search_fields = ["expectation__block", "expectation__case__name"]
    ordering = ["-pk"]


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly):
    """Better instructions, as a model wrote them; not what earlier reports say in their place."""

    list_display = ["block", "template", "by", "state", "profile", "created"]
    exclude = ["passages"]
    list_filter = ["state"]
    list_select_related = ["template", "by"]
    search_fields = ["template__slug", "block"]
    ordering = ["-pk"]
