"""Advice on the instructions of a template's blocks: what is hardly meant so, where it stands, what to do."""

from collections.abc import Callable, Iterator

from templates.body import TemplateBody
from templates.lint.advice import Advice, Case
from templates.lint.documents import find_unknown_documents
from templates.lint.empty import find_empty
from templates.lint.forms import find_other_forms
from templates.lint.limits import find_broken_limits
from templates.lint.names import find_unknown_columns, find_unknown_options
from templates.lint.references import find_unread_blocks
from templates.lint.repeats import find_repeats

__all__ = ["Advice", "lint_block", "lint_body"]

_RULES: tuple[Callable[[Case], Iterator[Advice]], ...] = (
    find_empty,
    find_other_forms,
    find_unknown_columns,
    find_unknown_options,
    find_broken_limits,
    find_unread_blocks,
    find_unknown_documents,
    find_repeats,
)


def lint_block(body: TemplateBody, key: str) -> list[Advice]:
    """Advice on one block, in the order of its instructions. Raises `KeyError`."""
    case = Case(body, body.block(key))
    return sorted((one for rule in _RULES for one in rule(case)), key=lambda one: (one.field, one.start))


def lint_body(body: TemplateBody) -> dict[str, list[Advice]]:
    """Advice on every block that needs some, by its key."""
    found = {block.block: lint_block(body, block.block) for block in body.fillable}
    return {key: advice for key, advice in found.items() if advice}
