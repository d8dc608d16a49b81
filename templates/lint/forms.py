"""Instructions that ask for another form of text than the block's kind gives."""

import re
from collections.abc import Iterator

from templates.blocks import KINDS
from templates.blocks.base import Form
from templates.lint.advice import Advice, Case
from templates.lint.form_words import ASKED, NEGATED, SHOWN

_NAMES: dict[Form, str] = {
    "prose": "running text",
    "list": "a list",
    "bullets": "bullets",
    "table": "a table",
    "choice": "a choice",
    "date": "a date",
}
# A reader takes a stop or a comma for the end of what “not” is about.
_ENDS = re.compile(r"[.;:!?,\n]")
# So many letters before a place can be about it.
_NEAR = 200


def find_other_forms(case: Case) -> Iterator[Advice]:
    """Advice at each place that asks for a form which the block does not give."""
    given = case.block.type.forms
    for form in _NAMES:
        if not given or form in given:
            continue
        for start, end in _places(case, form):
            yield Advice("other-form", _wrong(case, form), _do(form), start, end)


def _places(case: Case, form: Form) -> Iterator[tuple[int, int]]:
    for language in case.languages:
        asked = ASKED.get(language, {}).get(form)
        for found in asked.finditer(case.text) if asked else ():
            before = case.text[max(0, found.start() - _NEAR) : found.start()]
            if not is_negated(case.text, found.start()) and not SHOWN.search(before):
                yield found.span(found.lastindex or 0)


def is_negated(text: str, place: int) -> bool:
    """Whether the clause says “not” before this place."""
    clause = _ENDS.split(text[max(0, place - _NEAR) : place])[-1]
    return bool(NEGATED.search(clause))


def _wrong(case: Case, form: Form) -> str:
    own = case.block.type.name.lower()
    return f"This asks for {_NAMES[form]}, and the block is of the kind {own}."


def _do(form: Form) -> str:
    """The kind that gives this form, if there is one."""
    kinds = [kind.name.lower() for kind in KINDS.values() if form in kind.forms]
    best = next((kind.name.lower() for kind in KINDS.values() if kind.forms[:1] == (form,)), "")
    best = best or (kinds[0] if kinds else "")
    return f"Use a block of the kind {best}, or ask for what this one can give."
