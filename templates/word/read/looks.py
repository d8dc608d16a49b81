"""What a Word file's styles and numbering make of a paragraph: a heading, a list item, or neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from templates.word.package import Element, WordPackage, child, is_on, local, number, value
from templates.word.read.lists import Lists, read_lists

# Word keeps "heading 1" in every language; other programs translate it.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|заголовок|标题|見出し)"
    r"\s*([1-9])(?!\d)",
    re.IGNORECASE,
)
BODY_TEXT = 9
_LONGEST_CHAIN = 32


@dataclass(frozen=True)
class Style:
    """What one paragraph style says itself; what it leaves open comes from `based_on`."""

    name: str
    based_on: str | None
    outline: int | None
    num_id: str | None
    list_level: int | None


@dataclass
class Looks:
    """The styles and list definitions of one file."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    lists: Lists = field(default_factory=Lists)
    # Styles of any type whose text is hidden.
    hidden: set[str] = field(default_factory=set)

    def style_name(self, style_id: str | None) -> str:
        style = self.styles.get(style_id or self.default or "")
        return style.name if style else "Normal"

    def heading_level(self, style_id: str | None) -> int | None:
        """1 to 9 for a style that is a heading, by its outline level, its name or what it is based on."""
        for style in self._chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < BODY_TEXT else None
            if match := _HEADING.match(style.name):
                return int(match[1])
        return None

    def list_of(self, style_id: str | None) -> tuple[str, int] | None:
        """The numId and level a style gives its paragraphs."""
        for style in self._chain(style_id):
            if style.num_id is not None:
                level = style.list_level
                return style.num_id, level if level is not None else self.lists.level_of_style(
                    style.num_id, style_id
                )
        return None

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        next_id = style_id or self.default
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(next_id or "")
            if style is None:
                return
            yield style
            next_id = style.based_on


def read_looks(package: WordPackage) -> Looks:
    """The styles and numbering of a file; empty where it has none."""
    looks = Looks(lists=read_lists(package.optional("numbering")))
    styles = package.optional("styles")
    for element in styles if styles is not None else ():
        if local(element.tag) != "style":
            continue
        style_id = value(element, "styleId") or ""
        if is_on(child(child(element, "rPr"), "vanish")):
            looks.hidden.add(style_id)
        if value(element, "type") in (None, "paragraph"):
            looks.styles[style_id] = _read_style(element)
            if value(element, "default") in ("1", "true", "on"):
                looks.default = style_id
    return looks


def _read_style(element: Element) -> Style:
    properties = child(element, "pPr")
    numbering = child(properties, "numPr")
    outline, level = value(child(properties, "outlineLvl")), value(child(numbering, "ilvl"))
    return Style(
        name=value(child(element, "name")) or "",
        based_on=value(child(element, "basedOn")),
        outline=None if outline is None else number(outline, BODY_TEXT),
        num_id=value(child(numbering, "numId")),
        list_level=None if level is None else number(level),
    )
