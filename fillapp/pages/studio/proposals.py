"""The parts that reports propose, as the page of an import shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from templates.blocks import KINDS
from templates.proposing import Decision, Proposal, as_what, decide

_STATIC_NAMES = {"heading": "Heading", "text": "Static text"}
_LONGEST_ORIGINAL = 600
_LINES, _COLUMNS = 6, 6


@dataclass(frozen=True)
class Choice:
    """One of the things a part can become."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class ShownProposal:
    """A part as it was proposed and decided."""

    number: int
    proposal: Proposal
    changed: Proposal
    keep: bool

    @property
    def what(self) -> str:
        """What it is now among static parts and kinds."""
        return as_what(self.changed)

    @property
    def name(self) -> str:
        """The same in words."""
        return _STATIC_NAMES.get(self.what) or KINDS[self.what].name

    @property
    def title(self) -> str:
        """What it is called in a list."""
        return self.changed.text or self.changed.subject or "Without a heading"

    @property
    def reason(self) -> str:
        """Why it was proposed, as a sentence."""
        return f"{self.proposal.reason[:1].upper()}{self.proposal.reason[1:]}."

    @property
    def original(self) -> str:
        """The beginning of the passage it was proposed from."""
        text = self.proposal.original
        if self.proposal.what == "text" or not text:
            return ""
        lines = text.split("\n")
        short = "\n".join(lines[:_LINES])[:_LONGEST_ORIGINAL].rstrip()
        return f"{short} …" if len(short) < len(text.rstrip()) else short

    @property
    def rows(self) -> list[list[str]]:
        """The same, where it was a table."""
        rows = [line.split(" | ") for line in self.proposal.original.split("\n")[:_LINES]]
        same = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
        return [row[:_COLUMNS] for row in rows] if same and self.proposal.what == "block" else []

    @property
    def is_block(self) -> bool:
        """Whether it is filled in each report anew."""
        return self.changed.what == "block"

    @property
    def is_changed(self) -> bool:
        """Whether it is no more as it was proposed."""
        return self.changed != self.proposal

    @property
    def level(self) -> int:
        """How deep its heading stands, as far as is shown."""
        return min(max(self.changed.level, 1), 4)

    @property
    def choices(self) -> list[Choice]:
        """What it can become."""
        names = {**_STATIC_NAMES, **{kind: block_type.name for kind, block_type in KINDS.items()}}
        return [Choice(value, name, value == self.what) for value, name in names.items()]


@dataclass(frozen=True)
class Counts:
    """How many blocks, static parts and dropped parts there are."""

    blocks: int
    statics: int
    dropped: int

    @property
    def calls(self) -> str:
        """What it takes to ask the model once for each block."""
        return f"{self.blocks} call{'s' * (self.blocks != 1)}"


def show_proposals(proposals: Sequence[Proposal], decisions: Mapping[str, Decision]) -> list[ShownProposal]:
    """Each proposal with what was decided on it."""
    shown = []
    for number, proposal in enumerate(proposals):
        decision = decisions.get(str(number), Decision())
        shown.append(ShownProposal(number, proposal, decide(proposal, decision), decision.keep))
    return shown


def show_counts(shown: Sequence[ShownProposal]) -> Counts:
    """What the template would have."""
    kept = [one for one in shown if one.keep]
    blocks = sum(one.is_block for one in kept)
    return Counts(blocks, len(kept) - blocks, len(shown) - len(kept))
