"""What must be said beside the value of a fill: what is to be checked in it, and who wrote it."""

from django.db.models import QuerySet

from generation.models import Fill, Report
from generation.offline import OFFLINE_NOTICE
from generation.profiles import OFFLINE

_STALE = "What this part rests on has changed since it was written."


def load_fills(report: Report) -> dict[str, Fill]:
    """The fills of a report by block, with what their current values need.

    A report that was moved to another snapshot since it was loaded is brought up to date: look at its
    snapshot afterwards.
    """
    fills = _load(report)
    if {key: fill.kind for key, fill in fills.items()} != {
        block.block: block.kind for block in report.snapshot.parsed.fillable
    }:
        report.refresh_from_db(fields=["snapshot", "version"])
        fills = _load(report)
    return fills


def _load(report: Report) -> dict[str, Fill]:
    return {fill.block: fill for fill in with_values(report.fills.all())}


def with_values(fills: QuerySet[Fill]) -> QuerySet[Fill]:
    """These fills with what their current values need."""
    return fills.select_related("chosen", "edit")


def shown_problems(fill: Fill) -> list[str]:
    """What is to be checked in the shown value; whoever rewrote or accepted it answered its problems."""
    answered = fill.edit is not None or fill.review == Fill.Review.ACCEPTED
    problems = fill.chosen.problems if fill.chosen and not answered else []
    return [*problems, *([_STALE] if fill.stale else [])]


def shown_notes(fill: Fill) -> list[str]:
    """Who wrote the value that is shown, where it was another model than the report's; nothing of an edit."""
    if fill.chosen is None or fill.edit or fill.chosen.profile == fill.report.profile:
        return []
    if fill.chosen.profile == OFFLINE:
        return [OFFLINE_NOTICE]
    return [f"Written by the model “{fill.chosen.profile}” in place of “{fill.report.profile}”."]
