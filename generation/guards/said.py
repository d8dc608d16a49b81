"""What a guard said of one draft: kept with the candidate, told to the model, shown to the reviewer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

# Of the words that drove it, for a page and a prompt.
_LONGEST_WORDS = 300
_PUBLIC = ("signal", "score", "flagged", "piece", "action", "error")


@dataclass(frozen=True)
class GuardReading:
    """One guard on one draft.

    `score` from 0 to 1, None where the check did not run; `error` says why. `flagged`: it fires, or did not
    run and the template wants that to count. `piece` is the address of what drove it, `words` what stands
    there; both are empty for the whole text. `tries`: how often the block was written to be rid of it.
    """

    signal: str
    title: str
    score: float | None
    flagged: bool
    piece: str
    action: str
    error: str = ""
    reason: str = ""
    words: str = ""
    threshold: float = 0.5
    made_by: str = ""
    tries: int = 1
    # How many it may be written anew for.
    max_tries: int = 0

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` gave, also by an earlier or a later version of Fill."""
        known = {one.name for one in fields(cls)}
        said = {"signal": "", "title": "", "score": None, "flagged": False, "piece": "", "action": "flag"}
        return cls(**(said | {key: value for key, value in data.items() if key in known}))

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @property
    def public(self) -> dict[str, Any]:
        """As the result file shows it."""
        return {name: getattr(self, name) for name in _PUBLIC}

    @property
    def name(self) -> str:
        """What people call the check."""
        return self.title or self.signal

    @property
    def resamples(self) -> bool:
        """Whether the block is to be written anew: not because a check did not run."""
        return self.action == "resample" and self.flagged and not self.error

    @property
    def withholds(self) -> bool:
        """Whether the text is to be kept out of sight."""
        return self.action == "withhold" and self.flagged

    @property
    def quoted(self) -> str:
        """The words that drove it, cut to what fits into a sentence; empty for the whole text."""
        cut = self.words if len(self.words) <= _LONGEST_WORDS else f"{self.words[:_LONGEST_WORDS].rstrip()}…"
        return " ".join(cut.split())

    @property
    def for_model(self) -> str:
        """What a model is told that is to write without it."""
        what = f"Say nothing like “{self.quoted}”." if self.quoted else "Write something else."
        why = f" Why: {self.reason}" if self.reason else ""
        return f"{what} The check “{self.name}” refuses it, whatever the instructions ask for.{why}"

    @property
    def why(self) -> str:
        """One sentence or two beside the name of the check: what it found, or why it did not run."""
        if self.error:
            return f"This check did not run. {self.error}"
        tried = f" Written {self.tries} times to be rid of it." if self.tries > 1 else ""
        return f"{self.reason}{tried}".strip()

    @property
    def sentence(self) -> str:
        """All of it, for a file."""
        about = f" “{self.quoted}”" if self.quoted else ""
        place = f" ({self.piece})" if self.quoted and self.piece else ""
        words = f"{self.name}:{about}{place}" if about else f"{self.name}."
        return f"{words} {self.why}".strip()


def rank(problems: Sequence[str], readings: Sequence[GuardReading]) -> tuple[int, int, float]:
    """The smaller the better: fewest problems, then fewest guards that fire, then the lowest score."""
    firing = [one for one in readings if one.flagged]
    return len(problems), len(firing), max((one.score or 0 for one in firing), default=0)
