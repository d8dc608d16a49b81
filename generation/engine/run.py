"""Running one fill from claim to result; every write of a result is fenced by the attempt token."""

import logging
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from celery import shared_task
from django.db import connections, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from generation.calls import Call, Cancelled, watched
from generation.engine.leases import Claim, claim_fill, held
from generation.engine.progress import Progress
from generation.engine.schedule import TASK, release_report
from generation.engine.work import Work, load_work
from generation.fill_block import Outcome, fill_block
from generation.llm import Answer
from generation.models import Candidate, Fill, Request

log = logging.getLogger(__name__)
State = Fill.State


@shared_task(name=TASK, ignore_result=True)  # type: ignore[untyped-decorator] # celery has no types
def run_fill(fill_id: int) -> None:
    """Fill one block, unless another process has it or it is finished."""
    claim = claim_fill(fill_id)
    if claim is None:
        return
    with held(claim):
        try:
            _run(claim)
        except Cancelled:
            log.info("fill %s was cancelled", claim.fill.pk)
        except Exception:
            log.exception("fill %s", claim.fill.pk)
            _fail(claim, "internal", "Fill itself failed on this block; its log has the details.")
    release_report(claim.fill.report_id)


def _run(claim: Claim) -> None:
    work = load_work(claim.fill)
    profile = work.profile
    call = Call(first_token=profile.first_token_timeout, gap=profile.gap_timeout, total=profile.total_timeout)
    writer = work.writer(call, Progress(claim))
    # The connection goes back to its pool: a call may take minutes.
    connections.close_all()
    made: list[Answer] = writer.made
    with watched(claim.attempt, call):
        try:
            outcome = fill_block(writer, work.find_problems)
        except Cancelled:
            _bill(claim, work, made)
            raise
    _finish(claim, work, outcome, made)


@transaction.atomic
def _finish(claim: Claim, work: Work, outcome: Outcome, made: list[Answer]) -> None:
    """Keep all that came of it; choose it only while the fill is still this claim's."""
    # Two attempts may finish at once: their candidates are numbered one after the other.
    Fill.objects.select_for_update().get(pk=claim.fill.pk)
    candidates = _keep_candidates(claim, work, outcome)
    _bill(claim, work, made, _owners(outcome, candidates))
    now = timezone.now()
    result: dict[str, Any] = {
        "lease_until": None,
        "attempt": None,
        "finished": now,
        "changed": now,
        "partial": "",
    }
    if outcome.chosen is not None:
        result |= {"state": State.DONE, "chosen": candidates[outcome.chosen], "error_code": "", "error": ""}
    elif outcome.failure:
        failure = outcome.failure
        result |= {"state": State.FAILED, "error_code": failure.code, "error": failure.sentence}
    if not _mine(claim).update(**result):
        log.warning("fill %s: a late result is kept and billed, not chosen", claim.fill.pk)
        Request.objects.filter(attempt=claim.attempt).update(late=True)


def _keep_candidates(claim: Claim, work: Work, outcome: Outcome) -> list[Candidate]:
    last = Candidate.objects.filter(fill_id=claim.fill.pk).aggregate(last=Max("number"))["last"] or 0
    return Candidate.objects.bulk_create(
        Candidate(
            fill_id=claim.fill.pk,
            number=number,
            value=draft.value.model_dump(mode="json"),
            problems=[*draft.problems, *work.lasting_problems],
            profile=work.profile.name,
            attempt=claim.attempt,
        )
        for number, draft in enumerate(outcome.drafts, last + 1)
    )


def _owners(outcome: Outcome, candidates: list[Candidate]) -> list[Candidate]:
    """For each call in order, the candidate it led to; calls after the last candidate led to none."""
    owners: list[Candidate] = []
    for draft, candidate in zip(outcome.drafts, candidates, strict=True):
        owners += [candidate] * (draft.calls - len(owners))
    return owners


def _bill(claim: Claim, work: Work, made: list[Answer], owners: Sequence[Candidate] = ()) -> None:
    """Keep every call that was made, whatever came of it."""
    Request.objects.bulk_create(
        Request(
            fill_id=claim.fill.pk,
            candidate=owner,
            attempt=claim.attempt,
            profile=work.profile.name,
            input_tokens=answer.input_tokens,
            cached_tokens=answer.cached_tokens,
            output_tokens=answer.output_tokens,
            seconds=answer.seconds,
            first_token_seconds=answer.first_token_seconds,
            outcome=answer.outcome,
        )
        for answer, owner in zip_longest(made, owners)
    )


def _fail(claim: Claim, code: str, sentence: str) -> None:
    now = timezone.now()
    _mine(claim).update(
        state=State.FAILED, attempt=None, finished=now, changed=now, error_code=code, error=sentence
    )


def _mine(claim: Claim) -> QuerySet[Fill]:
    return Fill.objects.filter(pk=claim.fill.pk, attempt=claim.attempt, state=State.RUNNING)
