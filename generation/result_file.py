"""The result file: a filled report as JSON for scripts and checks."""

from typing import Any

from django.db.models import Count, Sum

from generation.flags import load_fills, shown_notes, shown_problems
from generation.models import Fill, Report, Request
from generation.models.fills import CHECK
from templates.blocks.base import Json
from templates.body import TemplateBody


def write_result(report: Report) -> Json:
    """The report as plain data: its documents, and each block with value, problems and cost."""
    fills = load_fills(report)
    body = report.snapshot.parsed
    seconds = (report.finished - report.started).total_seconds() if report.finished and report.started else 0
    return {
        "template": report.template.slug if report.template else body.name,
        "version": report.version.number if report.version else None,
        "title": report.title,
        "seconds": round(seconds, 2),
        "usage": _usage(report),
        "documents": [
            {
                "name": row.document.name,
                "pages": row.document.pages,
                "tokens": row.document.tokens,
                "warnings": row.document.warnings,
            }
            for row in report.report_documents.select_related("document")
        ],
        "blocks": [_block(body, fill) for fill in fills.values()],
    }


def _usage(report: Report) -> Json:
    """What the report used; writing to a cache, and prices, only where a model has them."""
    sums = Request.objects.filter(fill__report=report).aggregate(
        input_tokens=Sum("input_tokens", default=0),
        cached_tokens=Sum("cached_tokens", default=0),
        output_tokens=Sum("output_tokens", default=0),
        calls=Count("pk"),
        cache_write_tokens=Sum("cache_write_tokens", default=0),
        cost=Sum("cost", default=0.0),
    )
    written, cost = sums.pop("cache_write_tokens"), sums.pop("cost")
    return (
        sums
        | ({"cache_write_tokens": written} if written else {})
        | ({"cost": round(cost, 6)} if cost else {})
    )


def _block(body: TemplateBody, fill: Fill) -> Json:
    """One block; `notes` only where another model than the report's wrote it."""
    block_type = body.block(fill.block).type
    value: dict[str, Any] | None = None if fill.withheld else fill.current_value
    return {
        "block": fill.block,
        "kind": fill.kind,
        "status": "withheld" if fill.withheld else str(fill.state),
        # The offline writer makes no requests, and yet it was asked.
        "attempts": max(fill.requests.exclude(outcome__startswith=CHECK).count(), fill.attempts),
        "problems": [] if fill.withheld else shown_problems(fill),
        "value": value,
        "text": block_type.text(block_type.load_value(value)) if value else "",
        "readings": [one.public for one in fill.chosen.guard_readings]
        if fill.chosen and not fill.withheld
        else [],
        "evidence": [],
        "error": {"code": fill.error_code, "message": fill.error} if fill.error_code else None,
        **({"notes": notes} if (notes := [] if fill.withheld else shown_notes(fill)) else {}),
    }
