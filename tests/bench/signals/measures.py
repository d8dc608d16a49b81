"""What is measured of scores against the truth, and the tables they are printed as."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]
SHORT = {"banking77": "bank", "clinc150": "clinc", "cuad_clause_type": "cuad", "sms_spam": "sms"}


@dataclass(frozen=True)
class Measured:
    """One recipe on one draw. `gap`: mean score less true share from 0.5 on (NaN: nothing scores so)."""

    f1: float
    best_f1: float
    auc: float
    ap: float
    gap: float
    ece: float
    brier: float


def measure(truth: Truth, scores: Numbers, flagged: Truth) -> Measured:
    sure = scores >= 0.5
    return Measured(
        f1=f1(truth, flagged),
        best_f1=_best_f1(truth, scores),
        auc=float(roc_auc_score(truth, scores)),
        ap=float(average_precision_score(truth, scores)),
        gap=float(scores[sure].mean() - truth[sure].mean()) if sure.any() else float("nan"),
        ece=_ece(truth, scores),
        brier=float(((scores - truth) ** 2).mean()),
    )


def f1(truth: Truth, flagged: Truth) -> float:
    return 2 * int((truth & flagged).sum()) / max(1, int(truth.sum() + flagged.sum()))


def _best_f1(truth: Truth, scores: Numbers) -> float:
    """With the threshold that somebody who knew the truth would have set."""
    found = np.cumsum(truth[np.argsort(-scores, kind="stable")])
    return float((2 * found / (np.arange(1, len(truth) + 1) + truth.sum())).max())


def _ece(truth: Truth, scores: Numbers) -> float:
    """Expected calibration error, ten bins of equal width."""
    bins = np.minimum((scores * 10).astype(int), 9)
    inside = [bins == number for number in range(10)]
    return float(sum(abs(scores[one].sum() - truth[one].sum()) for one in inside if one.any()) / len(truth))


def by_family(rows: Sequence[tuple[str, str, Measured]]) -> dict[str, list[Measured]]:
    """Each question's mean, under "all" and under its family."""
    grouped: dict[tuple[str, str], list[Measured]] = {}
    for family, label, measured in rows:
        grouped.setdefault((family, label), []).append(measured)
    means: dict[str, list[Measured]] = {"all": []}
    for (family, _), several in grouped.items():
        mean = average(several)
        means["all"].append(mean)
        means.setdefault(SHORT.get(family, family.split("_")[0]), []).append(mean)
    return means


def average(several: Sequence[Measured]) -> Measured:
    table = np.array([astuple(one) for one in several])
    kept = np.where(np.isnan(table).all(axis=0), 0, table)
    return Measured(*np.nanmean(kept, axis=0).tolist())


def spread(rows: Iterable[tuple[str, str, Measured]]) -> float:
    """The mean over questions of the standard deviation of F1 between draws."""
    grouped: dict[tuple[str, str], list[float]] = {}
    for family, label, measured in rows:
        grouped.setdefault((family, label), []).append(measured.f1)
    return float(np.mean([np.std(values) for values in grouped.values()]))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(_cell(cell) for cell in row) + " |")
    print(flush=True)


def _cell(value: object) -> str:
    return f"{value:.3f}".replace("0.", ".", 1) if isinstance(value, float) else str(value)


NAMES = [field.name for field in fields(Measured)]
