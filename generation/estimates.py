"""How long filling takes, told from the reports that were filled before."""

from collections.abc import Iterable, Mapping
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from generation.models import Fill, Report
from generation.models.fills import UNFINISHED
from templates.models import ReportTemplate, Snapshot

# Of each template so many reports, the newest: models and templates change.
_LAST = 20


def estimate_seconds(of: ReportTemplate | Snapshot, profile: str) -> float | None:
    """How long a report usually takes with this model profile; None where none was filled yet."""
    field = "template" if isinstance(of, ReportTemplate) else "snapshot"
    return _estimate(field, [of.pk], profile).get(of.pk)


def estimate_templates(templates: Iterable[int], profile: str) -> dict[int, float]:
    """`estimate_seconds` for templates by their ids, in one query; those never filled are not in it."""
    return _estimate("template", templates, profile)


def usual_seconds(report: Report) -> dict[str, float]:
    """For each block, how long after the start of earlier reports of this template it was there."""
    if report.template_id is None:
        return {}
    past = _finished(report.profile).filter(template=report.template_id).order_by("-finished")[:_LAST]
    rows = Fill.objects.filter(report__in=past.values("pk")).order_by()
    seconds: dict[str, list[float]] = {}
    for block, started, finished in rows.values_list("block", "report__started", "finished"):
        if started and finished:
            seconds.setdefault(block, []).append((finished - started).total_seconds())
    return {block: median(each) for block, each in seconds.items()}


def seconds_left(report: Report, fills: Iterable[Fill], usual: Mapping[str, float]) -> float | None:
    """How long until the last of the report's `fills` is written, at least 1; None where nothing tells.

    Of the blocks that are missing, the one that is `usual`ly the last counts.
    """
    missing = [usual[fill.block] for fill in fills if fill.state in UNFINISHED and fill.block in usual]
    if not missing or report.started is None:
        return None
    elapsed = (timezone.now() - report.started).total_seconds()
    return max(1.0, max(missing) - elapsed)


def say_seconds(seconds: float) -> str:
    """A stretch of time as one would say it: “under a minute”, “about 2 minutes”, “about an hour”."""
    minutes = round(seconds / 60)
    if seconds < 55:
        return "under a minute"
    if minutes < 55:
        return "about a minute" if minutes <= 1 else f"about {minutes} minutes"
    hours = round(seconds / 3600)
    return "about an hour" if hours <= 1 else f"about {hours} hours"


def _estimate(field: str, pks: Iterable[int], profile: str) -> dict[int, float]:
    newest_first = Window(RowNumber(), partition_by=F(field), order_by=F("finished").desc())
    last = _finished(profile).filter(**{f"{field}__in": list(pks)}).alias(number=newest_first)
    rows = last.filter(number__lte=_LAST).order_by().values_list(field, "started", "finished")
    durations: dict[int, list[float]] = {}
    for pk, started, finished in rows:
        durations.setdefault(pk, []).append((finished - started).total_seconds())
    return {pk: median(each) for pk, each in durations.items()}


def _finished(profile: str) -> QuerySet[Report]:
    """Cases that were written in one go: where a part failed or was written again, times say nothing."""
    own = Fill.objects.filter(report=OuterRef("pk")).order_by()
    odd = own.filter(~Q(state=Fill.State.DONE) | Q(finished=None) | Q(finished__lt=OuterRef("started")))
    return Report.objects.filter(
        ~Exists(odd),
        Exists(own),
        purpose=Report.Purpose.CASE,
        profile=profile,
        started__isnull=False,
        finished__isnull=False,
    )
