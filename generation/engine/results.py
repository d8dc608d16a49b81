"""Writing what came of a fill: all is kept and billed, and chosen only while the claim still holds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from django.db import connection, transaction

from generation.answers import Answer
from generation.engine.known import find_known, keep_known, read_known, remember
from generation.engine.leases import Claim
from generation.engine.problems import find_lasting_problems, fold
from generation.engine.statements import count_candidates, finish_fill, insert_rows, lock_fill
from generation.engine.work import Work
from generation.fill_block import Failure, Outcome
from generation.guards.said import rank
from generation.guards.watch import count_tries
from generation.locking import lock_report
from generation.models import Candidate, Fill, Request
from generation.models.fills import CHECK
from generation.stale import mark_readers_stale, tell_waiting_readers

log = logging.getLogger(__name__)
_ALL_WITHHELD = (
    "Every new version is withheld, so what stood here stays. Write it again, or write it yourself."
)


@dataclass
class Writing:
    """One version being written: what came of it, and the calls that were made for it, and to check it."""

    outcome: Outcome = field(default_factory=Outcome)
    made: list[Answer] = field(default_factory=list)
    checks: list[Answer] = field(default_factory=list)


@transaction.atomic
def keep_result(claim: Claim, work: Work, writings: Sequence[Writing]) -> bool:
    """Keep every draft and call; whether the fill was still this claim's to finish."""
    if claim.fill.has_value:
        # What reads it is marked stale.
        lock_report(claim.fill.report.pk)
    # Two attempts may finish at once: their candidates are numbered one after the other.
    if not lock_fill(claim.fill.pk):
        return False  # The report was deleted meanwhile.
    # By what they say: a choice between two that say the same is none.
    best: dict[str, Candidate] = {}
    for writing in writings:
        candidates = _keep_candidates(claim, work, writing.outcome)
        _bill(claim, writing, candidates)
        if (chosen := writing.outcome.chosen) is not None:
            best.setdefault(fold(work, writing.outcome.drafts[chosen].value), candidates[chosen])
    if best:
        if work.is_preview:
            _remember(work, writings, list(best.values()))
        if _finish(claim, work, list(best.values())):
            return True
    elif (failure := _first_failure(writings)) and fail_fill(claim, failure):
        return True
    log.info("fill %s: a late or cancelled result is kept and billed, not chosen", claim.fill.pk)
    Request.objects.filter(attempt=claim.attempt).update(late=True)
    return False


def take_known(claim: Claim, work: Work) -> bool | None:
    """Let a known answer to what would be asked stand; whether the fill was still this claim's to finish.

    None when there is no such answer.
    """
    Fill.objects.filter(pk=claim.fill.pk, attempt=claim.attempt).update(asked=work.asked)
    answer = find_known([work.asked]).get(work.asked)
    if answer is None:
        return None
    known = read_known(work, answer, with_slow=True)
    with transaction.atomic():
        lock_report(claim.fill.report.pk)
        return lock_fill(claim.fill.pk) and _finish(claim, work, keep_known([(claim.fill.pk, known)]))


def fail_fill(claim: Claim, failure: Failure) -> bool:
    """Say why there is no value; one that stood there stays. Whether the fill was still this claim's."""
    state = Fill.State.DONE if claim.fill.has_value else Fill.State.FAILED
    failed = {"state": state, "error_code": failure.code, "error": failure.sentence}
    return finish_fill(claim.fill.pk, claim.attempt, failed, new_value=False)


def _finish(claim: Claim, work: Work, best: Sequence[Candidate]) -> bool:
    """Choose the best candidate, or offer them where somebody wants to choose; none that is withheld."""
    fill, done = claim.fill, {"state": "done", "error_code": "", "error": ""}
    if fill.has_value and work.wanted > 1:
        shown = [one.number for one in best if not one.withheld]
        offered = Fill._meta.get_field("offered")
        done["offered"] = offered.get_db_prep_save(shown, connection)
        failed = {} if shown else {"error_code": "withheld", "error": _ALL_WITHHELD}
        return finish_fill(fill.pk, claim.attempt, done | failed, new_value=False)
    chosen = _best_of(best)
    values = done | {"chosen_id": chosen.pk, "stale": work.stale, "withheld": chosen.withheld}
    is_mine = finish_fill(fill.pk, claim.attempt, values, new_value=True)
    if is_mine and chosen.withheld:
        tell_waiting_readers(fill.report.pk, work.shared.body, fill.block)
    if is_mine and fill.has_value:
        mark_readers_stale(fill.report.pk, work.shared.body, {fill.block})
    return is_mine


def _best_of(candidates: Sequence[Candidate]) -> Candidate:
    return min(candidates, key=lambda one: rank(one.problems, one.guard_readings))


def _remember(work: Work, writings: Sequence[Writing], best: Sequence[Candidate]) -> None:
    """What was asked for once is known, whether anybody still waits for it or not."""
    if len(writings) == 1:
        remember(work, _best_of(best), writings[0].made)


def _first_failure(writings: Sequence[Writing]) -> Failure | None:
    return next((writing.outcome.failure for writing in writings if writing.outcome.failure), None)


def _keep_candidates(claim: Claim, work: Work, outcome: Outcome) -> list[Candidate]:
    last = count_candidates(claim.fill.pk) if outcome.drafts else 0
    drafts = len(outcome.drafts)
    candidates = [
        Candidate(
            fill_id=claim.fill.pk,
            number=number,
            value=draft.value.model_dump(mode="json"),
            problems=[*draft.problems, *find_lasting_problems(work, draft.value)],
            readings=[one.to_json() for one in count_tries(draft.readings, drafts)],
            read_by=work.watch.read_by if work.watch and work.is_preview else "",
            withheld=any(one.withholds for one in draft.readings),
            profile=draft.profile,
            attempt=claim.attempt,
            own=work.own if work.is_preview else "",
            asked=work.asked if work.is_preview else "",
            note=claim.fill.note,
            asked_by_id=claim.fill.asked_by_id,
        )
        for number, draft in enumerate(outcome.drafts, last + 1)
    ]
    insert_rows(candidates)
    return candidates


def _bill(claim: Claim, writing: Writing, candidates: Sequence[Candidate]) -> None:
    written = zip_longest(writing.made, _owners(writing.outcome, candidates))
    requests = [_request(claim, answer, owner, answer.outcome) for answer, owner in written]
    requests += [_request(claim, answer, None, f"{CHECK} {answer.outcome}") for answer in writing.checks]
    insert_rows(requests)


def _request(claim: Claim, answer: Answer, candidate: Candidate | None, outcome: str) -> Request:
    return Request(
        fill_id=claim.fill.pk,
        candidate=candidate,
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
        outcome=outcome,
    )


def _owners(outcome: Outcome, candidates: Sequence[Candidate]) -> list[Candidate]:
    """For each call in order, the candidate it led to; calls after the last candidate led to none."""
    owners: list[Candidate] = []
    for draft, candidate in zip(outcome.drafts, candidates, strict=True):
        owners += [candidate] * (draft.calls - len(owners))
    return owners
