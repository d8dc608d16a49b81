"""The one report that shows a template's draft on one example case."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.models import ExampleCase, Fill, Report, ReportDocument
from generation.moving import renew_inputs
from generation.profiles import UnknownProfile, default_profile
from generation.reports import check_documents, clean_title, not_written
from templates.models import ReportTemplate


def find_preview(template: ReportTemplate, case: ExampleCase, by: User | None) -> Report:
    """The preview of a template on an example case, made if there is none.

    It can always be shown, also without documents or a model; `follow_draft` says why nothing can be written.
    """
    with transaction.atomic():
        report, is_new = Report.objects.select_related("snapshot").get_or_create(
            purpose=Report.Purpose.PREVIEW,
            example=case,
            defaults={
                "template": template,
                "snapshot": template.draft,
                "title": clean_title(template.draft.parsed.name),
                "owner": by,
                "profile": profile_name(),
                "queue": settings.FILL_QUEUE,
                # Nothing is written before somebody asks for it.
                "started": timezone.now(),
                "finished": timezone.now(),
            },
        )
        if is_new:
            copy_documents(case, report)
            body = template.draft.parsed
            Fill.objects.bulk_create(
                not_written(report, block, position) for position, block in enumerate(body.fillable)
            )
            renew_inputs(report)
    return report


def copy_documents(case: ExampleCase, report: Report) -> None:
    """Let the report be made of the example's documents."""
    ReportDocument.objects.bulk_create(
        ReportDocument(report=report, document_id=row.document_id, slot=row.slot, position=position)
        for position, row in enumerate(case.example_documents.all())
    )


def documents_of(made: ExampleCase | Report) -> list[tuple[int, str]]:
    """What an example or a report is made of: each document's key and which of the template's it is."""
    rows = made.example_documents if isinstance(made, ExampleCase) else made.report_documents
    return list(rows.order_by("position").values_list("document", "slot"))


def profile_name() -> str:
    """The model that previews are written by; "" where none is set that can be used."""
    try:
        return default_profile().name
    except UnknownProfile:
        return ""


def why_not(report: Report) -> str:
    """Why nothing of a preview can be written, and what to do; "" when it can."""
    try:
        default_profile()
        rows = report.report_documents.select_related("document").defer("document__text")
        check_documents(report.snapshot.parsed, [(row.document, row.slot) for row in rows])
    except ValueError as error:
        return str(error)
    return ""
