"""What a person decides on each proposal, and what is left of all when it is applied."""

from collections.abc import Iterator, Mapping, Sequence

from templates.blocks import KINDS
from templates.blocks.base import Strict
from templates.proposing.refit import refit
from templates.proposing.values import Proposal

STATICS = ("heading", "text")


class Decision(Strict):
    """Kept or dropped; what it becomes (a static part or a kind), and words that are not as proposed."""

    keep: bool = True
    become: str = ""
    text: str | None = None
    instructions: str | None = None


def decide(proposal: Proposal, decision: Decision) -> Proposal:
    """The proposal as it was changed, kept or not."""
    become = decision.become or as_what(proposal)
    changed = proposal
    if become in KINDS:
        changed = refit(proposal, become)
    elif become in STATICS and become != proposal.what:
        changed = _make_static(proposal, become)
    said = {"text": decision.text, "instructions": decision.instructions}
    return changed.model_copy(update={name: words for name, words in said.items() if words is not None})


def apply_decisions(proposals: Sequence[Proposal], decisions: Mapping[str, Decision]) -> list[Proposal]:
    """The proposals that are kept, changed; decisions by number of the proposal, as text."""
    return list(_apply(proposals, decisions))


def as_what(proposal: Proposal) -> str:
    """What it is among the static parts and the kinds."""
    return proposal.kind if proposal.what == "block" else proposal.what


def _apply(proposals: Sequence[Proposal], decisions: Mapping[str, Decision]) -> Iterator[Proposal]:
    for number, proposal in enumerate(proposals):
        decision = decisions.get(str(number), Decision())
        changed = decide(proposal, decision)
        if not decision.keep or (changed.what != "block" and not changed.text.strip()):
            continue
        if proposal.what == "block" and proposal.text and changed.what == "text":
            # The heading stays over the text that is now static.
            yield _make_static(proposal, "heading")
        yield changed


def _make_static(proposal: Proposal, become: str) -> Proposal:
    text = proposal.text if become == "heading" else proposal.original
    text = text or proposal.original or proposal.subject
    if become == "heading":
        text = " ".join(text.split())[:200]
    return Proposal(
        what="heading" if become == "heading" else "text",
        text=text,
        level=proposal.level,
        reason=proposal.reason,
        original=proposal.original,
        subject=proposal.subject,
    )
