"""A proposal changed by a person: another kind of block, a static text made a block, or the other way."""

from collections.abc import Iterator, Sequence

from templates.blocks import KINDS
from templates.proposing.values import Proposal
from templates.proposing.wording import write_instructions
from templates.word.parts import Choice, ListItem, Paragraph, Part, Table


def refit(proposal: Proposal, kind: str) -> Proposal:
    """The proposal as a block of this kind, its settings and value read from the original passage."""
    if proposal.what == "block" and proposal.kind == kind:
        return proposal
    block_type = KINDS[kind]
    for parts in _shapes(proposal.original or proposal.text):
        example = block_type.propose_from_word(parts)
        if example is not None:
            break
    else:
        example = block_type.example()
    text = proposal.original or proposal.text
    subject = proposal.subject or (proposal.text if proposal.what == "heading" else "")
    written = write_instructions(subject, [(Paragraph(text),)], block_type.prose)
    return proposal.model_copy(
        update={
            "what": "block",
            "text": "" if proposal.what == "text" else proposal.text,
            "subject": subject,
            "kind": kind,
            "settings": example.settings.model_dump(mode="json", exclude_defaults=True),
            "instructions": proposal.instructions or written,
            "examples": [text] if block_type.prose and text else [],
            "value": example.value.model_dump(mode="json"),
        }
    )


def _shapes(text: str) -> Iterator[Sequence[Part]]:
    """The same lines as Word could hold them: a text, a list, a choice, a table."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return
    yield [Paragraph(line) for line in lines]
    yield [ListItem(line) for line in lines]
    yield [Choice(tuple(dict.fromkeys(lines)), (lines[0],))]
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    width = max(map(len, rows))
    yield [Table(tuple((*row, *[""] * (width - len(row))) for row in rows))]
