"""Templates to build on, one for each test that changes one, each with an example document."""

from typing import Any

from django.contrib.auth.models import Group, User

from fillapp.accounts import SUPER
from fillapp.demo import PASSWORD
from generation.examples import add_documents, add_example_case
from generation.uploads import store_document
from templates.body import read_body
from templates.models import TemplateShare
from templates.publish import save_draft

SLUGS = (
    "typing",
    "once",
    "around",
    "moving",
    "removing",
    "shared",
    "conflict",
    "theirs",
    "offline",
    "leaving",
    "signed-out",
    "another",
    "deleted",
    "lost",
    "kinds",
    "wrong",
    "looking",
)
LONG = "sixty"
COLLEAGUE = "coauthor"
_TEXT = (
    "Ann agreed to ask for a second quote of the roof. Nobody objected to deferring the lease until the "
    "summer meeting. Bea will write to the tenant. The cellar is wet and needs a survey.\n"
) * 8
_BLOCKS: list[dict[str, Any]] = [
    {"heading": "Minutes"},
    {"text": "Drafted from the transcript."},
    {"block": "summary", "kind": "long_text", "title": "Summary", "instructions": "What was discussed."},
    {
        "block": "actions",
        "kind": "table",
        "title": "Actions",
        "instructions": "Every action agreed.",
        "settings": {"columns": [{"name": "Action"}, {"name": "Owner"}]},
    },
    {"block": "risks", "kind": "bullets", "title": "Risks", "instructions": "What may go wrong."},
    {
        "block": "outcome",
        "kind": "selection",
        "title": "Outcome",
        "instructions": "What was decided.",
        "settings": {"options": ["Approved", "Deferred"]},
    },
]


def make_cases() -> None:
    """A template for each name, and a long one; a second author who may change them all."""
    author = User.objects.get(username="author")
    colleague = User.objects.create_user(COLLEAGUE, password=PASSWORD, first_name="Bea", last_name="Roth")
    colleague.groups.add(Group.objects.get(name=SUPER))
    document = store_document(_TEXT.encode(), "transcript.txt", author)
    for slug in (*SLUGS, LONG):
        blocks = [block for number in range(12) for block in _repeat(number)] if slug == LONG else _BLOCKS
        template = save_draft(read_body({"name": f"Case {slug}", "blocks": blocks}), slug=slug, owner=author)
        TemplateShare.objects.create(template=template, user=colleague, can_edit=True)
        add_documents(add_example_case(template), [document])


def _repeat(number: int) -> list[dict[str, Any]]:
    """Five blocks under keys of their own."""
    blocks: list[dict[str, Any]] = []
    for block in _BLOCKS[2:]:
        blocks.append(block | {"block": f"{block['block']}-{number}", "title": f"{block['title']} {number}"})
    extra = {"block": f"more-{number}", "kind": "long_text", "title": f"More {number}"}
    return [*blocks, extra | {"instructions": "What else was said."}]
