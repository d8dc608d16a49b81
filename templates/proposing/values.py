"""What is proposed: the parts of a template in the order of the report, each with its reason."""

from typing import Any, Literal

from templates.blocks.base import Json, Strict

What = Literal["heading", "text", "block"]


class Proposal(Strict):
    """A heading, a text or a block that a report suggests.

    `text` is a heading, a static text or the title above a block ("" for none), `level` that of the heading
    or title. `subject` is what a block is about, also where it has no title. `original` is the passage of the
    first report that has it, and `value` the same as the block's value.
    """

    what: What
    text: str = ""
    level: int = 1
    reason: str
    original: str = ""
    subject: str = ""
    kind: str = ""
    settings: Json = {}
    instructions: str = ""
    examples: list[str] = []
    value: Any = None


class Proposed(Strict):
    """A template as reports suggest it, and a sentence for each thing that is not taken over."""

    name: str
    title: str = ""
    language: str = "en"
    toc: bool = False
    reports: int = 1
    proposals: list[Proposal]
    notes: list[str] = []
