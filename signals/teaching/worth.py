"""What a signal is worth, by its own examples: kept with it, so that lists need not ask again."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from signals.learning.assess import Assessment, Figure, Obstacle
from signals.models import Signal


class Share(BaseModel):
    """A share with its 90 % interval, all in 0…1."""

    model_config = ConfigDict(frozen=True)

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, figure: Figure | None) -> Self | None:
        """The same as `learning` says it."""
        return cls(value=figure.value, low=figure.low, high=figure.high) if figure else None


class Worth(BaseModel):
    """Cross-validated figures, and whether the question can be learnt; `sentence` says why not.

    `made_by` is that of the signal whose figures these are.
    """

    model_config = ConfigDict(frozen=True)

    precision: Share | None = None
    recall: Share | None = None
    f1: Share | None = None
    learnable: bool = False
    obstacle: Obstacle = "too_few"
    sentence: str = ""
    # Hashes of a yes and of a no that say the same, or nearly so.
    contradictions: tuple[tuple[str, str], ...] = ()
    made_by: str = ""

    @classmethod
    def of(cls, assessment: Assessment, yes: Sequence[str], no: Sequence[str], made_by: str) -> Self:
        """What is kept of an assessment of examples with these hashes."""
        verdict = assessment.verdict
        return cls(
            precision=Share.of(assessment.precision),
            recall=Share.of(assessment.recall),
            f1=Share.of(assessment.f1),
            learnable=verdict.learnable,
            obstacle=verdict.obstacle,
            sentence=verdict.sentence,
            contradictions=tuple((yes[one], no[other]) for one, other in verdict.contradictions),
            made_by=made_by,
        )


def worth_of(signal: Signal) -> Worth | None:
    """What its examples said of it when they were last asked; None when nobody did."""
    return Worth.model_validate(signal.worth) if signal.worth else None
