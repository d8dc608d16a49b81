"""What a paragraph of a Word file says about itself, and which part of the document that makes it."""

from typing import NamedTuple

from templates.word.package import Element, child, local, number, value
from templates.word.parts import Heading, ListItem, Paragraph, Part
from templates.word.read.looks import BODY_TEXT, Looks


class Properties(NamedTuple):
    """A paragraph's own properties; what is None is left to its style."""

    style: str | None = None
    outline: int | None = None
    num_id: str | None = None
    list_level: int = 0
    # With tracked changes accepted, such a paragraph runs on into the next.
    mark_deleted: bool = False


def read_properties(paragraph: Element) -> Properties:
    """The properties of a `w:p`."""
    style = outline = numbering = None
    mark_deleted = False
    properties = child(paragraph, "pPr")
    for found in properties if properties is not None else ():
        match local(found.tag):
            case "pStyle":
                style = value(found)
            case "outlineLvl":
                outline = number(value(found), BODY_TEXT)
            case "numPr":
                numbering = found
            case "rPr":
                mark_deleted = any(local(mark.tag) in ("del", "moveFrom") for mark in found)
    num_id, level = value(child(numbering, "numId")), number(value(child(numbering, "ilvl")))
    return Properties(style, outline, num_id, level, mark_deleted)


def list_place(properties: Properties, looks: Looks) -> tuple[str, int] | None:
    """The numId and level of the list a paragraph stands in, None for one in no list."""
    if properties.num_id is not None:
        return None if properties.num_id == "0" else (properties.num_id, properties.list_level)
    place = looks.list_of(properties.style)
    return None if place is None or place[0] == "0" else place


def make_part(text: str, properties: Properties, looks: Looks, number: str = "") -> Part:
    """A heading, a list item or a paragraph, as Word would show it; `number` stands before it."""
    level = looks.heading_level(properties.style)
    if properties.outline is not None:
        level = properties.outline + 1 if properties.outline < BODY_TEXT else None
    if level is not None:
        return Heading(text, level, number)
    place = list_place(properties, looks)
    if place is None:
        return Paragraph(text, looks.style_name(properties.style))
    look = looks.lists.level(*place)
    ordered = look is not None and look.counted not in ("bullet", "none")
    return ListItem(text, place[1], ordered, number)
