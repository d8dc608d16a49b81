"""Templates to take advice on: one block in its template, whatever it asks for."""

from typing import Any

from templates.body import TemplateBody, read_body
from templates.lint import Advice, lint_block

_DOCUMENTS = [{"key": "transcript", "name": "Transcript"}, {"key": "ledger", "name": "Ledger of costs"}]
SETTINGS: dict[str, dict[str, Any]] = {
    "long_text": {"min_words": 80, "max_words": 150},
    "bullets": {"min_items": 2, "max_items": 4, "max_words": 25},
    "table": {
        "columns": [{"name": "Action"}, {"name": "Owner"}, {"name": "Due date", "type": "date"}],
        "max_rows": 8,
    },
    "selection": {"options": ["Approved", "Rejected", "Deferred"], "fallback": "Not stated"},
    "date_or_duration": {},
}
_OTHERS: list[dict[str, Any]] = [
    {"heading": "Minutes"},
    {
        "block": "summary",
        "kind": "long_text",
        "title": "Summary",
        "instructions": "What the committee discussed and decided, for a member who was not there.",
    },
    {
        "block": "costs",
        "kind": "table",
        "title": "Costs",
        "instructions": "Every cost in the ledger, in its order.",
        "settings": {"columns": [{"name": "Item"}, {"name": "Amount", "type": "money"}]},
    },
]


def make_template(kind: str, instructions: str, **more: Any) -> TemplateBody:
    """A template of three blocks, the last of which, “mine”, has these instructions."""
    language = more.pop("language", "en")
    mine = {
        "block": "mine",
        "kind": kind,
        "title": "Mine",
        "instructions": instructions,
        "settings": SETTINGS[kind],
    }
    body = {"name": "Minutes", "language": language, "documents": _DOCUMENTS}
    return read_body(body | {"blocks": [*_OTHERS, mine | more]})


def advise(kind: str, instructions: str, **more: Any) -> list[Advice]:
    """Advice on a block with these instructions."""
    return lint_block(make_template(kind, instructions, **more), "mine")


def marked(kind: str, instructions: str, **more: Any) -> list[tuple[str, str]]:
    """The code and the marked words of each piece of advice."""
    return [(one.code, instructions[one.start : one.end]) for one in advise(kind, instructions, **more)]
