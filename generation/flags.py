"""What must be said beside the value of a fill: what is to be checked in it, and who wrote it."""

from django.db.models import QuerySet

from generation.guards.said import GuardReading
from generation.models import Candidate, Fill, Report
from generation.offline import OFFLINE_NOTICE
from generation.profiles import OFFLINE
from templates.blocks import KINDS

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


def shown_flags(fill: Fill) -> list[GuardReading]:
    """What guards found in the shown value, or could not look for; a release and an acceptance answer them.

    After an edit those whose words still stand there.
    """
    if fill.chosen is None or fill.withheld or fill.review == Fill.Review.ACCEPTED:
        return []
    flags = [one for one in fill.chosen.guard_readings if one.flagged and not one.withholds]
    if flags and fill.edit:
        block_type = KINDS[fill.kind]
        pieces = block_type.pieces(block_type.load_value(fill.edit.value))
        stand = {_fold(piece.text) for piece in pieces}
        return [one for one in flags if one.words and _fold(one.words) in stand]
    return flags


def _fold(words: str) -> str:
    return " ".join(words.split())


def shown_checks(fill: Fill) -> list[str]:
    """All that is to be checked in the shown value, one sentence each."""
    return [*shown_problems(fill), *(one.sentence for one in shown_flags(fill))]


def shown_notes(fill: Fill) -> list[str]:
    """Who wrote the value that is shown, where it was another model than the report's; nothing of an edit.

    And which checks did not run, where the template lets the text pass then.
    """
    if fill.chosen is None or fill.edit:
        return []
    return [*_writers(fill.chosen.profile, fill.report.profile), *_not_run(fill.chosen)]


def _writers(wrote: str, meant: str) -> list[str]:
    if wrote == meant:
        return []
    return [OFFLINE_NOTICE if wrote == OFFLINE else f"Written by the model “{wrote}” in place of “{meant}”."]


def _not_run(candidate: Candidate) -> list[str]:
    passed = (one for one in candidate.guard_readings if one.error and not one.flagged)
    return [f"This check did not run: {one.name}. {one.error}" for one in passed]
