"""The templates one may start from, found by their words, and the chosen one in small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery

from fillapp.pages.studio.found import find_editable
from generation.estimates import estimate_templates
from generation.profiles import UnknownProfile, default_profile
from templates.body import Block, StaticHeading, TemplateBody
from templates.models import ReportTemplate, TemplateVersion

# What a page in small has room for.
_MOST_PARTS = 16


@dataclass(frozen=True)
class MiniPart:
    """A line of the page in small; `glyph` names the drawings that stand for a block's kind, best first."""

    what: Literal["heading", "text", "block"]
    text: str = ""
    glyph: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Card:
    """A template one can start from; `seconds` is how long it usually takes, where that is known."""

    version: TemplateVersion
    can_edit: bool
    seconds: float | None

    @cached_property
    def body(self) -> TemplateBody:
        """What is filled."""
        return self.version.snapshot.parsed

    @property
    def slug(self) -> str:
        """The template's name in addresses."""
        return self.version.template.slug

    @property
    def words(self) -> str:
        """All that a search looks through."""
        body = self.body
        return " ".join((body.name, body.description, *(slot.name for slot in body.documents))).casefold()

    def fits(self, query: str) -> bool:
        """Whether every word of a search stands somewhere in it."""
        return all(word in self.words for word in query.casefold().split())

    @cached_property
    def outline(self) -> list[MiniPart]:
        """The first parts of its page in small."""
        return list(_draw(self.body))[:_MOST_PARTS]

    @property
    def parts_left_out(self) -> int:
        """How many parts the page in small has no room for."""
        return max(0, len(self.body.blocks) - _MOST_PARTS)


def find_cards(user: User) -> list[Card]:
    """What the user may start, by name."""
    templates = ReportTemplate.objects.visible_to(user).filter(archived=False)
    editable = set(find_editable(user).values_list("pk", flat=True))
    newest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number")
    versions = TemplateVersion.objects.filter(
        template__in=templates, pk=Subquery(newest.values("pk")[:1])
    ).select_related("template", "snapshot")
    found = list(versions)
    seconds = _estimate(found)
    cards = [
        Card(version, version.template_id in editable, seconds.get(version.template_id)) for version in found
    ]
    return sorted(cards, key=lambda card: card.body.name.casefold())


def _estimate(versions: Sequence[TemplateVersion]) -> dict[int, float]:
    try:
        profile = default_profile()
    except UnknownProfile:
        return {}
    return estimate_templates([version.template_id for version in versions], profile.name)


def _draw(body: TemplateBody) -> Iterator[MiniPart]:
    for part in body.blocks:
        if isinstance(part, Block):
            glyph = tuple(f"generation/glyphs/{name}.html" for name in (part.kind, "any"))
            yield MiniPart("block", part.title, glyph, part.type.name)
        elif isinstance(part, StaticHeading):
            yield MiniPart("heading", part.heading)
        else:
            yield MiniPart("text")
