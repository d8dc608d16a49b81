"""Checking a finished trial: every expectation of its case, on what its report says."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from generation.flags import load_fills
from generation.models import Expectation, Fill, Trial, VerdictRow
from generation.profiles import ModelProfile, UnknownProfile, find_profile
from generation.proving.expectations import EXPECTATIONS, Verdict
from generation.proving.expecting import settings_of
from generation.proving.judge import Judgement, judge
from generation.writers import BAD_ANSWERS
from templates.blocks.base import UnreadableAnswer
from templates.body import TemplateBody

log = logging.getLogger(__name__)
# A judge has ten minutes at most for one statement; whoever checks holds the trial for longer than that.
HELD = timedelta(minutes=15)


@dataclass(frozen=True)
class Checking:
    """A trial that is held, and all that is needed to check it without the database."""

    trial: Trial
    body: TemplateBody
    profile: ModelProfile | None
    fills: Mapping[str, Fill]
    expectations: Sequence[Expectation]


def hold_trial(report_id: int) -> Checking | None:
    """The trial of a finished report, for this process alone; None when there is nothing to check."""
    ready = Trial.objects.filter(report=report_id, report__finished__isnull=False, run__finished=None)
    trial = ready.select_related("run", "report__snapshot").first()
    if trial is None or trial.report is None:
        return None
    # By its own columns alone: PostgreSQL looks at these once more when somebody else was quicker.
    now = timezone.now()
    free = Trial.objects.filter(Q(held_until=None) | Q(held_until__lt=now), pk=trial.pk, checked=None)
    if not free.update(held_until=now + HELD):
        return None
    report = trial.report
    try:
        profile = find_profile(report.profile)
    except UnknownProfile:
        profile = None
    expectations = list(trial.run.expectations.filter(case=trial.case_id))
    return Checking(trial, report.snapshot.parsed, profile, load_fills(report), expectations)


def check_all(
    checking: Checking, before_asking: Callable[[], None] = lambda: None
) -> list[tuple[Expectation, Judgement]]:
    """What is found on each expectation. The judge is asked here; `before_asking` is called each time."""
    return [(one, _check(checking, one, before_asking)) for one in checking.expectations]


def go_on_holding(checking: Checking) -> None:
    """Hold the trial for as long again."""
    Trial.objects.filter(pk=checking.trial.pk, checked=None).update(held_until=timezone.now() + HELD)


@transaction.atomic
def keep_verdicts(checking: Checking, found: Sequence[tuple[Expectation, Judgement]]) -> None:
    """Keep what was found, unless somebody else has checked the trial, or the run was cancelled."""
    trial = Trial.objects.select_for_update().filter(pk=checking.trial.pk, checked=None).first()
    if trial is None:
        return
    VerdictRow.objects.bulk_create(
        VerdictRow(
            trial=trial,
            expectation=expectation,
            passed=judgement.verdict.passed,
            reason=judgement.verdict.reason,
            cost=judgement.cost,
            calls=judgement.calls,
        )
        for expectation, judgement in found
    )
    trial.checked = timezone.now()
    trial.save(update_fields=["checked"])


def _check(checking: Checking, expectation: Expectation, before_asking: Callable[[], None]) -> Judgement:
    try:
        text = _find_text(checking, expectation)
        if isinstance(text, Verdict):
            return Judgement(text)
        before_asking()
        question = EXPECTATIONS[expectation.kind].question(settings_of(expectation))
        return _ask(checking, text, question)
    except Exception:
        # One that cannot be checked keeps neither the others from it nor the run from its end.
        log.exception("checking %s", expectation)
        return Judgement(Verdict(None, "Fill itself failed to check this; its log has the details."))


def _find_text(checking: Checking, expectation: Expectation) -> Verdict | str:
    """The verdict where no judge is needed, else the text that a judge is to see."""
    try:
        block = checking.body.block(expectation.block)
    except KeyError:
        return Verdict(None, f"This template has no block “{expectation.block}”.")
    kind = EXPECTATIONS[expectation.kind]
    if not kind.fits(block):
        return Verdict(None, f"A block of the kind “{block.type.name}” cannot be checked for this.")
    fill = checking.fills.get(expectation.block)
    if fill is None or fill.current_value is None or fill.withheld:
        return _not_filled(fill)
    try:
        value = block.type.load_value(fill.current_value)
    except UnreadableAnswer as error:
        return Verdict(None, f"What stands in the block cannot be read: {error}")
    settings = settings_of(expectation)
    return block.type.text(value) if kind.question(settings) else kind.check(block, value, settings)


def _not_filled(fill: Fill | None) -> Verdict:
    """An answer of no use is the template's failure; that there was no answer says nothing about it."""
    if fill and fill.withheld:
        return Verdict(None, "The block is withheld by a guard; nobody has released it.")
    passed = False if fill and fill.error_code in BAD_ANSWERS else None
    return Verdict(passed, f"The block was not filled. {fill.error if fill else ''}".strip())


def _ask(checking: Checking, text: str, question: str) -> Judgement:
    if checking.profile is None:
        return Judgement(Verdict(None, "It could not be judged: its model is not known here any more."))
    return judge(checking.profile, text, question, judging(checking.trial.run_id))


def judging(run_id: int) -> tuple[str, int]:
    """The key of a run's calls of the judge."""
    return "judging", run_id
