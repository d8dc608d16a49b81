"""A template's body from the proposals that were accepted."""

from collections.abc import Iterator, Sequence

from django.utils.text import slugify

from templates.body import Block, StaticHeading, StaticText, TemplateBody, WordLook
from templates.proposing.values import Proposal

_DEEPEST = 4
_LONGEST_KEY = 40


def make_body(
    name: str, proposals: Sequence[Proposal], *, language: str = "en", word: WordLook | None = None
) -> TemplateBody:
    """The body of a template with these parts in this order. Raises `InvalidBody`."""
    return TemplateBody(name=name, language=language, word=word or WordLook(), blocks=list(_parts(proposals)))


def block_values(body: TemplateBody, proposals: Sequence[Proposal]) -> dict[str, object]:
    """What each block held in the report it was proposed from, by its key."""
    values = [proposal.value for proposal in proposals if proposal.what == "block"]
    return {block.block: value for block, value in zip(body.fillable, values, strict=True)}


def block_passages(body: TemplateBody, proposals: Sequence[Proposal]) -> dict[str, list[str]]:
    """What the reports say where each block stands, as they have it, by its key."""
    kept = [one for one in proposals if one.what == "block"]
    found = [one.examples or [one.original] for one in kept]
    return {
        block.block: [text for text in texts if text.strip()]
        for block, texts in zip(body.fillable, found, strict=True)
    }


def _parts(proposals: Sequence[Proposal]) -> Iterator[StaticHeading | StaticText | Block]:
    # The level a block's title would have: one below the last heading.
    running = 1
    used: set[str] = set()
    for n, proposal in enumerate(proposals):
        level = min(max(proposal.level, 1), _DEEPEST)
        title = proposal.text.strip() if proposal.what != "text" else ""
        if proposal.what == "text":
            yield StaticText(text=proposal.text)
            continue
        below = _next_level(proposals[n + 1 :])
        if title and (proposal.what == "heading" or level != running or below > level):
            yield StaticHeading(heading=title, level=level)
            running = min(level + 1, _DEEPEST)
            title = ""
        if proposal.what == "block":
            yield Block(
                block=_make_key(proposal, used),
                kind=proposal.kind,
                title=title,
                instructions=proposal.instructions,
                settings=proposal.settings,
                examples=proposal.examples,
            )


def _next_level(proposals: Sequence[Proposal]) -> int:
    """The level of the next heading or title, 0 if none follows."""
    levels = (one.level for one in proposals if one.what != "text" and one.text.strip())
    return min(next(levels, 0), _DEEPEST)


def _make_key(proposal: Proposal, used: set[str]) -> str:
    """A key from what the block is about, else from its kind; no two alike."""
    kind = proposal.kind.replace("_", "-")
    words = slugify(proposal.text or proposal.subject).strip("-_0123456789")
    base = words[:_LONGEST_KEY].rstrip("-_") or kind
    key, number = base, 1
    while key in used:
        number += 1
        key = f"{base}-{number}"
    used.add(key)
    return key
