"""The cards of the editor, one for each part: as the page first shows them and as they are renewed."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from templates.body import Block, PartOfBody, StaticHeading, TemplateBody
from templates.compare import name_block
from templates.editing import name_parts, stamp_of
from templates.lint import lint_body

_LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Card:
    """One part of the draft; its stamp is another one whenever it says something else."""

    name: str
    part: PartOfBody
    stamp: str
    # How much advice there is on a block.
    advice: int = 0

    @property
    def what(self) -> str:
        """Block, heading or text."""
        if isinstance(self.part, Block):
            return "block"
        return "heading" if isinstance(self.part, StaticHeading) else "text"

    @property
    def called(self) -> str:
        """What the part is called where it is spoken of."""
        return call_part(self.part)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels a heading may have."""
        return _LEVELS

    def render(self) -> str:
        """The card as HTML."""
        return render_to_string("templates/studio/card.html", {"card": self})


def make_cards(body: TemplateBody) -> list[Card]:
    """A card for each part, in their order."""
    advice = lint_body(body)
    return [
        Card(
            name,
            part,
            stamp_of(body, part),
            len(advice.get(part.block, ())) if isinstance(part, Block) else 0,
        )
        for name, part in zip(name_parts(body), body.blocks, strict=True)
    ]


def call_part(part: PartOfBody) -> str:
    """A few words for a part: a block's title, what a heading says, how a text begins."""
    if isinstance(part, Block):
        return name_block(part)
    words = part.heading if isinstance(part, StaticHeading) else part.text
    first = " ".join(words.split())
    return first if len(first) <= 40 else f"{first[:39].rstrip()}…"
