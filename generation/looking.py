"""Looking: what models wrote is kept as texts with samples, and read by every signal at work."""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from generation.engine.schedule import LOOK
from generation.models import Candidate, Report
from signals.kinds import KINDS
from signals.models import Signal, Text
from signals.reading import keep_readings
from signals.texts import keep_text
from templates.body import Block

log = logging.getLogger(__name__)
# The message for what was written before this was overlooked.
_OVERLOOKED_AFTER = timedelta(minutes=1)
_AT_ONCE = 500
_LONGEST_ABOUT = 2_000


@shared_task(name=LOOK, ignore_result=True)
def look_at_report(report_id: int) -> None:
    """Look at what was written of a report since it was last looked at."""
    look_at(Candidate.objects.filter(fill__report=report_id, looked=False))


def look_at_overlooked() -> None:
    """Look at what no message came for, the newest first, a few hundred at a time."""
    before = timezone.now() - _OVERLOOKED_AFTER
    look_at(Candidate.objects.filter(looked=False, created__lt=before).order_by("-created")[:_AT_ONCE])


def look_at(candidates: QuerySet[Candidate]) -> None:
    """Keep the texts of these candidates, and what every signal at work says of them; safe to do twice."""
    keys = list(candidates.values_list("pk", flat=True))
    texts = [text for key in keys if (text := _keep(key))]
    if texts:
        quick = [signal for signal in Signal.objects.at_work() if not KINDS[signal.kind].is_slow]
        keep_readings(quick, texts)
    Candidate.objects.filter(pk__in=keys).update(looked=True)


def scope_of(report: Report) -> str:
    """Whose the texts of a report are."""
    return f"report:{report.pk}"


def withheld_scope_of(report: Report) -> str:
    """Whose those of its texts are that guards keep out of sight: nobody may open that."""
    return f"withheld:{report.pk}"


def place_text(candidate: Candidate, report: Report) -> None:
    """Let a candidate's text be read by whoever may open its report, or by nobody while it is withheld."""
    Text.objects.filter(origin=_origin(candidate)).update(scope=_scope(candidate, report))


def _scope(candidate: Candidate, report: Report) -> str:
    return withheld_scope_of(report) if candidate.withheld else scope_of(report)


def _origin(candidate: Candidate) -> str:
    return f"candidate:{candidate.pk}"


@transaction.atomic
def _keep(key: int) -> Text | None:
    """The candidate's text; None for one that is gone, or whose block the report's template no longer has.

    The candidate is held meanwhile: whoever withholds or releases it comes before, or finds its text.
    """
    whole = Candidate.objects.select_related("fill__report__snapshot", "fill__report__version")
    candidate = whole.select_for_update(of=("self",)).filter(pk=key).first()
    if candidate is None:
        return None
    report = candidate.fill.report
    try:
        block = report.snapshot.parsed.block(candidate.fill.block)
        value = block.type.load_value(candidate.value)
    except (KeyError, ValueError):
        return None
    return keep_text(
        _origin(candidate),
        _scope(candidate, report),
        block.type.text(value),
        block.type.pieces(value),
        tags=_tags(candidate, block),
        about=f"{block.title}\n{block.instructions}".strip()[:_LONGEST_ABOUT],
        language=report.snapshot.parsed.language,
        at=candidate.created,
    )


def _tags(candidate: Candidate, block: Block) -> dict[str, str]:
    report = candidate.fill.report
    return {
        "purpose": str(report.purpose),
        "template": str(report.template_id or ""),
        "version": str(report.version.number) if report.version else "",
        "block": block.block,
        "kind": block.kind,
        "model": candidate.profile,
    }
