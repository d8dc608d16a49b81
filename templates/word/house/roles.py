"""The parts of a report whose look a template can choose from its house document, each by one style."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

StyleKind = Literal["paragraph", "table"]


@dataclass(frozen=True)
class Role:
    """`name` as a template's file spells it, `ours` our own style for it, `kind` what may stand for that."""

    name: str
    ours: str
    kind: StyleKind = "paragraph"


ROLES: Mapping[str, Role] = {
    role.name: role
    for role in (
        Role("title", "Title"),
        Role("subtitle", "Subtitle"),
        *(Role(f"heading {level}", f"Heading{level}") for level in (1, 2, 3, 4)),
        Role("body", "Normal"),
        Role("bullets", "ListBullet"),
        Role("bullets 2", "ListBullet2"),
        Role("bullets 3", "ListBullet3"),
        Role("numbers", "ListNumber"),
        Role("numbers 2", "ListNumber2"),
        Role("numbers 3", "ListNumber3"),
        Role("quote", "Quote"),
        Role("table", "FillTable", "table"),
        Role("table heading", "TableHeading"),
        Role("table text", "TableText"),
    )
}
