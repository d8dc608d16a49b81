"""What a paragraph of a Word file says about itself, and which part of the document that makes it."""

from typing import NamedTuple

from templates.word.looks import BODY_TEXT, Looks
from templates.word.package import Element, child, local, number, value
from templates.word.parts import Heading, ListItem, Paragraph, Part


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


def make_part(text: str, properties: Properties, looks: Looks) -> Part:
    """A heading, a list item or a paragraph, as Word would show it."""
    level = looks.heading_level(properties.style)
    if properties.outline is not None:
        level = properties.outline + 1 if properties.outline < BODY_TEXT else None
    if level is not None:
        return Heading(text, level)
    num_id, list_level = looks.list_of(properties.style) or (None, 0)
    if properties.num_id is not None:
        num_id, list_level = properties.num_id, properties.list_level
    if num_id is None or num_id == "0":
        return Paragraph(text, looks.style_name(properties.style))
    counted = looks.number_format(num_id, list_level)
    return ListItem(text, list_level, counted not in (None, "bullet", "none"))
