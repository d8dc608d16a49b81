"""Copies: a new report with the same snapshot, documents and current values as another.

The values come along and the decisions do not: nobody has looked at this report yet, and every part of it
is reviewed on its own. What was written stays a candidate with its problems, what a person made of it an
edit by that person. A part that has no value is not filled by itself; “Try again” fills it.
"""

import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from generation.flags import load_fills
from generation.models import Candidate, Edit, Fill, Report, ReportDocument
from generation.reports import LONGEST_TITLE

State = Fill.State
_COPY = " (copy)"
_NOT_WRITTEN = "This part was not written yet when the report was copied."


@transaction.atomic
def copy_report(report: Report, *, owner: User) -> Report:
    """The copy, which belongs to `owner`. Nothing is started; the number of queries does not grow with it."""
    now = timezone.now()
    copy = Report.objects.create(
        title=report.title[: LONGEST_TITLE - len(_COPY)] + _COPY,
        owner=owner,
        purpose=report.purpose,
        template=report.template,
        version=report.version,
        snapshot=report.snapshot,
        profile=report.profile,
        queue=settings.FILL_QUEUE,
        started=now,
        finished=now,
    )
    ReportDocument.objects.bulk_create(
        ReportDocument(report=copy, document_id=row.document_id, slot=row.slot, position=row.position)
        for row in report.report_documents.all()
    )
    _copy_fills(report, copy)
    return copy


def _copy_fills(report: Report, copy: Report) -> None:
    originals = list(load_fills(report).values())
    # Without a value none may be called done: the values follow.
    fills = Fill.objects.bulk_create([_copy_fill(fill, copy) for fill in originals])
    pairs = list(zip(originals, fills, strict=True))
    candidates = [_copy_candidate(old.chosen, new) for old, new in pairs if old.chosen]
    chosen = {one.fill_id: one for one in Candidate.objects.bulk_create(candidates)}
    edits = [_copy_edit(old.edit, new, chosen.get(new.pk)) for old, new in pairs if old.edit]
    standing = {one.fill_id: one for one in Edit.objects.bulk_create(edits)}
    done = [fill for fill in fills if fill.pk in chosen or fill.pk in standing]
    for fill in done:
        fill.chosen, fill.edit = chosen.get(fill.pk), standing.get(fill.pk)
        fill.state, fill.error_code, fill.error = State.DONE, "", ""
    Fill.objects.bulk_update(done, ["chosen", "edit", "state", "error_code", "error"])


def _copy_fill(fill: Fill, copy: Report) -> Fill:
    has_failed = fill.state == State.FAILED
    return Fill(
        report=copy,
        block=fill.block,
        kind=fill.kind,
        position=fill.position,
        inputs=fill.inputs,
        stale=fill.stale,
        withheld=fill.withheld,
        state=State.FAILED if has_failed else State.CANCELLED,
        error_code=fill.error_code if has_failed else "cancelled",
        error=fill.error if has_failed else _NOT_WRITTEN,
    )


def _copy_candidate(candidate: Candidate, fill: Fill) -> Candidate:
    return Candidate(
        fill=fill,
        number=1,
        value=candidate.value,
        problems=candidate.problems,
        readings=candidate.readings,
        withheld=candidate.withheld,
        looked=True,
        profile=candidate.profile,
        attempt=uuid.uuid4(),
        note=candidate.note,
        asked_by_id=candidate.asked_by_id,
    )


def _copy_edit(edit: Edit, fill: Fill, candidate: Candidate | None) -> Edit:
    return Edit(
        fill=fill,
        number=1,
        value=edit.value,
        author_id=edit.author_id,
        based_on_candidate=candidate,
    )
