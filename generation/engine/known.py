"""Known answers: what a model wrote in a preview is not asked for again as long as nothing is another."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from generation.answers import Answer
from generation.engine.work import Work
from generation.guards.said import GuardReading
from generation.models import CachedAnswer, Candidate, Fill

# What nobody has looked at for so long is forgotten.
KEPT = timedelta(days=30)
_FIGURES = ("input_tokens", "cached_tokens", "output_tokens", "cost", "seconds")


def remember(work: Work, candidate: Candidate, made: Sequence[Answer]) -> None:
    """Keep what was just written, unless another model did than the one that was meant."""
    if candidate.profile != work.profile.name:
        return
    figures = {name: sum(getattr(answer, name) for answer in made) for name in _FIGURES}
    answer = CachedAnswer(
        asked=work.asked,
        value=candidate.value,
        problems=candidate.problems,
        profile=candidate.profile,
        **figures,
    )
    fields = ["value", "problems", "profile", *_FIGURES, "created", "used"]
    CachedAnswer.objects.bulk_create(
        [answer], update_conflicts=True, unique_fields=["asked"], update_fields=fields
    )


def find_known(asked: Collection[str]) -> dict[str, CachedAnswer]:
    """The known answers to what is asked, by its hash; they are kept for longer."""
    known = {one.asked: one for one in CachedAnswer.objects.filter(asked__in=asked)}
    if known:
        CachedAnswer.objects.filter(asked__in=known).update(used=timezone.now())
    return known


@dataclass(frozen=True)
class Known:
    """An answer from before, with what the guards of today say of it."""

    work: Work
    answer: CachedAnswer
    readings: tuple[GuardReading, ...] = ()


def read_known(work: Work, answer: CachedAnswer, *, with_slow: bool) -> Known:
    """An answer from before as the guards read it; those that ask a model only `with_slow`."""
    if work.watch is None:
        return Known(work, answer)
    value = work.block.type.load_value(answer.value)
    return Known(work, answer, tuple(work.watch.read(work.block, value, with_slow=with_slow)))


def keep_known(answers: Sequence[tuple[int, Known]]) -> list[Candidate]:
    """A candidate for each fill, by its id, with the answer that is known; none is chosen yet."""
    last = dict(
        Candidate.objects.filter(fill__in=[pk for pk, _ in answers])
        .order_by()
        .values_list("fill")
        .annotate(last=Max("number"))
    )
    return Candidate.objects.bulk_create(
        Candidate(
            fill_id=pk,
            number=last.get(pk, 0) + 1,
            value=known.answer.value,
            problems=known.answer.problems,
            readings=[one.to_json() for one in known.readings],
            read_by=known.work.watch.read_by if known.work.watch else "",
            withheld=any(one.withholds for one in known.readings),
            profile=known.answer.profile,
            attempt=uuid.uuid4(),
            own=known.work.own,
            asked=known.answer.asked,
            from_cache=True,
        )
        for pk, known in answers
    )


def forget_unused() -> int:
    """Forget what nobody has looked at for `KEPT`; how many answers that were."""
    return CachedAnswer.objects.filter(used__lt=timezone.now() - KEPT).delete()[0]


def choose_known(fill: Fill, candidate: Candidate) -> None:
    """Let a known answer stand in a fill; whoever is writing it is not heard any more."""
    now = timezone.now()
    fill.chosen, fill.edit, fill.offered = candidate, None, []
    fill.state, fill.error_code, fill.error = Fill.State.DONE, "", ""
    fill.withheld = candidate.withheld
    fill.attempt = fill.lease_until = None
    fill.partial = fill.asked = fill.note = fill.fits = ""
    fill.wanted, fill.asked_by = 1, None
    fill.stale, fill.review = False, Fill.Review.NOT_YET
    fill.revision += 1
    fill.started = fill.started or now
    fill.finished = fill.changed = now
