"""Writing what came of a fill: all is kept and billed, and chosen only while the claim still holds."""

import logging
from collections.abc import Sequence
from itertools import zip_longest

from django.db import transaction

from generation.answers import Answer
from generation.engine.leases import Claim
from generation.engine.statements import count_candidates, finish_fill, insert_rows, lock_fill
from generation.engine.work import Work
from generation.fill_block import Failure, Outcome
from generation.models import Candidate, Request

log = logging.getLogger(__name__)


@transaction.atomic
def keep_result(claim: Claim, work: Work, outcome: Outcome, made: list[Answer]) -> bool:
    """Keep every draft and call; whether the fill was still this claim's to finish."""
    # Two attempts may finish at once: their candidates are numbered one after the other.
    if not lock_fill(claim.fill.pk):
        return False  # The report was deleted meanwhile.
    candidates = _keep_candidates(claim, work, outcome)
    _bill(claim, made, _owners(outcome, candidates))
    if outcome.chosen is not None:
        chosen = candidates[outcome.chosen]
        done = {"state": "done", "chosen_id": chosen.pk, "error_code": "", "error": "", "stale": work.stale}
        if finish_fill(claim.fill.pk, claim.attempt, done):
            return True
    elif outcome.failure and fail_fill(claim, outcome.failure):
        return True
    log.info("fill %s: a late or cancelled result is kept and billed, not chosen", claim.fill.pk)
    Request.objects.filter(attempt=claim.attempt).update(late=True)
    return False


def fail_fill(claim: Claim, failure: Failure) -> bool:
    """Say why there is no value; whether the fill was still this claim's."""
    failed = {"state": "failed", "error_code": failure.code, "error": failure.sentence}
    return finish_fill(claim.fill.pk, claim.attempt, failed)


def _keep_candidates(claim: Claim, work: Work, outcome: Outcome) -> list[Candidate]:
    last = count_candidates(claim.fill.pk) if outcome.drafts else 0
    candidates = [
        Candidate(
            fill_id=claim.fill.pk,
            number=number,
            value=draft.value.model_dump(mode="json"),
            problems=[*draft.problems, *work.lasting_problems],
            profile=draft.profile,
            attempt=claim.attempt,
        )
        for number, draft in enumerate(outcome.drafts, last + 1)
    ]
    insert_rows(candidates)
    return candidates


def _owners(outcome: Outcome, candidates: list[Candidate]) -> list[Candidate]:
    """For each call in order, the candidate it led to; calls after the last candidate led to none."""
    owners: list[Candidate] = []
    for draft, candidate in zip(outcome.drafts, candidates, strict=True):
        owners += [candidate] * (draft.calls - len(owners))
    return owners


def _bill(claim: Claim, made: list[Answer], owners: Sequence[Candidate]) -> None:
    requests = [
        Request(
            fill_id=claim.fill.pk,
            candidate=owner,
            attempt=claim.attempt,
            profile=answer.profile,
            model=answer.model,
            input_tokens=answer.input_tokens,
            cached_tokens=answer.cached_tokens,
            cache_write_tokens=answer.cache_write_tokens,
            output_tokens=answer.output_tokens,
            cost=answer.cost,
            seconds=answer.seconds,
            first_token_seconds=answer.first_token_seconds,
            outcome=answer.outcome,
        )
        for answer, owner in zip_longest(made, owners)
    ]
    insert_rows(requests)
