"""Proposes a template from existing reports: what stands in all is static, what differs becomes blocks."""

from templates.proposing.body import block_passages, block_values, make_body
from templates.proposing.decide import STATICS, Decision, apply_decisions, as_what, decide
from templates.proposing.propose import MOST_REPORTS, propose_template
from templates.proposing.refit import refit
from templates.proposing.values import Proposal, Proposed

__all__ = [
    "MOST_REPORTS",
    "STATICS",
    "Decision",
    "Proposal",
    "Proposed",
    "apply_decisions",
    "as_what",
    "block_passages",
    "block_values",
    "decide",
    "make_body",
    "propose_template",
    "refit",
]
