"""Example cases: the documents on which a template is tried out, kept, named and taken away again."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from generation.calls import cancel_calls
from generation.guesses import guess_slots
from generation.models import Document, ExampleCase, ExampleDocument, Fill, Report
from generation.removal import remove_at_once
from signals.clean import clean_text
from templates.models import ReportTemplate

_LONGEST_NAME = 200
_NAMELESS = "Example"


def add_example_case(template: ReportTemplate, name: str = "") -> ExampleCase:
    """A new example case, the last of its template, with no documents yet."""
    last = template.example_cases.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return ExampleCase.objects.create(
        template=template, name=_clean_name(name) or f"{_NAMELESS} {position + 1}", position=position
    )


def rename(case: ExampleCase, name: str) -> None:
    """Give a case another name; an empty one changes nothing."""
    if cleaned := _clean_name(name):
        case.name = cleaned
        case.save(update_fields=["name"])


@transaction.atomic
def add_documents(case: ExampleCase, documents: Sequence[Document]) -> list[ExampleDocument]:
    """Add documents to a case, each as the one of the template that it most likely is.

    One with the same content as another of the case is left out. What is already there keeps its place.
    """
    ExampleCase.objects.select_for_update().get(pk=case.pk)
    rows = list(case.example_documents.select_related("document"))
    known = {row.document.sha256 for row in rows}
    new = []
    for document in documents:
        if document.sha256 not in known:
            known.add(document.sha256)
            new.append(document)
    body = case.template.draft.parsed
    all_documents = [*(row.document for row in rows), *new]
    guessed = guess_slots(
        body, [one.name for one in all_documents], [one.text[:2000] for one in all_documents]
    )
    after = max((row.position for row in rows), default=-1) + 1
    return ExampleDocument.objects.bulk_create(
        ExampleDocument(case=case, document=document, slot=slot, position=position)
        for position, (document, slot) in enumerate(zip(new, guessed[len(rows) :], strict=True), after)
    )


def set_slot(row: ExampleDocument, slot: str) -> None:
    """Say which of the template's documents it is; "" is none."""
    row.slot = slot
    row.save(update_fields=["slot"])


def remove_document(row: ExampleDocument) -> None:
    """Take a document out of its case; the file stays as long as anything is made of it."""
    row.delete()


def remove_case(case: ExampleCase) -> None:
    """Remove a case with its preview and its tests; what is being written for them is not waited for."""
    with transaction.atomic():
        reports = list(Report.objects.select_for_update().filter(example=case))
        running = Fill.every.filter(report__in=reports, attempt__isnull=False)
        attempts = list(running.values_list("attempt", flat=True))
        for report in reports:
            remove_at_once(report)
        case.delete()
    for attempt in attempts:
        cancel_calls(attempt)


def _clean_name(name: str) -> str:
    return " ".join(clean_text(name).split())[:_LONGEST_NAME]
