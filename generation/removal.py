"""Removal: out of sight at once, brought back as long as it is kept, gone for good after that."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from generation.document_checks import scope_of as document_scope
from generation.engine.known import forget_unused
from generation.engine.schedule import cancel_report
from generation.looking import scope_of, withheld_scope_of
from generation.models import Document, ExampleDocument, Fill, Report, ReportDocument
from signals.backfilling.embedding import forget_vectors
from signals.texts import forget_texts
from templates.leftovers import drop_leftovers

KEPT = timedelta(days=30)


def delete_report(report: Report) -> None:
    """Take a report out of everybody's sight; what is still being written is cancelled."""
    # In this order: once it is out of sight nobody can start it again.
    Report.objects.filter(pk=report.pk, deleted=None).update(deleted=timezone.now())
    cancel_report(report)


def bring_back(report: Report) -> None:
    """Let a deleted report be seen again, by all who could; cancelled parts can be tried again."""
    Report.objects.filter(pk=report.pk).update(deleted=None)


def purge() -> tuple[int, int]:
    """Remove for good what was deleted more than `KEPT` ago, and then documents as old that nothing has.

    Known answers that nobody has asked for since, what drafts have left behind, and the vectors of words
    that nothing says go with them. How many reports and documents that were. Safe to run at any time, again,
    and twice at once.
    """
    before = timezone.now() - KEPT
    forget_unused()
    reports = sum(_remove_report(pk) for pk in _pks(Report.objects.filter(deleted__lt=before)))
    used = ReportDocument.objects.filter(document=OuterRef("pk"))
    examples = ExampleDocument.objects.filter(document=OuterRef("pk"))
    unused = Document.objects.filter(~Exists(used), ~Exists(examples), uploaded__lt=before)
    documents = sum(_remove_document(pk) for pk in _pks(unused))
    drop_leftovers()
    forget_vectors()
    return reports, documents


def _pks(found: QuerySet[Report] | QuerySet[Document]) -> list[int]:
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remove_report(pk: int) -> bool:
    # Somebody may have brought it back in between.
    report = Report.objects.select_for_update().filter(pk=pk, deleted__isnull=False).first()
    if report is None:
        return False
    remove_at_once(report)
    return True


def remove_at_once(report: Report) -> None:
    """Remove a report for good, whatever is still written of it; in the caller's transaction."""
    # A finished fill must have a value, and values go before their fills.
    Fill.every.filter(report=report).update(state=Fill.State.CANCELLED, changed=timezone.now())
    forget_texts(scope_of(report))
    forget_texts(withheld_scope_of(report))
    report.delete()


def _remove_document(pk: int) -> bool:
    """Whether it is removed: one that came into use in between stays."""
    document = Document.objects.defer("text").filter(pk=pk).first()
    if document is None:
        return False
    file = document.file
    try:
        with transaction.atomic():
            forget_texts(document_scope(document))
            document.delete()
    except (ProtectedError, IntegrityError):
        return False
    # Last: a document that stays must keep its file.
    file.storage.delete(str(file.name))
    return True
