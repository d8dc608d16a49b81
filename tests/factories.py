"""Small things to test with, made through the product's own functions."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from generation.calls import Call
from generation.llm import ModelRequest
from generation.models import Candidate, Document, Fill, Report
from generation.profiles import ModelProfile
from generation.reports import create_report
from generation.uploads import store_document
from templates.body import TemplateBody, read_body
from templates.models import Snapshot, take_snapshot

OWN_PART = "Now write only the part"
"""Where the part of a prompt begins that is the block's own."""

TRANSCRIPT = (
    "The committee met on 3 March 2026. Ann agreed to ask for a second roof quote of 1,200 euros.\n"
    "Nobody objected to deferring the lease until the summer meeting.\n"
)

BLOCKS: list[dict[str, Any]] = [
    {"heading": "Minutes"},
    {"text": "Drafted from the transcript."},
    {
        "block": "summary",
        "kind": "long_text",
        "title": "Summary",
        "instructions": "What was discussed.",
        "settings": {"max_words": 60},
    },
    {
        "block": "actions",
        "kind": "table",
        "title": "Actions",
        "instructions": "Every action agreed.",
        "settings": {"columns": [{"name": "Action"}, {"name": "Cost", "type": "money"}]},
    },
    {"block": "risks", "kind": "bullets", "title": "Risks", "settings": {"max_items": 3}},
    {
        "block": "outcome",
        "kind": "selection",
        "title": "Outcome",
        "settings": {"options": ["Approved", "Deferred"], "fallback": "Not stated"},
    },
]

VALUES: dict[str, dict[str, Any]] = {
    "summary": {
        "doc": {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "All went well."}]}],
        }
    },
    "actions": {"columns": ["Action", "Cost"], "rows": [["Mend the roof", "€ 1,200"]]},
    "risks": {"items": [{"text": "The tenant may leave.", "items": []}]},
    "outcome": {"chosen": ["Deferred"]},
}


def make_body(blocks: list[dict[str, Any]] | None = None, **more: Any) -> TemplateBody:
    """A template with a block of every kind, or with these blocks."""
    documents = [{"key": "transcript", "name": "Transcript"}, {"key": "agenda", "name": "Agenda"}]
    return read_body({"name": "Minutes", "documents": documents, "blocks": blocks or BLOCKS} | more)


def make_snapshot(blocks: list[dict[str, Any]] | None = None, **more: Any) -> Snapshot:
    """The snapshot of such a template."""
    return take_snapshot(make_body(blocks, **more))


def make_document(
    text: str = TRANSCRIPT, name: str = "transcript.txt", owner: User | None = None
) -> Document:
    """An uploaded text file."""
    return store_document(text.encode(), name, owner)


def make_report(snapshot: Snapshot | None = None, **more: Any) -> Report:
    """A report on one document, nothing of it filled."""
    documents = more.pop("documents", None) or [(make_document(), "transcript")]
    return create_report(snapshot or make_snapshot(), documents, **more)


def finish(
    report: Report, block: str, value: Mapping[str, Any] | None = None, problems: tuple[str, ...] = ()
) -> Fill:
    """Give a block a value, as if it had been written."""
    fill = report.fills.get(block=block)
    fill.chosen = Candidate.objects.create(
        fill=fill,
        number=fill.candidates.count() + 1,
        value=value or VALUES[block],
        problems=list(problems),
        profile=report.profile,
        attempt=uuid.uuid4(),
    )
    fill.state = Fill.State.DONE
    fill.save()
    return fill


def finish_all(report: Report) -> dict[str, Fill]:
    """Give every block of the usual template a value; the fills by block."""
    return {block: finish(report, block) for block in VALUES}


def make_profile(base_url: str, **more: Any) -> ModelProfile:
    """The profile of a simulated server that fails fast."""
    settings = {"name": "test", "model": "simulated", "base_url": base_url, "retries": 0, "gap_timeout": 5}
    return ModelProfile.model_validate(settings | more)


def make_call(first_token: float = 10, gap: float = 10, total: float = 20) -> Call:
    """A call with these times, in seconds."""
    return Call(first_token=first_token, gap=gap, total=total)


def make_request(text: str = "Write about the lease.", **more: Any) -> ModelRequest:
    """A request of one user message."""
    return ModelRequest([{"role": "user", "content": text}], **({"max_tokens": 1000} | more))
